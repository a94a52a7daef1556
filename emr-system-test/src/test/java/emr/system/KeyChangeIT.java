package emr.system;

import static emr.exchange.access.AccessRight.READ;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hospital changes its key while it goes on working. */
@Tag("claim-10")
@Tag("claim-18")
class KeyChangeIT {

  @TempDir Path folder;

  @Test
  void theNewKeyIsGoodFromItsAnnouncementAndTheOldOneForAWhile() throws Exception {
    Terminal south = Staff.of("dr.south");
    PatientId patient = new PatientId(Staff.registered(south).id());
    HospitalServer old = HospitalServer.of(Staff.INSTALLATION, "south");
    HospitalServer next = HospitalServer.with(Staff.INSTALLATION, "south", fresh("south"));
    HospitalServer stranger = HospitalServer.with(Staff.INSTALLATION, "south", fresh("south"));
    assertThat(next.post("/reconciliations", "x").status()).as("not yet known").isEqualTo(401);

    assertThat(Staff.server("north").announce(next).status())
        .as("under another hospital's key")
        .isBetween(400, 499);
    assertThat(next.announce(next).status()).as("under itself").isEqualTo(401);
    assertThat(old.announce(old).status()).as("what is known").isBetween(400, 499);
    assertThat(old.announce(next).status()).isEqualTo(204);

    for (HospitalServer server : List.of(old, next)) {
      String statement = server.statement("dr.south", Role.PHYSICIAN, patient, READ);
      assertThat(server.retrieve(statement, "Patient/" + patient).get(0).status()).isEqualTo(200);
    }
    String statement = next.statement("dr.south", Role.PHYSICIAN, patient, READ);
    assertThat(old.fhir("GET", "/Patient/" + patient, null, statement).status())
        .as("with another key than the connection's")
        .isEqualTo(401);
    assertThat(next.fhir("GET", "/Patient/" + patient, null, statement).status()).isEqualTo(200);
    assertThat(stranger.post("/reconciliations", "x").status()).isEqualTo(401);
    Staff.registered(south); // its server goes on with the key it has
  }

  /** A key that the development authority certifies for a hospital. */
  private KeyStore.PrivateKeyEntry fresh(String hospital)
      throws GeneralSecurityException, IOException, InterruptedException {
    Path store = Files.createTempFile(folder, "next", ".p12");
    char[] password = Staff.INSTALLATION.secret("ca").toCharArray();
    try (var out = Files.newOutputStream(store)) {
      Staff.INSTALLATION.keys("ca").store(out, password);
    }
    Path secret = Files.writeString(folder.resolve("password"), String.valueOf(password));
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass:file",
                secret.toString(),
                "-alias",
                "next",
                "-signer",
                "ca",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + hospital,
                "-validity",
                "30")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start()
            .waitFor();
    assertThat(code).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    KeyStore made = KeyStore.getInstance(store.toFile(), password);
    return (KeyStore.PrivateKeyEntry)
        made.getEntry("next", new KeyStore.PasswordProtection(password));
  }
}
