package emr.storage;

import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordId;
import java.time.Instant;
import java.util.List;

/**
 * What was just stored.
 *
 * @param receipt signed
 * @param versions in the order of the intake's records; empty if another transaction stored the
 *     same just now
 */
public record Appended(String receipt, Instant storedAt, List<Version> versions) {

  public Appended {
    versions = List.copyOf(versions);
  }

  /** One version, and what a reader is shown of it. */
  public record Version(
      RecordId record, int number, Instant storedAt, boolean deleted, Shown shown) {

    /** The resource as a read would give it now; empty for a deletion. */
    public byte[] content() {
      return deleted ? new byte[0] : shown.content();
    }
  }

  /** A content and what the centre knows of it. */
  record Shown(ContentCodec.Kept kept, MetaSplice.Meta meta) {

    Shown(
        ContentCodec.Kept kept,
        int number,
        Instant storedAt,
        HospitalId author,
        String versionHash) {
      this(
          kept,
          new MetaSplice.Meta(
              number, storedAt, author.value(), kept.author(), kept.recordedAt(), versionHash));
    }

    byte[] content() {
      return MetaSplice.merge(kept.content(), kept.meta(), meta);
    }
  }
}
