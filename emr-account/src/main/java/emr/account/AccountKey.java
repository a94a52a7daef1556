package emr.account;

import java.util.HexFormat;
import javax.crypto.SecretKey;

/**
 * Keeps what the database must not tell: seals the secrets of second factors, bound to the user's
 * name, and hashes recovery codes and who failed, all under keys derived from the installation's
 * master key.
 */
final class AccountKey {

  private final Seal sealing;
  private final byte[] hashing;

  AccountKey(SecretKey master) {
    sealing = Seal.of(master, "emr account seal");
    hashing = Seal.mac(master.getEncoded(), "emr account hash");
  }

  /** 64 hexadecimal digits. */
  String hash(String kind, String text) {
    return HexFormat.of().formatHex(Seal.mac(hashing, kind + ":" + text));
  }

  byte[] seal(byte[] secret, String user) {
    return sealing.seal(secret, user);
  }

  /**
   * @throws IllegalStateException if it was sealed under another key or for another user
   */
  byte[] open(byte[] kept, String user) {
    return sealing.open(kept, user);
  }
}
