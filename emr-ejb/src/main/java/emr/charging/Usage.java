package emr.charging;

import java.io.Serializable;
import java.math.BigInteger;
import java.time.Instant;

/**
 * How much one hospital used the centre in one period: whole numbers, so that no sum depends on the
 * order of its parts.
 *
 * @param stored versions of records
 * @param retrieved versions of records, counted each time
 * @param keptOctetMicros octets times the microseconds for which they were kept
 */
public record Usage(long stored, long retrieved, BigInteger keptOctetMicros)
    implements Serializable {

  public static final Usage NONE = new Usage(0, 0, BigInteger.ZERO);

  public Usage {
    if (stored < 0 || retrieved < 0 || keptOctetMicros.signum() < 0) {
      throw new IllegalArgumentException("nobody uses less than nothing");
    }
  }

  /** The part of {@code octets}, stored at {@code storedAt}, in what was kept in {@code period}. */
  static Usage keeping(long octets, Instant storedAt, Period period) {
    return new Usage(0, 0, BigInteger.valueOf(octets).multiply(period.keptMicros(storedAt)));
  }

  public Usage plus(Usage other) {
    return new Usage(
        Math.addExact(stored, other.stored),
        Math.addExact(retrieved, other.retrieved),
        keptOctetMicros.add(other.keptOctetMicros));
  }
}
