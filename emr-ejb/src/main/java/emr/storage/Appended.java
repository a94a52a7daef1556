package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    public String content() {
      return deleted ? "" : shown.content();
    }
  }

  /** A content and what the centre knows of it. */
  record Shown(byte[] kept, MetaSplice.Meta meta) {

    Shown(
        ContentCodec.Kept kept,
        int number,
        Instant storedAt,
        HospitalId author,
        String versionHash) {
      this(
          kept.content(),
          new MetaSplice.Meta(
              number, storedAt, author.value(), kept.author(), kept.recordedAt(), versionHash));
    }

    String content() {
      return new String(MetaSplice.merge(kept, meta), UTF_8);
    }
  }
}
