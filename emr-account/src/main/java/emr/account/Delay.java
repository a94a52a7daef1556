package emr.account;

import java.time.Duration;
import java.time.Instant;

/**
 * How failures slow down whoever guesses: after {@code free} of them each further one doubles the
 * time until the next attempt is looked at.
 *
 * @param longest nobody waits longer, so that a stranger delays a colleague and never locks them
 *     out
 * @param memory failures older than this are forgotten
 */
record Delay(int free, Duration longest, Duration memory) {

  /** Per user name, whether or not anybody has it. */
  static final Delay OF_USER = new Delay(5, Duration.ofMinutes(5), Duration.ofHours(24));

  /** Per address. A whole hospital may stand behind one. */
  static final Delay OF_ADDRESS = new Delay(100, Duration.ofMinutes(1), Duration.ofMinutes(15));

  /** When the next attempt is looked at, after {@code failures} of which the last was at last. */
  Instant next(int failures, Instant last) {
    if (failures < free) {
      return Instant.MIN; // at once, however clocks differ
    }
    long seconds = 1L << Math.min(failures - free + 1, 30);
    return last.plusSeconds(Math.min(seconds, longest.toSeconds()));
  }

  boolean forgotten(Instant last, Instant now) {
    return now.isAfter(last.plus(memory));
  }
}
