package emr.account;

import java.security.SecureRandom;

/** Passwords that one person gives to another: 80 random bits in groups, easy to read out. */
final class FirstPassword {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int OCTETS = 10;

  private FirstPassword() {}

  static String fresh() {
    byte[] octets = new byte[OCTETS];
    RANDOM.nextBytes(octets);
    return Base32.grouped(Base32.of(octets), 4, "-");
  }
}
