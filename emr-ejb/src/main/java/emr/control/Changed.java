package emr.control;

import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.storage.Appended;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link Change}.
 *
 * @param record null if there is none that it is about
 * @param number of its newest version; 0 if there is none
 * @param storedAt when that was stored
 * @param content what a read would give, made when it is asked for
 */
public record Changed(
    What what,
    @Nullable RecordId record,
    int number,
    @Nullable Instant storedAt,
    Supplier<byte[]> content) {

  /** How it ended. */
  public enum What {
    CREATED,
    UPDATED,
    /** It says what the newest version says already. */
    UNCHANGED,
    /** There was one that fulfils the condition. */
    FOUND,
    DELETED,
    /** There was nothing to delete. */
    NOTHING
  }

  /** Whether there is a record that can be read now. */
  public boolean isThere() {
    return what != What.DELETED && what != What.NOTHING;
  }

  static Changed of(What what, Appended.Version version) {
    return new Changed(
        what, version.record(), version.number(), version.storedAt(), version::content);
  }

  static Changed found(RecordVersion version) {
    return new Changed(
        What.FOUND, version.record(), version.number(), version.storedAt(), version::content);
  }

  static Changed nothing(@Nullable RecordId record) {
    return new Changed(What.NOTHING, record, 0, null, () -> new byte[0]);
  }
}
