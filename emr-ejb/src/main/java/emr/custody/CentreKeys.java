package emr.custody;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import emr.account.MasterKey;
import emr.exchange.seal.Signer;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.SecretKey;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The centre's keys, read once from the keystore that {@code emr.keystore} names (PKCS12). Whoever
 * asks for a key that is not there gets an {@link IllegalStateException} naming it.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects, then calls read()
public class CentreKeys implements MasterKey {

  private static final Logger LOG = Logger.getLogger(CentreKeys.class.getName());
  private static final String SEAL = "centre-seal";
  private static final String SIGN = "centre-sign";
  private static final String TLS = "centre-tls";
  private static final String MASTER = "centre-master";

  @Inject
  @ConfigProperty(name = "emr.keystore")
  String path;

  @Inject
  @ConfigProperty(name = "emr.keystore.password")
  String password;

  private X509Certificate sealCertificate;
  private ECPrivateKey sealKey;
  private X509Certificate signCertificate;
  private Signer signer;
  private SecretKey master;
  private X509Certificate authority;

  @PostConstruct
  void read() {
    char[] secret = password.toCharArray();
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, secret);
      sealCertificate = (X509Certificate) require(keys.getCertificate(SEAL), SEAL);
      sealKey = (ECPrivateKey) key(keys, SEAL, secret);
      signCertificate = (X509Certificate) require(keys.getCertificate(SIGN), SIGN);
      signer = new Signer((ECPrivateKey) key(keys, SIGN, secret), signCertificate, fastest());
      master = (SecretKey) key(keys, MASTER, secret);
      Certificate[] chain = require(keys.getCertificateChain(TLS), TLS);
      authority = (X509Certificate) chain[chain.length - 1];
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the keystore " + path + " cannot be read", e);
    }
  }

  /**
   * The centre signs a receipt with every submission, and the JDK's own ECDSA would be a third of
   * what storing a record costs. Null where the native library does not run: then the JDK does it.
   */
  private static @Nullable Provider fastest() {
    Provider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    Throwable missing = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
    if (missing != null) {
      LOG.log(Level.INFO, "signing with the JDK: no native library", missing);
      return null;
    }
    return provider;
  }

  /** Requests of hospitals are encrypted for this one. */
  public X509Certificate sealCertificate() {
    return sealCertificate;
  }

  /** Opens what was encrypted for {@link #sealCertificate()}. */
  public ECPrivateKey sealKey() {
    return sealKey;
  }

  /** Receipts and answers are verified with this one. */
  public X509Certificate signCertificate() {
    return signCertificate;
  }

  /** Signs in the centre's name. */
  public Signer sign() {
    return signer;
  }

  /** AES-256: wraps the patients' keys, keys the terms of searches, seals second factors. */
  @Override
  public SecretKey master() {
    return master;
  }

  /** Who issues the hospitals' certificates: the root of the centre's own TLS certificate. */
  public X509Certificate authority() {
    return authority;
  }

  private static Key key(KeyStore keys, String alias, char[] secret)
      throws GeneralSecurityException {
    return require(keys.getKey(alias, secret), alias);
  }

  private static <T> T require(T found, String alias) {
    if (found == null) {
      throw new IllegalStateException("the keystore has no " + alias);
    }
    return found;
  }
}
