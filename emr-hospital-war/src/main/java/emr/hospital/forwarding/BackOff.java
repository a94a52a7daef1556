package emr.hospital.forwarding;

import java.time.Duration;

/** How long to wait before the next attempt: longer each time, and never all hospitals at once. */
final class BackOff {

  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(1);

  private BackOff() {}

  /**
   * @param failures in a row, at least 1
   * @param chance 0 up to 1, evenly spread
   * @return between half of the doubled wait and the whole of it, {@link #LONGEST} at most
   */
  static Duration after(int failures, double chance) {
    int doublings = Math.min(Math.max(failures, 1) - 1, 30);
    double whole = Math.min((double) SHORTEST.toMillis() * (1L << doublings), LONGEST.toMillis());
    return Duration.ofMillis((long) (whole / 2 + whole / 2 * chance));
  }
}
