package emr.system;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;

/**
 * Announces the next key of a hospital to the centre, under the key that it has: {@code ./emr
 * rotate HOSPITAL}. Both lie in the hospital's key store, the next one as {@value #NEXT}.
 */
public final class KeyChange {

  static final String NEXT = "hospital-next";

  private KeyChange() {}

  /**
   * @param arguments the hospital's id
   */
  public static void main(String[] arguments) throws GeneralSecurityException {
    Installation installation = Installation.named();
    String hospital = arguments[0];
    var password = new KeyStore.PasswordProtection(installation.secret(hospital).toCharArray());
    var next =
        (KeyStore.PrivateKeyEntry)
            Objects.requireNonNull(
                installation.keys(hospital).getEntry(NEXT, password), "there is no next key");
    Web.Answer answer =
        HospitalServer.of(installation, hospital)
            .announce(HospitalServer.with(installation, hospital, next));
    if (answer.status() / 100 != 2) {
      System.err.println("The centre answered " + answer.status() + ": " + answer.body());
      System.exit(1);
    }
    System.out.println("The centre knows the new key of " + hospital + ".");
    System.exit(0);
  }
}
