package emr.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever guesses passwords: after {@link #FREE} failures for one user name each further
 * one doubles the time until the next try is looked at, up to {@link #LONGEST}. So a stranger can
 * delay a colleague by a minute and not lock them out. Names that nobody has count alike.
 */
final class Attempts {

  static final int FREE = 5;
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** Failures older than this are forgotten. */
  static final Duration MEMORY = Duration.ofMinutes(15);

  private static final int NAMES = 10_000;

  private record Failures(int count, Instant last) {

    Instant next() {
      if (count < FREE) {
        return last;
      }
      long seconds = 1L << Math.min(count - FREE + 1, 6);
      return last.plusSeconds(Math.min(seconds, LONGEST.toSeconds()));
    }
  }

  /** The longest unused names go first, so that strangers cannot fill the memory. */
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > NAMES;
        }
      };

  /** How long {@code user} must still wait; zero if a try is looked at now. */
  synchronized Duration wait(String user, Instant now) {
    Failures past = failures.get(user);
    return past == null || !now.isBefore(past.next())
        ? Duration.ZERO
        : Duration.between(now, past.next());
  }

  synchronized void failed(String user, Instant now) {
    failures.merge(
        user,
        new Failures(1, now),
        (past, one) ->
            now.isAfter(past.last().plus(MEMORY)) ? one : new Failures(past.count() + 1, now));
  }

  synchronized void succeeded(String user) {
    failures.remove(user);
  }
}
