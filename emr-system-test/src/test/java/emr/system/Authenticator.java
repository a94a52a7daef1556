package emr.system;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app, made from RFC 6238 without a look at how the servers do it. */
public final class Authenticator {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] secret;

  /**
   * @param key as the page shows it, in base 32
   */
  public Authenticator(String key) {
    var number = BigInteger.ONE; // keeps leading zeros
    String letters = key.replaceAll("\\s", "");
    for (char letter : letters.toCharArray()) {
      number = number.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(letter)));
    }
    byte[] octets = number.toByteArray();
    secret = new byte[letters.length() * 5 / 8];
    System.arraycopy(octets, octets.length - secret.length, secret, 0, secret.length);
  }

  /** What the app shows now. */
  public String code() {
    return code(Instant.now().getEpochSecond() / 30);
  }

  /** What it shows next; servers take it already, for clocks that are ahead. */
  public String nextCode() {
    return code(Instant.now().getEpochSecond() / 30 + 1);
  }

  private String code(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int bits = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", bits % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
