package emr.exchange.record;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A hospital's proof that it carried out the order to delete (claim 7); posted, signed by the
 * hospital, to {@code /exchange/deletions}.
 */
public record DeletionReport(HospitalId hospital, List<Deletion> deletions) {

  /** A submission whose content the hospital no longer has, and since when (UTC). */
  public record Deletion(UUID submission, Instant deletedAt) {}

  /** As it travels: a compact JWS of the report. */
  public record Signed(String report) {}

  public DeletionReport {
    deletions = List.copyOf(deletions);
  }
}
