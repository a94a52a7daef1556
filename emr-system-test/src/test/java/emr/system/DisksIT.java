package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import emr.system.Staff.Patient;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody finds who carries the disks away. */
class DisksIT {

  private static final String WORD = Staff.word();
  private static Patient patient;

  @BeforeAll
  static void oneNoteIsHeldAndOneIsStored() {
    Terminal north = Staff.of("dr.north");
    patient = Staff.registered(north);
    var stored = north.submit(Entries.bundle(Entries.pulse(patient.id(), 61, WORD)));
    Staff.stored(north, stored);
    north.submit(Entries.bundle(Entries.pulse(patient.id(), 62, WORD)));
    assertThat(north.chart(patient.id()).body()).contains(WORD); // fills the cache, too

    var policy = north.policy(Entries.policy(patient.id(), "south", "READ"));
    Staff.settled(north, policy.path("submission").asText());
    assertThat(Staff.of("dr.south").chart(patient.id()).body()).contains(WORD);

    Pages portal = Pages.ofPortal(Staff.INSTALLATION).signIn("dr.east", Installation.DEMO_PASSWORD);
    begin(portal);
    assertThat(portal.get("/portal/home.xhtml").body()).contains("Begun: " + WORD);
    begin(
        Pages.ofTerminal(Staff.INSTALLATION, "north")
            .signIn("dr.north", Installation.DEMO_PASSWORD));
  }

  /** A draft with a file. */
  private static void begin(Pages at) {
    UUID draft = UUID.randomUUID();
    assertThat(at.draft(draft, patient.id(), "Begun: " + WORD).status()).isEqualTo(204);
    String content = ("Attached: " + WORD + "\n").repeat(30_000); // of several pieces
    assertThat(at.file(draft, WORD + ".txt", content).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"north", "south"})
  @Tag("claim-19")
  @Tag("claim-22")
  void noNameAndNoWordOfANoteStandsOnAHospitalsDisk(String hospital) throws IOException {
    assertThat(filesWith(Staff.INSTALLATION.domain(hospital), patient.family(), WORD)).isEmpty();
  }

  @Test
  @Tag("claim-18")
  void noNameAndNoWordOfANoteStandsOnTheCentresServersDisk() throws IOException {
    assertThat(filesWith(Staff.INSTALLATION.domain("centre"), patient.family(), WORD)).isEmpty();
  }

  @Test
  @Tag("claim-18")
  void noWordOfANoteOrADraftStandsOnTheDatabasesDisk() throws IOException {
    assertThat(filesWith(Staff.INSTALLATION.home().resolve("postgresql"), WORD)).isEmpty();
  }

  @Test
  void noNameAndNoWordOfANoteStandsInALog() throws IOException {
    assertThat(filesWith(Staff.INSTALLATION.home().resolve("logs"), patient.family(), WORD))
        .isEmpty();
  }

  @Test
  void theHospitalsStoreSaysThatItIsEncrypted() throws IOException {
    try (Stream<Path> files = Files.list(Staff.INSTALLATION.domain("north").resolve("h2"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".mv.db")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          assertThat(new String(in.readNBytes(9), StandardCharsets.US_ASCII))
              .isEqualTo("H2encrypt");
        }
      }
    }
  }

  /** As {@code grep -a} does, in any letters' case. */
  private static List<Path> filesWith(Path folder, String... words) throws IOException {
    var found = new ArrayList<Path>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
        String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).toLowerCase();
        for (String word : words) {
          if (text.contains(word.toLowerCase())) {
            found.add(file);
          }
        }
      } catch (NoSuchFileException e) {
        continue; // a server removed it meanwhile
      }
    }
    return found;
  }
}
