package emr.charging;

import java.io.Serializable;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The part of a month that a statement is about.
 *
 * @param month in UTC
 * @param until the first instant no longer counted: the month's end, or the moment of asking
 */
public record Period(YearMonth month, Instant until) implements Serializable {

  public Period {
    if (until.isBefore(start(month)) || until.isAfter(start(month.plusMonths(1)))) {
      throw new IllegalArgumentException("a period ends within its month");
    }
  }

  /** What of {@code month} is over at {@code now}; of a month to come, nothing. */
  public static Period of(YearMonth month, Instant now) {
    Instant start = start(month);
    Instant end = start(month.plusMonths(1));
    Instant until = now.isBefore(start) ? start : now.isAfter(end) ? end : now;
    return new Period(month, until.truncatedTo(ChronoUnit.MICROS));
  }

  public Instant start() {
    return start(month);
  }

  /** Whether the month is over, so that its statement will not change any more. */
  public boolean closed() {
    return until.equals(start(month.plusMonths(1)));
  }

  /** The length of the whole month. */
  BigInteger monthMicros() {
    return BigInteger.valueOf(ChronoUnit.MICROS.between(start(), start(month.plusMonths(1))));
  }

  /** For how long of this period something is kept that is there since {@code storedAt}. */
  BigInteger keptMicros(Instant storedAt) {
    Instant from = storedAt.isBefore(start()) ? start() : storedAt;
    return BigInteger.valueOf(Math.max(0, ChronoUnit.MICROS.between(from, until)));
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
