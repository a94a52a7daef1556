package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.RecordId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Each version's hash covers its content and the hash before it: history cannot be rewritten. */
final class HashChain {

  /** What comes before the first version. */
  static final byte[] BEGINNING = new byte[32];

  private HashChain() {}

  /**
   * @param before hash of the version before, {@link #BEGINNING} for the first
   * @param contentHash SHA-256 of the content as it was signed
   */
  static byte[] next(byte[] before, RecordId record, int number, byte[] contentHash) {
    MessageDigest sha256 = sha256();
    sha256.update(before);
    sha256.update(record.toString().getBytes(UTF_8));
    sha256.update(ByteBuffer.allocate(4).putInt(number).array());
    return sha256.digest(contentHash);
  }

  static byte[] hash(byte[] content) {
    return sha256().digest(content);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
