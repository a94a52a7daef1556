package emr.exchange.seal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * Signs in the name of a hospital or the centre: JWS (RFC 7515), ES256, key named by thumbprint.
 */
public final class Signer {

  private final JWSSigner signer;
  private final String keyId;

  /**
   * @param key P-256
   * @param certificate of that key; its {@linkplain Thumbprint thumbprint} becomes the {@code kid}
   */
  public Signer(ECPrivateKey key, X509Certificate certificate) {
    this(key, certificate, null);
  }

  /**
   * @param provider does the arithmetic; null for the JDK's
   */
  public Signer(ECPrivateKey key, X509Certificate certificate, @Nullable Provider provider) {
    try {
      this.signer = new ECDSASigner(key);
      if (provider != null) {
        this.signer.getJCAContext().setProvider(provider);
      }
    } catch (JOSEException e) {
      throw new IllegalArgumentException("a signing key is on the curve P-256", e);
    }
    this.keyId = Thumbprint.of(certificate);
  }

  /**
   * A compact JWS over {@code value} as JSON.
   *
   * @param type the header {@code typ}, so that one kind of paper cannot be passed off as another
   */
  public String sign(PaperType type, Object value) {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(type.header()))
            .keyID(keyId)
            .build();
    var paper = new JWSObject(header, new Payload(Json.write(value)));
    try {
      paper.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign", e);
    }
    return paper.serialize();
  }
}
