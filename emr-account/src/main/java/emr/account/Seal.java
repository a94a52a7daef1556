package emr.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random nonce before the text, as contents of records are sealed; the key is
 * derived from the installation's master key for one purpose.
 */
final class Seal {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;

  private Seal(SecretKey key) {
    this.key = key;
  }

  /**
   * @param purpose nothing that was sealed for one can be opened for another
   */
  static Seal of(SecretKey master, String purpose) {
    return new Seal(new SecretKeySpec(mac(master.getEncoded(), purpose), "AES"));
  }

  /**
   * @param place where it is kept: not kept itself, and must be the same when it is opened
   */
  byte[] seal(byte[] clear, String place) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, clear, place);
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  /**
   * @throws IllegalStateException if it was sealed under another key or for another place
   */
  byte[] open(byte[] kept, String place) {
    byte[] nonce = Arrays.copyOf(kept, NONCE);
    return crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(kept, NONCE, kept.length), place);
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] octets, String place) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(UTF_8));
      return cipher.doFinal(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("what is sealed for " + place + " cannot be read", e);
    }
  }

  /** HMAC-SHA-256, by which keys are derived and names hashed. */
  static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
