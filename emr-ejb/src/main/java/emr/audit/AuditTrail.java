package emr.audit;

import emr.exchange.record.HospitalId;
import jakarta.ejb.Stateless;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The audit trail; rows are added and never changed, and there is no switch. */
@Stateless
public class AuditTrail {

  /**
   * Entries, newest first.
   *
   * @param hospital of that hospital only; null for all
   * @param before older than that entry; {@link Long#MAX_VALUE} to begin with
   */
  public List<AuditEntry> newestFirst(@Nullable HospitalId hospital, long before, int limit) {
    throw new UnsupportedOperationException();
  }

  /** Notes that {@code hospital} has deleted its copies of {@code submissions}. */
  public void deletionsReported(HospitalId hospital, List<UUID> submissions) {
    throw new UnsupportedOperationException();
  }

  /** Notes what a person of the centre administered, in the caller's transaction. */
  public void administered(String person, String what) {
    throw new UnsupportedOperationException();
  }
}
