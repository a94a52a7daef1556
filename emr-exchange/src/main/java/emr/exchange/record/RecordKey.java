package emr.exchange.record;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A 64-bit key, made anywhere without asking anyone: 42 bits of milliseconds since 2020 (enough
 * until 2159) before 22 random bits, so that keys made later sort later. Hospitals make records
 * while the centre is away; this is how two of them never make the same one.
 *
 * @param value never negative
 */
public record RecordKey(long value) {

  /** The key that stands for no patient: directory entries such as organisations. */
  public static final RecordKey NONE = new RecordKey(0);

  /** Letters and digits of a key's text. */
  static final int LENGTH = 13;

  private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
  private static final int RANDOM_BITS = 22;
  private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** So far apart, at most, are keys made here in the same millisecond. */
  private static final int STRIDE = 1 << 10;

  private static final AtomicLong LAST = new AtomicLong();

  public RecordKey {
    if (value < 0) {
      throw new IllegalArgumentException("a key is never negative");
    }
  }

  /**
   * A key that nobody has made before, greater than all made here before: of a thousand made in a
   * few milliseconds, as for a large submission, random bits alone would make some twice.
   */
  public static RecordKey fresh() {
    long millis = System.currentTimeMillis() - EPOCH;
    long byTime = millis << RANDOM_BITS | RANDOM.nextInt(1 << RANDOM_BITS);
    long step = 1 + RANDOM.nextInt(STRIDE);
    return new RecordKey(LAST.updateAndGet(last -> byTime > last + STRIDE ? byTime : last + step));
  }

  /** When it was made, by the clock of whoever made it. */
  public Instant madeAt() {
    return Instant.ofEpochMilli(EPOCH + (value >>> RANDOM_BITS));
  }

  /** Thirteen characters of Crockford's base 32, in lower case. */
  public String text() {
    var text = new char[LENGTH];
    long rest = value;
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = CROCKFORD.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return new String(text);
  }

  /** The key that {@link #text()} wrote; empty for any other text. */
  public static Optional<RecordKey> parse(String text) {
    if (text.length() != LENGTH || text.charAt(0) > '7') {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = CROCKFORD.indexOf(text.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      value = value << 5 | digit;
    }
    return Optional.of(new RecordKey(value));
  }
}
