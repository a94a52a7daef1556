package emr.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps what the database must not tell: seals the secrets of second factors (AES-256-GCM, bound to
 * the user's name) and hashes recovery codes and who failed, all under keys derived from the
 * installation's master key.
 */
final class AccountKey {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey sealing;
  private final SecretKey hashing;

  AccountKey(SecretKey master) {
    byte[] root = master.getEncoded();
    sealing = new SecretKeySpec(mac(root, "emr account seal"), "AES");
    hashing = new SecretKeySpec(mac(root, "emr account hash"), "HmacSHA256");
  }

  /** 64 hexadecimal digits. */
  String hash(String kind, String text) {
    return HexFormat.of().formatHex(mac(hashing.getEncoded(), kind + ":" + text));
  }

  byte[] seal(byte[] secret, String user) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, secret, user);
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  /**
   * @throws IllegalStateException if it was sealed under another key or for another user
   */
  byte[] open(byte[] kept, String user) {
    byte[] nonce = java.util.Arrays.copyOf(kept, NONCE);
    byte[] sealed = java.util.Arrays.copyOfRange(kept, NONCE, kept.length);
    return crypt(Cipher.DECRYPT_MODE, nonce, sealed, user);
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] octets, String user) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(user.getBytes(UTF_8));
      return cipher.doFinal(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the second factor of " + user + " cannot be read", e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
