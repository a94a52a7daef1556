/**
 * What travels between a hospital and the centre about records: submissions, versions, receipts,
 * refusals.
 */
@NullMarked
package emr.exchange.record;

import org.jspecify.annotations.NullMarked;
