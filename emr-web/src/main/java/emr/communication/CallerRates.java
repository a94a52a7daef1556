package emr.communication;

import emr.exchange.record.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps each caller to its rate, by the generic cell rate algorithm (ITU-T I.371): a number for
 * each caller, no lock and no timer. What a caller did not use within the last {@link
 * #BURST_SECONDS} it may use at once.
 */
final class CallerRates {

  private static final int BURST_SECONDS = 10;
  private static final int MOST_CALLERS = 10_000;

  /** When each caller's next request is due, had it asked evenly; in the clock's nanoseconds. */
  private final Map<String, Long> due = new ConcurrentHashMap<>();

  private final LongSupplier clock;

  /**
   * @param clock nanoseconds that only increase
   */
  CallerRates(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Counts a request.
   *
   * @param perMinute how many are allowed, 1 at least
   * @throws Refusal {@link Refusal.Reason#TOO_MANY} if it is one too many
   */
  void count(String caller, int perMinute) {
    long now = clock.getAsLong();
    long interval = TimeUnit.MINUTES.toNanos(1) / Math.max(1, perMinute);
    long burst = Math.max(interval, TimeUnit.SECONDS.toNanos(BURST_SECONDS));
    forgetIdle(now);
    due.compute(
        caller,
        (name, before) -> {
          long from = before == null || before - now < 0 ? now : before;
          long over = from + interval - now - burst;
          if (over > 0) {
            throw Refusal.tooMany((int) TimeUnit.NANOSECONDS.toSeconds(over) + 1);
          }
          return from + interval;
        });
  }

  /**
   * Adds requests that came within one that was counted: they are answered, and whoever sent them
   * waits afterwards for as long as if they had come one by one.
   */
  void owe(String caller, int perMinute, int requests) {
    long now = clock.getAsLong();
    long interval = TimeUnit.MINUTES.toNanos(1) / Math.max(1, perMinute);
    due.compute(
        caller,
        (name, before) ->
            (before == null || before - now < 0 ? now : before) + interval * requests);
  }

  private void forgetIdle(long now) {
    if (due.size() > MOST_CALLERS) {
      due.values().removeIf(next -> next - now < 0);
    }
  }
}
