package emr.account;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (<a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238</a>) as
 * every authenticator app makes them: HMAC-SHA-1, 30 seconds, six digits.
 */
final class OneTimeCodes {

  static final int DIGITS = 6;
  static final int SECONDS = 30;

  /** A clock may be off by one step, either way (RFC 6238, 5.2). */
  private static final int OFF = 1;

  private OneTimeCodes() {}

  /**
   * The step that {@code code} is of, if it is right now.
   *
   * @param last the step of the last code taken; a code is not taken twice, nor an older one
   */
  static OptionalLong step(byte[] secret, String code, Instant now, long last) {
    long current = stepAt(now);
    for (long step = current - OFF; step <= current + OFF; step++) {
      boolean same =
          MessageDigest.isEqual(
              code(secret, step).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              code.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      if (same && step > last) {
        return OptionalLong.of(step);
      }
    }
    return OptionalLong.empty();
  }

  static long stepAt(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), SECONDS);
  }

  /** The code of a step (RFC 4226, 5.3). */
  static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "RAW"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int truncated = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fffffff;
      return String.format(Locale.ROOT, "%06d", truncated % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-1", e);
    }
  }
}
