/**
 * Who holds what: the centre's keys, its stored-receipts, reports of deletion, daily
 * reconciliation.
 */
@NullMarked
package emr.custody;

import org.jspecify.annotations.NullMarked;
