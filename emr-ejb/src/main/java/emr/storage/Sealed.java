package emr.storage;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-GCM with a random nonce before the text, bound to the place where it is kept. */
final class Sealed {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Looking one up among the providers takes longer than opening a record with it. */
  private static final ThreadLocal<Cipher> CIPHER =
      ThreadLocal.withInitial(
          () -> {
            try {
              return Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
              throw new IllegalStateException("every JDK has AES-GCM", e);
            }
          });

  private Sealed() {}

  /**
   * @param head stays in clear before the nonce
   * @param place is not kept, and must be the same when it is opened
   */
  static byte[] seal(SecretKey key, byte head, byte[] clear, byte[] place) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0, place);
      var out = new byte[1 + NONCE_BYTES + cipher.getOutputSize(clear.length)];
      out[0] = head;
      System.arraycopy(nonce, 0, out, 1, NONCE_BYTES);
      cipher.doFinal(clear, 0, clear.length, out, 1 + NONCE_BYTES);
      return out;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt", e);
    }
  }

  /**
   * @throws IllegalArgumentException if it was not sealed so, or was changed
   */
  static byte[] open(SecretKey key, byte[] sealed, byte[] place) {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / 8) {
      throw new IllegalArgumentException("too short to be sealed");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, sealed, 1, place)
          .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new IllegalArgumentException("not sealed so, or changed", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot decrypt", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, int at, byte[] place)
      throws GeneralSecurityException {
    Cipher cipher = CIPHER.get();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, at, NONCE_BYTES));
    cipher.updateAAD(place);
    return cipher;
  }
}
