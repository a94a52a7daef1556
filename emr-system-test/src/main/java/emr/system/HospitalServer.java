package emr.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.X509CertUtils;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.EmergencyRequest;
import emr.exchange.record.HospitalId;
import emr.exchange.record.KeyAnnouncement;
import emr.exchange.record.PatientId;
import emr.exchange.record.Retrieval;
import emr.exchange.record.RetrievalAnswer;
import emr.exchange.record.StoredReceipt;
import emr.exchange.seal.Envelope;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.exchange.seal.Signer;
import java.io.IOException;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the centre with a hospital's keys, as its server does, but without its server: to ask
 * the centre directly, and to say what a hospital's server never would.
 */
public final class HospitalServer {

  private static final String OWN = "hospital";
  private static final long LIMIT = 200_000_000;

  private final HospitalId id;
  private final X509Certificate certificate;
  private final Signer signer;
  private final X509Certificate centreSeal;
  private final X509Certificate centreSign;
  private final Web exchange;
  private final Web open;
  private final Web proven;

  private HospitalServer(
      Installation installation,
      HospitalId id,
      KeyStore keys,
      KeyStore.PrivateKeyEntry own,
      char[] password)
      throws GeneralSecurityException, IOException {
    this.id = id;
    var key = (ECPrivateKey) own.getPrivateKey();
    Certificate[] chain = own.getCertificateChain();
    this.certificate = (X509Certificate) chain[0];
    this.signer = new Signer(key, certificate);
    this.centreSeal = (X509Certificate) keys.getCertificate("centre-seal");
    this.centreSign = (X509Certificate) keys.getCertificate("centre-sign");
    KeyStore shown = KeyStore.getInstance("PKCS12");
    shown.load(null, null);
    shown.setKeyEntry(OWN, key, password, chain);
    this.exchange = Web.to(installation.exchange(), installation, shown, String.valueOf(password));
    this.open = Web.to(installation.fhir(), installation);
    this.proven =
        Web.to(
            installation.exchange().resolve("/fhir"),
            installation,
            shown,
            String.valueOf(password));
  }

  /** The hospital {@code id} of the demonstration, which has a server and so has keys. */
  public static HospitalServer of(Installation installation, String id) {
    char[] password = installation.secret(id).toCharArray();
    try {
      return with(
          installation,
          id,
          (KeyStore.PrivateKeyEntry)
              installation.keys(id).getEntry(OWN, new KeyStore.PasswordProtection(password)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keys of " + id + " cannot be used", e);
    }
  }

  /** The same with another key of the hospital's. */
  public static HospitalServer with(
      Installation installation, String id, KeyStore.PrivateKeyEntry own) {
    char[] password = installation.secret(id).toCharArray();
    try {
      return new HospitalServer(
          installation, new HospitalId(id), installation.keys(id), own, password);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the keys of " + id + " cannot be used", e);
    }
  }

  /** Signs in the hospital's name. */
  public String sign(PaperType type, Object paper) {
    return signer.sign(type, paper);
  }

  /** A signed statement, fresh and good for five minutes. */
  public String statement(
      String user, Role role, @Nullable PatientId patient, AccessRight... rights) {
    return statement(user, role, Purpose.TREATMENT, patient, rights);
  }

  /** A signed statement, fresh and good for five minutes. */
  public String statement(
      String user, Role role, Purpose purpose, @Nullable PatientId patient, AccessRight... rights) {
    return sign(
        PaperType.STATEMENT,
        AccessStatement.of(id, user, role, purpose, patient, Set.of(rights), Instant.now()));
  }

  /**
   * Announces the hospital's next key, as who has both.
   *
   * @param next the same hospital, with that key
   */
  public Web.Answer announce(HospitalServer next) {
    var announcement =
        new KeyAnnouncement(
            UUID.randomUUID(), id, X509CertUtils.toPEMString(next.certificate), Instant.now());
    var signed =
        new KeyAnnouncement.Signed(
            sign(PaperType.KEY, announcement), next.sign(PaperType.KEY, announcement));
    return post("/keys", Envelope.seal(signed, centreSeal).compact());
  }

  /** What its server says of emergencies. */
  public EmergencyRequest.Answer emergency(EmergencyRequest request) {
    return ask("/emergencies", request, EmergencyRequest.Answer.class);
  }

  /**
   * Reads a receipt.
   *
   * @throws emr.exchange.seal.BrokenSeal if the centre did not sign it
   */
  public StoredReceipt verified(String receipt) {
    return Signed.parse(receipt).verify(PaperType.RECEIPT, centreSign, StoredReceipt.class);
  }

  /** Asks the centre's FHIR endpoint, with a fresh statement of a physician. */
  public Web.Answer fhir(String path, @Nullable PatientId patient) {
    String statement =
        statement("dr." + id, Role.PHYSICIAN, patient, AccessRight.READ, AccessRight.STORE);
    return fhir("GET", path, null, statement);
  }

  /**
   * A FHIR request with any statement, over the connection that shows the hospital's certificate;
   * or with none, over one that shows nothing.
   *
   * @param headers names and values in turn
   */
  public Web.Answer fhir(
      String method,
      String path,
      @Nullable String body,
      @Nullable String statement,
      String... headers) {
    var all = new ArrayList<>(List.of(headers));
    if (!all.contains("Content-Type")) {
      all.addAll(List.of("Content-Type", "application/fhir+json"));
    }
    if (statement == null) {
      return open.send(method, path, body, all.toArray(String[]::new));
    }
    all.addAll(List.of("Authorization", "Bearer " + statement));
    return proven.send(method, path, body, all.toArray(String[]::new));
  }

  /** A FHIR request with any statement, over a connection that shows no certificate. */
  public Web.Answer fhirShowingNothing(String path, String statement) {
    return open.get(path, "Authorization", "Bearer " + statement);
  }

  /** Asks for records through the sealed exchange. */
  public List<RetrievalAnswer.Answer> retrieve(String statement, String... queries) {
    return ask("/retrievals", new Retrieval(statement, List.of(queries)), RetrievalAnswer.class)
        .answers();
  }

  /**
   * Any request of the sealed exchange.
   *
   * @param as what the sealed answer is read as
   */
  public <T> T ask(String path, Object request, Class<T> as) {
    Envelope.Sent sent = Envelope.seal(request, centreSeal);
    Web.Answer answer = post(path, sent.compact()).successful("/exchange" + path);
    return Envelope.openAnswer(answer.body(), sent.answerKey(), centreSign, as, LIMIT);
  }

  /** Posts {@code body} to the exchange as it stands, sealed or not. */
  public Web.Answer post(String path, String body) {
    return exchange.send("POST", path, body, "Content-Type", "application/jose");
  }

  /** {@code text} as part of a query. */
  static String query(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
