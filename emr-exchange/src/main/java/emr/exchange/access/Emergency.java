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
 * @param shown versions of the reviewing hospital's records that it disclosed; the first 500
 * @param shownInAll how many they are
 * @param toReview whether it waits for the verdict of the hospital that asks
 * @param verdict null while there is none
 */
public record Emergency(
    EmergencyOpening opening,
    @Nullable Instant endedAt,
    List<Shown> shown,
    long shownInAll,
    boolean toReview,
    @Nullable EmergencyVerdict verdict)
    implements Serializable {

  public Emergency {
    shown = List.copyOf(shown);
  }

  /** A version of a record. */
  public record Shown(RecordId record, int number) implements Serializable {}

  /**
   * What a hospital is told of emergencies.
   *
   * @param emergencies those that wait for its verdict first, then those that wait for another
   *     hospital's, then the others; newest first among each
   * @param total how many concern it; more than are listed if they are many
   * @param toReview how many of these wait for its verdict
   */
  public record Listed(List<Emergency> emergencies, long total, long toReview) {

    /** Nothing was asked for. */
    public static final Listed NOTHING = new Listed(List.of(), 0, 0);

    /** Only how many wait. */
    public static Listed counted(long toReview) {
      return new Listed(List.of(), toReview, toReview);
    }

    public Listed {
      emergencies = List.copyOf(emergencies);
    }
  }
}
