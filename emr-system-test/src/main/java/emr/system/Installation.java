package emr.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A running installation: where its servers answer and where its files lie.
 *
 * @param home the folder of everything made at run time
 * @param status what {@code ./emr status --json} said
 */
public record Installation(Path home, JsonNode status) {

  /** The password of every demonstration login. */
  public static final String DEMO_PASSWORD = "demo-Only-2026";

  private static final int HTTP = 80;
  private static final int HTTPS = 81;
  private static final int EXCHANGE = 443;

  /**
   * The installation named by the system properties {@code emr.home} and {@code emr.status}, or by
   * the environment variables EMR_HOME and EMR_STATUS: a folder, and a file with the status.
   *
   * @throws IllegalStateException if none is named
   */
  public static Installation named() {
    Path home = Path.of(setting("emr.home", "EMR_HOME"));
    try {
      byte[] status = Files.readAllBytes(Path.of(setting("emr.status", "EMR_STATUS")));
      return new Installation(home, Web.JSON.readTree(status));
    } catch (IOException e) {
      throw new UncheckedIOException("the status of the installation cannot be read", e);
    }
  }

  private static String setting(String property, String variable) {
    String value = System.getProperty(property);
    if (value == null || value.isEmpty()) {
      value = System.getenv(variable);
    }
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("set " + variable + " (or -D" + property + ")");
    }
    return value;
  }

  /** The centre's FHIR base, without a slash at its end. */
  public URI fhir() {
    return URI.create(status.path("fhir").asText());
  }

  /** The same over TLS. */
  public URI fhirOverTls() {
    return URI.create("https://localhost:" + (portBase() + HTTPS) + "/fhir");
  }

  /** The centre's portal, over TLS. */
  public URI portal() {
    return URI.create(status.path("portal").asText()).resolve("/");
  }

  /** The root of a hospital's own server, over TLS. */
  public URI hospital(String id) {
    for (JsonNode hospital : status.path("hospitals")) {
      if (hospital.path("id").asText().equals(id)) {
        return URI.create(hospital.path("terminal").asText()).resolve("/");
      }
    }
    throw new IllegalArgumentException("no hospital " + id + " in this installation");
  }

  /** Where hospitals post to; only with a registered certificate. */
  public URI exchange() {
    return URI.create("https://localhost:" + (portBase() + EXCHANGE) + "/exchange");
  }

  /** The first port of the centre; all others are counted from it. */
  public int portBase() {
    return fhir().getPort() - HTTP;
  }

  /** The process id of {@code centre}, {@code north}, {@code south} or {@code postgresql}. */
  public Optional<Long> pid(String name) {
    for (JsonNode process : status.path("processes")) {
      if (process.path("name").asText().equals(name)) {
        return Optional.of(process.path("pid").asLong());
      }
    }
    return Optional.empty();
  }

  /**
   * The centre's database, which the caller closes.
   *
   * @param role emr_app, emr_owner or postgres
   */
  public Connection database(String role) throws SQLException {
    String secret = role.equals("postgres") ? "db-admin" : role.replace("emr_", "db-");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/emr?currentSchema=emr&reWriteBatchedInserts=true"
            .formatted(portBase() + 432),
        role,
        secret(secret));
  }

  /** The files of a server. */
  public Path domain(String name) {
    return home.resolve("domains").resolve(name);
  }

  /** A secret that {@code ./emr} made, by its name. */
  public String secret(String name) {
    try {
      return Files.readString(home.resolve("secrets").resolve(name)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("no secret " + name, e);
    }
  }

  /** The keys of {@code ca}, {@code centre}, {@code north}, {@code south} or a partner's client. */
  public KeyStore keys(String name) {
    try (InputStream in = Files.newInputStream(home.resolve("keys").resolve(name + ".p12"))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, secret(name).toCharArray());
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the keys of " + name + " cannot be read", e);
    }
  }
}
