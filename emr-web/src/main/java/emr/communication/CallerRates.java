package emr.communication;

import emr.exchange.record.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each caller to its rate, by the generic cell rate algorithm (ITU-T I.371): a number for
 * each caller, no lock and no timer. What a caller did not use within the last seconds it may use
 * at once.
 */
final class CallerRates {

  private static final int USUAL_BURST_SECONDS = 10;
  private static final int MOST_CALLERS = 10_000;

  /** When each caller's next request is due, had it asked evenly; in the clock's nanoseconds. */
  private final Map<String, Long> due = new ConcurrentHashMap<>();

  private final LongSupplier clock;
  private final long burst;

  /**
   * @param clock nanoseconds that only increase
   */
  CallerRates(LongSupplier clock) {
    this(clock, USUAL_BURST_SECONDS);
  }

  /**
   * @param burstSeconds what was not used for so long may be used at once
   */
  CallerRates(LongSupplier clock, int burstSeconds) {
    this.clock = clock;
    this.burst = TimeUnit.SECONDS.toNanos(burstSeconds);
  }

  /**
   * Counts a request.
   *
   * @param perMinute how many are allowed, 1 at least
   * @throws Refusal {@link Refusal.Reason#TOO_MANY} if it is one too many
   */
  void count(String caller, int perMinute) {
    long now = clock.getAsLong();
    forgetIdle(now);
    due.compute(caller, (name, before) -> next(before, now, perMinute));
  }

  /**
   * Counts nothing.
   *
   * @throws Refusal {@link Refusal.Reason#TOO_MANY} if one request would be one too many now
   */
  void require(String caller, int perMinute) {
    next(due.get(caller), clock.getAsLong(), perMinute);
  }

  private long next(@Nullable Long before, long now, int perMinute) {
    long interval = interval(perMinute);
    long next = from(before, now) + interval;
    long over = next - now - Math.max(interval, burst);
    if (over > 0) {
      throw Refusal.tooMany((int) TimeUnit.NANOSECONDS.toSeconds(over) + 1);
    }
    return next;
  }

  private static long from(@Nullable Long before, long now) {
    return before == null || before - now < 0 ? now : before;
  }

  private static long interval(int perMinute) {
    return TimeUnit.MINUTES.toNanos(1) / Math.max(1, perMinute);
  }

  /**
   * Adds requests that came within one that was counted: they are answered, and whoever sent them
   * waits afterwards for as long as if they had come one by one.
   */
  void owe(String caller, int perMinute, int requests) {
    long now = clock.getAsLong();
    forgetIdle(now);
    due.compute(caller, (name, before) -> from(before, now) + interval(perMinute) * requests);
  }

  int callers() {
    return due.size();
  }

  /** Rather than grow without end it forgets who has to wait. */
  private void forgetIdle(long now) {
    if (due.size() > MOST_CALLERS) {
      due.values().removeIf(next -> next - now < 0);
      if (due.size() > MOST_CALLERS) {
        due.clear();
      }
    }
  }
}
