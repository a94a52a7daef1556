/**
 * The audit trail's chain of seals: what a seal is, and how anybody checks one who has the centre's
 * certificate and can read the trail.
 */
@NullMarked
package emr.exchange.audit;

import org.jspecify.annotations.NullMarked;
