package emr.exchange.seal;

import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.X509Certificate;

/** The name of a key: the SHA-256 thumbprint of its certificate, base64url (RFC 7515, x5t#S256). */
public final class Thumbprint {

  private Thumbprint() {}

  public static String of(X509Certificate certificate) {
    return X509CertUtils.computeSHA256Thumbprint(certificate).toString();
  }
}
