package emr.hospital.communication;

import emr.account.MasterKey;
import emr.exchange.record.HospitalId;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signer;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import javax.crypto.SecretKey;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who this hospital is: its id and name, and the key it signs with. Read once from the key store
 * {@code emr.keystore}; a missing or unfit store is a fault that readiness names.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class HospitalIdentity implements MasterKey {

  private static final String OWN = "hospital";
  private static final String MASTER = "hospital-master";

  @Inject
  @ConfigProperty(name = "emr.hospital.id")
  String id;

  @Inject
  @ConfigProperty(name = "emr.hospital.name")
  String name;

  @Inject
  @ConfigProperty(name = "emr.keystore")
  String keystore;

  @Inject
  @ConfigProperty(name = "emr.keystore.password")
  String password;

  private HospitalId hospital;
  private Signer signer;
  private SecretKey master;
  private X509Certificate centreSeal;
  private X509Certificate centreSign;
  private SSLContext tls;

  @PostConstruct
  void read() {
    hospital = new HospitalId(id);
    char[] secret = password.toCharArray();
    try {
      KeyStore store = KeyStore.getInstance(new File(keystore), secret);
      Key key = store.getKey(OWN, secret);
      if (!(key instanceof ECPrivateKey own)) {
        throw new IllegalStateException("no EC key '" + OWN + "' in " + keystore);
      }
      signer = new Signer(own, certificate(store, OWN));
      if (!(store.getKey(MASTER, secret) instanceof SecretKey kept)) {
        throw new IllegalStateException("no key '" + MASTER + "' in " + keystore);
      }
      master = kept;
      centreSeal = certificate(store, "centre-seal");
      centreSign = certificate(store, "centre-sign");
      tls = tls(own, store.getCertificateChain(OWN), certificate(store, "ca"), secret);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot read " + keystore, e);
    }
  }

  private static X509Certificate certificate(KeyStore store, String alias)
      throws GeneralSecurityException {
    if (!(store.getCertificate(alias) instanceof X509Certificate certificate)) {
      throw new IllegalStateException("no certificate '" + alias + "' in the key store");
    }
    return certificate;
  }

  /** Shows the hospital's certificate and no other, trusts the centre's authority and no other. */
  private static SSLContext tls(
      ECPrivateKey key, Certificate[] chain, X509Certificate authority, char[] secret)
      throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(OWN, key, secret, chain);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, secret);

    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", authority);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);

    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  public HospitalId hospital() {
    return hospital;
  }

  /** The hospital's name for people. */
  public String name() {
    return name;
  }

  /** A compact JWS over {@code value}, in the hospital's name. */
  public String sign(PaperType type, Object value) {
    return signer.sign(type, value);
  }

  /** With this key the centre signs receipts and answers. */
  public X509Certificate centreSign() {
    return centreSign;
  }

  /** AES-256: seals second factors. */
  @Override
  public SecretKey master() {
    return master;
  }

  X509Certificate centreSeal() {
    return centreSeal;
  }

  SSLContext tls() {
    return tls;
  }
}
