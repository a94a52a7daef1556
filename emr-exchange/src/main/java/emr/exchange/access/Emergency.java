package emr.exchange.access;

import emr.exchange.record.RecordId;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An emergency access as it is reviewed: who, when, why and what, and no contents.
 *
 * @param opening as the hospital that opened it signed it
 * @param endedAt when it was ended before its time; null if it was not
 * @param shown versions of the reviewing hospital's records that were disclosed by it
 * @param toReview whether it waits for the verdict of the hospital that asks
 * @param verdict null while there is none
 */
public record Emergency(
    EmergencyOpening opening,
    @Nullable Instant endedAt,
    List<Shown> shown,
    boolean toReview,
    @Nullable EmergencyVerdict verdict)
    implements Serializable {

  public Emergency {
    shown = List.copyOf(shown);
  }

  /** A version of a record. */
  public record Shown(RecordId record, int number) implements Serializable {}
}
