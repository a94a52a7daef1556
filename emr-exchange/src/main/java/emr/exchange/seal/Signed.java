package emr.exchange.seal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Optional;

/**
 * A signed paper as it arrived: nothing of it can be read before the signature was checked.
 *
 * @throws BrokenSeal from {@link #parse} and {@link #verify}
 */
public final class Signed {

  private final JWSObject paper;

  private Signed(JWSObject paper) {
    this.paper = paper;
  }

  public static Signed parse(String compact) {
    try {
      return new Signed(JWSObject.parse(compact));
    } catch (ParseException e) {
      throw new BrokenSeal("not a signed paper", e);
    }
  }

  /** Which key the paper says it was signed with; believe it only after {@link #verify}. */
  public Optional<String> keyId() {
    return Optional.ofNullable(paper.getHeader().getKeyID());
  }

  /** Whether the paper says that it is of that type; believe it only after {@link #verify}. */
  public boolean isA(PaperType type) {
    var said = paper.getHeader().getType();
    return said != null && type.header().equals(said.getType());
  }

  /**
   * Checks type, algorithm (ES256 and no other), key and signature, and reads the paper.
   *
   * @param type what it must be
   * @param certificate of the one who must have signed it
   * @param as what its JSON is read as
   */
  public <T> T verify(PaperType type, X509Certificate certificate, Class<T> as) {
    var header = paper.getHeader();
    boolean right =
        JWSAlgorithm.ES256.equals(header.getAlgorithm())
            && isA(type)
            && Thumbprint.of(certificate).equals(header.getKeyID());
    try {
      if (!right
          || !(certificate.getPublicKey() instanceof ECPublicKey key)
          || !paper.verify(new ECDSAVerifier(key))) {
        throw new BrokenSeal("not signed by whom it should be");
      }
    } catch (JOSEException e) {
      throw new BrokenSeal("the signature cannot be checked", e);
    }
    return Json.read(paper.getPayload().toBytes(), as);
  }
}
