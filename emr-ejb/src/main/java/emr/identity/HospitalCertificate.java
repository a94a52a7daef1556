package emr.identity;

import com.nimbusds.jose.util.X509CertUtils;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** What must be true of a certificate before a hospital is registered with it. Pure. */
final class HospitalCertificate {

  /** The order of P-256, which no other curve has. */
  private static final BigInteger P256 =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private HospitalCertificate() {}

  /**
   * Reads a certificate that a person has pasted or uploaded.
   *
   * @throws Refusal {@link Reason#MALFORMED} if it is none, {@link Reason#UNPROCESSABLE} if it will
   *     not do, saying why
   */
  static X509Certificate require(
      String pem, HospitalId hospital, X509Certificate authority, Instant now) {
    X509Certificate certificate = X509CertUtils.parse(pem);
    if (certificate == null) {
      throw new Refusal(
          Reason.MALFORMED, "This is not a certificate in PEM form (-----BEGIN CERTIFICATE-----).");
    }
    if (!(certificate.getPublicKey() instanceof ECPublicKey key)
        || !key.getParams().getOrder().equals(P256)) {
      throw refused("The certificate's key must be on the curve P-256.");
    }
    if (!commonName(certificate).equals(hospital.value())) {
      throw refused("The certificate's common name must be the hospital's id, " + hospital + ".");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())
        || now.isAfter(certificate.getNotAfter().toInstant())) {
      throw refused("The certificate is not valid today.");
    }
    if (certificate.getBasicConstraints() >= 0) {
      throw refused("This is an authority's certificate, not a hospital's.");
    }
    try {
      authority.checkValidity(Date.from(now));
      certificate.verify(authority.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw (Refusal) refused("The certificate was not issued by our authority.").initCause(e);
    }
    return certificate;
  }

  /** The common name of {@code certificate}'s subject; empty if it has none. */
  static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(Object::toString)
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      throw new IllegalStateException("an X.500 name is an LDAP name", e);
    }
  }

  private static Refusal refused(String explanation) {
    return new Refusal(Reason.UNPROCESSABLE, explanation);
  }
}
