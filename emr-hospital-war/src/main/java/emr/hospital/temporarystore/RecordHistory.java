package emr.hospital.temporarystore;

import emr.exchange.record.RecordId;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every version of one record that one user may see, the original included (claim 16).
 *
 * @param versions newest first; those that wait here before those at the centre
 * @param receipts signed receipts for those versions that this hospital sent
 * @param awaySince since when the centre has not answered; null if it just did
 */
public record RecordHistory(
    RecordId record,
    List<Chart.Entry> versions,
    List<Receipt> receipts,
    @Nullable Instant awaySince)
    implements Serializable {

  /**
   * The centre's word for one version; its signature was verified just now.
   *
   * @param hash of the version, 64 hex digits
   * @param signed the receipt as it came (compact JWS)
   * @param confirmed whether the version shown has that hash; false while the centre is away and
   *     nothing is shown to compare
   */
  public record Receipt(int number, String hash, Instant storedAt, String signed, boolean confirmed)
      implements Serializable {}

  public RecordHistory {
    versions = List.copyOf(versions);
    receipts = List.copyOf(receipts);
  }
}
