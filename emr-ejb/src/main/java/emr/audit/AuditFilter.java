package emr.audit;

import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the trail are looked for; what is null is left open.
 *
 * @param entry that one only
 * @param hospital who asked
 * @param person the name they sign in with, exactly
 * @param patient whose records
 * @param from the first instant
 * @param until the first instant no longer meant
 * @param refusedOnly only what was turned down
 */
public record AuditFilter(
    @Nullable Long entry,
    @Nullable HospitalId hospital,
    @Nullable String person,
    @Nullable RecordKey patient,
    @Nullable Instant from,
    @Nullable Instant until,
    boolean refusedOnly) {

  /** Everything there is. */
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null, false);
}
