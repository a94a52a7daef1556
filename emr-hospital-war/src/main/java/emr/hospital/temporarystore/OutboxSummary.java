package emr.hospital.temporarystore;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many submissions are in which state.
 *
 * @param counts every state, 0 included
 * @param oldest when the oldest that the centre does not keep yet was saved; null if there is none
 * @param unreported deletions that the centre has not been told of yet
 */
public record OutboxSummary(
    Map<CustodyState, Long> counts, @Nullable Instant oldest, long unreported)
    implements Serializable {

  public OutboxSummary {
    counts = Map.copyOf(counts);
  }

  /** How many the centre does not keep yet and still should. */
  public long waiting() {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().unfinished())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
