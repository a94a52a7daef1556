package emr.seed;

import com.nimbusds.jose.util.X509CertUtils;
import emr.charging.Tariffs;
import emr.custody.CentreKeys;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.seal.Thumbprint;
import emr.identity.Hospital;
import emr.identity.Hospitals;
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
 *       hospitals/<id>.pem}, the certificate of one with a server of its own;
 *   <li>{@code staff.properties}: {@code <user>=<hospital>,<ROLE>,<name>} and one {@code password}
 *       for all; who works at a hospital with its own server is skipped, an operator has none.
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

  @Inject
  @ConfigProperty(name = "emr.seed")
  Optional<String> folder;

  @Inject Hospitals hospitals;
  @Inject Tariffs tariffs;
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
      staff(properties(seed.resolve("staff.properties")));
    } catch (IOException e) {
      throw new IllegalStateException("the seed " + seed + " cannot be read", e);
    }
  }

  private void hospital(Properties given, Path folder) throws IOException {
    var id = new HospitalId(given.getProperty("id"));
    boolean hosted = Boolean.parseBoolean(given.getProperty("hosted"));
    String pem = hosted ? null : Files.readString(folder.resolve(id + ".pem"));
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

  private boolean isNew(String pem) {
    return hospitals.byThumbprint(Thumbprint.of(X509CertUtils.parse(pem))).isEmpty();
  }

  private void staff(Properties given) {
    String password = given.getProperty(PASSWORD);
    for (String user : new TreeSet<>(given.stringPropertyNames())) {
      if (!user.equals(PASSWORD) && staff.find(user).isEmpty()) {
        Staff person = person(user, given.getProperty(user));
        if (person != null) {
          staff.open(person, password);
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
