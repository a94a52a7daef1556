package emr.seed;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.X509CertUtils;
import emr.charging.Tariffs;
import emr.custody.CentreKeys;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.seal.Thumbprint;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.identity.Partner;
import emr.identity.Partners;
import emr.identity.Staff;
import emr.identity.StaffAccounts;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads the folder {@code emr.seed} at start, if there is one, and adds what is not there yet:
 *
 * <ul>
 *   <li>{@code hospitals/<id>.properties} with id, name, tariff and hosted, and beside it {@code
 *       hospitals/<id>.pem}, the certificate of one with a server of its own, which is left out
 *       without it;
 *   <li>{@code partners/<client>.properties} with client, hospital, name, scopes, the seconds a
 *       token holds and the requests in a minute, and beside it {@code partners/<client>.pem}, a
 *       certificate of its key;
 *   <li>{@code staff.properties}: {@code <user>=<hospital>,<ROLE>,<name>} and one {@code password}
 *       for all, which with {@code change=yes} is good for the first sign-in alone; who works at a
 *       hospital with its own server is skipped, an operator has none.
 * </ul>
 */
@Singleton
@Startup
@DependsOn("Migration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // each account its own
@SuppressWarnings("NullAway.Init") // the container injects
public class Seed {

  private static final Logger LOG = Logger.getLogger(Seed.class.getName());
  private static final String BY = "seed";
  private static final String PASSWORD = "password";
  private static final String CHANGE = "change";

  @Inject
  @ConfigProperty(name = "emr.seed")
  Optional<String> folder;

  @Inject Hospitals hospitals;
  @Inject Tariffs tariffs;
  @Inject Partners partners;
  @Inject StaffAccounts staff;
  @Inject CentreKeys keys;

  @PostConstruct
  void plant() {
    folder.map(Path::of).filter(Files::isDirectory).ifPresent(this::read);
  }

  private void read(Path seed) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(seed.resolve("hospitals"), "*.properties")) {
      var inOrder = new TreeSet<Path>();
      files.forEach(inOrder::add);
      for (Path file : inOrder) {
        hospital(properties(file), seed.resolve("hospitals"));
      }
      partners(seed.resolve("partners"));
      staff(properties(seed.resolve("staff.properties")));
    } catch (IOException e) {
      throw new IllegalStateException("the seed " + seed + " cannot be read", e);
    }
  }

  private void hospital(Properties given, Path folder) throws IOException {
    var id = new HospitalId(given.getProperty("id"));
    boolean hosted = Boolean.parseBoolean(given.getProperty("hosted"));
    Path certificate = folder.resolve(id + ".pem");
    if (!hosted && !Files.exists(certificate)) {
      return;
    }
    String pem = hosted ? null : Files.readString(certificate);
    Optional<Hospital> known = hospitals.find(id);
    if (known.isEmpty()) {
      tariffs.onboard(
          id, given.getProperty("name"), pem, keys.authority(), given.getProperty("tariff"), BY);
      LOG.info(() -> "onboarded " + id);
    } else if (pem != null && isNew(pem)) {
      hospitals.renewCertificate(id, pem, keys.authority(), BY);
      LOG.info(() -> "renewed the certificate of " + id);
    }
  }

  private void partners(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.properties")) {
      for (Path file : files) {
        partner(properties(file), folder);
      }
    }
  }

  /** The key counts too: a new installation of the demonstration has a new one. */
  private void partner(Properties given, Path folder) throws IOException {
    String client = given.getProperty("client");
    JWKSet keys = keys(Files.readString(folder.resolve(client + ".pem")));
    Optional<Partner> known = partners.find(client);
    if (known.isEmpty() || !known.get().keys().equals(keys)) {
      partners.register(
          new Partner(
              client,
              new HospitalId(given.getProperty("hospital")),
              given.getProperty("name"),
              keys,
              given.getProperty("scopes"),
              Duration.ofSeconds(Long.parseLong(given.getProperty("token-seconds"))),
              Integer.parseInt(given.getProperty("requests-per-minute")),
              known.map(Partner::active).orElse(true)),
          BY);
      LOG.info(() -> "registered the partner " + client);
    }
  }

  private static JWKSet keys(String pem) {
    X509Certificate certificate = X509CertUtils.parse(pem);
    if (!(certificate.getPublicKey() instanceof ECPublicKey key)) {
      throw new IllegalStateException("a partner of the seed has no EC key");
    }
    return new JWKSet(
        new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key)
            .keyID(Thumbprint.of(certificate))
            .build());
  }

  private boolean isNew(String pem) {
    return hospitals.byThumbprint(Thumbprint.of(X509CertUtils.parse(pem))).isEmpty();
  }

  private void staff(Properties given) {
    String password = given.getProperty(PASSWORD);
    boolean mustChange = "yes".equals(given.getProperty(CHANGE));
    var users = new TreeSet<>(given.stringPropertyNames());
    users.removeAll(List.of(PASSWORD, CHANGE));
    for (String user : users) {
      if (!staff.isTaken(user)) {
        Staff person = person(user, given.getProperty(user));
        if (person != null) {
          staff.openFromSeed(person, password, mustChange);
          LOG.info(() -> "opened an account for " + user);
        }
      }
    }
  }

  private @Nullable Staff person(String user, String line) {
    String[] parts = line.split(",", 3);
    if (parts[0].isBlank()) {
      return new Staff(user, parts[2].strip(), null, null);
    }
    return hospitals
        .find(new HospitalId(parts[0].strip()))
        .filter(Hospital::hosted)
        .map(place -> new Staff(user, parts[2].strip(), place.id(), Role.valueOf(parts[1].strip())))
        .orElse(null);
  }

  private static Properties properties(Path file) throws IOException {
    var given = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      given.load(reader);
    }
    return given;
  }
}
