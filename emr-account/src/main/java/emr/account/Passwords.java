package emr.account;

import java.text.Normalizer;
import java.util.concurrent.Semaphore;
import org.apache.shiro.crypto.hash.DefaultHashService;
import org.apache.shiro.crypto.hash.HashRequest;
import org.apache.shiro.crypto.hash.format.Shiro2CryptFormat;
import org.apache.shiro.crypto.support.hashes.argon2.Argon2HashProvider.Parameters;
import org.apache.shiro.lang.util.ByteSource;

/**
 * Argon2id with OWASP's parameters: 19 MiB, two passes. Each check takes that memory and some 50 ms
 * of a processor, so only a few run at a time and the rest wait. Letters that look the same are the
 * same, however a keyboard writes them (NIST SP 800-63B, 3.1.1.2).
 */
final class Passwords {

  private static final String MEMORY_KIB = "19456"; // Shiro takes its parameters as text
  private static final String PASSES = "2";
  private static final Semaphore AT_ONCE = new Semaphore(2, true);
  private static final Shiro2CryptFormat FORMAT = new Shiro2CryptFormat();

  private Passwords() {}

  /** A hash with a fresh salt, as it is kept. */
  static String hash(String password) {
    var request =
        new HashRequest.Builder()
            .setSource(normalised(password))
            .setAlgorithmName("argon2id")
            .addParameter(Parameters.PARAMETER_MEMORY_KIB, MEMORY_KIB)
            .addParameter(Parameters.PARAMETER_ITERATIONS, PASSES)
            .addParameter(Parameters.PARAMETER_PARALLELISM, "1")
            .build();
    AT_ONCE.acquireUninterruptibly();
    try {
      return FORMAT.format(new DefaultHashService().computeHash(request));
    } finally {
      AT_ONCE.release();
    }
  }

  static boolean matches(String password, String kept) {
    AT_ONCE.acquireUninterruptibly();
    try {
      return FORMAT.parse(kept).matchesPassword(ByteSource.Util.bytes(normalised(password)));
    } finally {
      AT_ONCE.release();
    }
  }

  static String normalised(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
