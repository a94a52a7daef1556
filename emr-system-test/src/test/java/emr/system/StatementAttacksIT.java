package emr.system;

import static emr.exchange.access.AccessRight.READ;
import static emr.exchange.access.AccessRight.STORE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.BatchResult;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Manifest;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Retrieval;
import emr.exchange.record.RetrievalAnswer;
import emr.exchange.record.Submission;
import emr.exchange.record.SubmissionBatch;
import emr.exchange.seal.Envelope;
import emr.exchange.seal.PaperType;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on access statements: each is refused, and stands in the audit trail. */
@Tag("claim-10")
@Tag("claim-14")
class StatementAttacksIT {

  private static final HospitalServer NORTH = Staff.server("north");
  private static final HospitalServer SOUTH = Staff.server("south");

  private static PatientId patient;

  @BeforeAll
  static void aChartOfNorth() {
    patient = new PatientId(Staff.registered(Staff.of("dr.north")).id());
  }

  @Test
  void aStatementThatWasUsed() {
    String statement = NORTH.statement("dr.north", Role.PHYSICIAN, patient, READ);
    assertThat(retrieve(NORTH, statement)).isEqualTo(200);
    refusedAndNoted("north", () -> retrieve(NORTH, statement));
  }

  @Test
  void aStatementInAnothersHands() {
    String statement = NORTH.statement("dr.north", Role.PHYSICIAN, patient, READ);
    refusedAndNoted("south", () -> retrieve(SOUTH, statement));
  }

  @Test
  void aStatementInAnothersHandsAtTheDoorOfFhir() {
    String path = "/Patient/" + patient;
    assertThat(NORTH.fhir("GET", path, null, fresh()).status()).isEqualTo(200);
    refusedAndNoted("south", () -> SOUTH.fhir("GET", path, null, fresh()).status());
    refusedAndNoted(
        "south", () -> SOUTH.fhir("GET", path + "?_pretty=true", null, fresh()).status());
  }

  @Test
  void aStatementInAnothersName() {
    refusedAndNoted(
        "south",
        () -> retrieve(SOUTH, SOUTH.sign(PaperType.STATEMENT, statement("north", Instant.now()))));
  }

  @Test
  void aStatementOfYesterdayOrOfTomorrow() {
    for (Duration off : List.of(Duration.ofMinutes(-20), Duration.ofMinutes(20))) {
      refusedAndNoted(
          "north",
          () ->
              retrieve(
                  NORTH,
                  NORTH.sign(PaperType.STATEMENT, statement("north", Instant.now().plus(off)))));
    }
  }

  @Test
  void anotherKindOfPaper() {
    refusedAndNoted(
        "north",
        () -> retrieve(NORTH, NORTH.sign(PaperType.DELETION, statement("north", Instant.now()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "ES384", "RS256"})
  void aWeakerAlgorithm(String algorithm) {
    refusedAndNoted("north", () -> retrieve(NORTH, header("\"ES256\"", "\"" + algorithm + "\"")));
  }

  @Test
  void aKeyOfAnotherHospital() throws KeyStoreException {
    String own = thumbprint("north");
    String other = thumbprint("south");
    refusedAndNoted("north", () -> retrieve(NORTH, header(own, other)));
    refusedAndNoted("north", () -> retrieve(NORTH, header(own, "x" + own.substring(1))));
  }

  @Test
  void aStatementThatWasChanged() {
    String[] parts = fresh().split("\\.");
    String text = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    String changed = encoded(text.replace("dr.north", "dr.nurth"));
    refusedAndNoted("north", () -> retrieve(NORTH, parts[0] + "." + changed + "." + parts[2]));
  }

  @Test
  void atADoorThatAsksForNoCertificateNoneIsGoodEvenOnce() {
    String path = "/Patient/" + patient;
    String statement = fresh();
    for (String address :
        List.of(path, path + "?_pretty=true", "/Observation?patient=" + patient)) {
      refusedAndNoted("north", () -> NORTH.fhirShowingNothing(address, statement).status());
    }
    assertThat(NORTH.fhir("GET", path, null, statement).status())
        .as("it was not used up")
        .isEqualTo(200);
  }

  @Test
  void aStatementForAnotherSubmission() {
    Submission submission = submission();
    for (String statement :
        List.of(
            NORTH.statement("nurse.north", Role.NURSE, patient, STORE),
            NORTH.statement("dr.north", Role.PHYSICIAN, null, STORE))) {
      refusedAndNoted(
          "north",
          () ->
              store(
                  submission, NORTH.sign(PaperType.MANIFEST, Manifest.of(submission)), statement));
    }
  }

  @Test
  void aManifestThatIsNotTheHospitals() {
    Submission submission = submission();
    String statement = NORTH.statement("dr.north", Role.PHYSICIAN, patient, STORE);
    String forged = SOUTH.sign(PaperType.MANIFEST, Manifest.of(submission));
    long before = noted("north");
    assertThat(store(submission, forged, statement)).isBetween(400, 499);
    assertThat(noted("north")).isGreaterThan(before);
  }

  @Test
  void noiseInNobodysNameIsNotedInNobodysNameAndDoesNotFillTheTrail() {
    long before = noted("north");
    long nobodys = noted(null);
    for (int i = 0; i < 50; i++) {
      assertThat(NORTH.fhirShowingNothing("/Patient/" + patient, "nonsense" + i).status())
          .isEqualTo(401);
    }
    assertThat(noted("north")).isEqualTo(before);
    Instant until = Instant.now().plusSeconds(75); // if few were noted before, their sum is
    while (noted(null) == nobodys && Instant.now().isBefore(until)) {
      Staff.pause(Duration.ofMillis(500));
    }
    assertThat(noted(null) - nobodys).as("ten in a minute, and sums").isBetween(1L, 25L);
  }

  private static Submission submission() {
    RecordId record = RecordId.fresh("Observation", Optional.of(patient));
    ObjectNode pulse = Entries.pulse(patient.value(), 66, "attack").put("id", record.id());
    return new Submission(
        UUID.randomUUID(),
        new HospitalId("north"),
        patient,
        new Author("dr.north", "Dr Ada North", Role.PHYSICIAN),
        Instant.now(),
        List.of(new Submission.Entry(record, 0, pulse.toString())));
  }

  /** The status that the refusal of a submission stands for. */
  private static int store(Submission submission, String manifest, String statement) {
    var batch =
        new SubmissionBatch(
            List.of(
                new SubmissionBatch.Signed(
                    manifest, statement, List.of(submission.entries().get(0).content()))));
    BatchResult.RefusalNote refusal =
        NORTH.ask("/submissions", batch, BatchResult.class).results().get(0).refusal();
    return Objects.requireNonNull(refusal).reason().httpStatus();
  }

  private static void refusedAndNoted(String hospital, Supplier<Integer> attack) {
    long before = noted(hospital);
    assertThat(attack.get()).isEqualTo(401);
    assertThat(noted(hospital)).isGreaterThan(before);
  }

  private static String fresh() {
    return NORTH.statement("dr.north", Role.PHYSICIAN, patient, READ);
  }

  /** A fresh statement of north's, with another word in its header. */
  private static String header(String word, String other) {
    String[] parts = fresh().split("\\.");
    String header = new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8);
    assertThat(header).contains(word);
    return encoded(header.replace(word, other)) + "." + parts[1] + "." + parts[2];
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String thumbprint(String hospital) throws KeyStoreException {
    return emr.exchange.seal.Thumbprint.of(
        (X509Certificate) Staff.INSTALLATION.keys(hospital).getCertificate("hospital"));
  }

  private static AccessStatement statement(String hospital, Instant issued) {
    return AccessStatement.of(
        new HospitalId(hospital),
        "dr.north",
        Role.PHYSICIAN,
        Purpose.TREATMENT,
        patient,
        Set.of(READ),
        issued);
  }

  /** The status of the whole request, or else of what was asked. */
  private static int retrieve(HospitalServer server, String statement) {
    try {
      var seal = (X509Certificate) Staff.INSTALLATION.keys("north").getCertificate("centre-seal");
      var retrieval = new Retrieval(statement, List.of("Patient/" + patient));
      Envelope.Sent sent = Envelope.seal(retrieval, seal);
      Web.Answer answer = server.post("/retrievals", sent.compact());
      if (answer.status() != 200) {
        return answer.status();
      }
      var sign = (X509Certificate) Staff.INSTALLATION.keys("north").getCertificate("centre-sign");
      return Envelope.openAnswer(
              answer.body(), sent.answerKey(), sign, RetrievalAnswer.class, 1_000_000)
          .answers()
          .get(0)
          .status();
    } catch (KeyStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Refused papers that the trail has in the name of a hospital; null for nobody's. */
  private static long noted(@Nullable String hospital) {
    String count =
        "select count(*) from audit a left join hospital h on h.number = a.hospital"
            + " where h.id is not distinct from ? and not a.permitted and a.rule like 'PAPER: %'";
    try (Connection database = Staff.INSTALLATION.database("emr_app");
        PreparedStatement select = database.prepareStatement(count)) {
      select.setString(1, hospital);
      ResultSet row = select.executeQuery();
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("the audit trail cannot be read", e);
    }
  }
}
