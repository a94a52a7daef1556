package emr.hospital.access;

import emr.exchange.access.Role;
import emr.hospital.communication.HospitalIdentity;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes staff of this hospital into the table, from {@code staff.properties} in the folder {@code
 * emr.seed}: {@code <user>=<hospital>,<ROLE>,<name>} and one {@code password} for all, which with
 * {@code change=yes} is good for the first sign-in alone. Who is there already stays as they are.
 */
@Singleton
@Startup
@DependsOn("HospitalDatabase")
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class StaffSeed {

  @Inject StaffDirectory directory;
  @Inject HospitalIdentity identity;

  @Inject
  @ConfigProperty(name = "emr.seed")
  Optional<String> folder;

  @PostConstruct
  void sow() {
    folder.map(f -> Path.of(f, "staff.properties")).filter(Files::exists).ifPresent(this::take);
  }

  private void take(Path file) {
    var lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      lines.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
    String password = lines.getProperty("password", "");
    boolean mustChange = "yes".equals(lines.getProperty("change"));
    for (String user : lines.stringPropertyNames()) {
      String[] parts = lines.getProperty(user).split(",", 3);
      if (parts.length == 3 && parts[0].equals(identity.hospital().value())) {
        directory.seed(new Staff(user, parts[2], Role.valueOf(parts[1])), password, mustChange);
      }
    }
  }
}
