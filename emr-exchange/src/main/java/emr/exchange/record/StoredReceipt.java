package emr.exchange.record;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The centre's word that it keeps a submission: what a hospital must hold before it deletes its own
 * copy, and the order to do so (claims 6, 7). Travels signed by the centre.
 *
 * @param submission what was stored
 * @param hospital whose submission it was
 * @param storedAt when the transaction stored it, UTC
 * @param versions each record with the number and hash of its new version, in the submission's
 *     order
 */
public record StoredReceipt(
    UUID submission, HospitalId hospital, Instant storedAt, List<Stored> versions) {

  /**
   * A version that the centre now keeps.
   *
   * @param hash 64 hex digits; see {@link RecordVersion#hash()}
   * @param contentHash 64 hex digits, SHA-256 of the content as the hospital sent it
   */
  public record Stored(RecordId record, int number, String hash, String contentHash) {}

  public StoredReceipt {
    versions = List.copyOf(versions);
  }
}
