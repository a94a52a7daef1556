package emr.system;

import static emr.exchange.access.AccessRight.READ;
import static emr.exchange.access.AccessRight.STORE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.Keys;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.BatchResult;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Manifest;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Submission;
import emr.exchange.record.SubmissionBatch;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signer;
import emr.system.Staff.Patient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, the answer names the fault, nothing is stored, and the servers stay well. */
class BadRequestsIT {

  private static final HospitalId NORTH = new HospitalId("north");
  private static final HospitalServer KEYS = Staff.server("north");
  private static Patient patient;

  @BeforeAll
  static void register() {
    patient = Staff.registered(Staff.of("dr.north"));
  }

  @AfterEach
  void theServersAreWell() {
    for (URI server :
        List.of(
            Staff.INSTALLATION.fhir().resolve("/"),
            Staff.INSTALLATION.hospital("north"),
            Staff.INSTALLATION.hospital("south"))) {
      Web web = Web.to(server, Staff.INSTALLATION);
      assertThat(web.get("health/live").status()).isEqualTo(200);
    }
  }

  static Stream<Arguments> badResources() {
    String subject = "\"subject\":{\"reference\":\"Patient/%s\"}".formatted(patient.id());
    String code = "\"code\":{\"text\":\"pulse\"}";
    return Stream.of(
        Arguments.of("nothing", "Observation", ""),
        Arguments.of("not JSON", "Observation", "{\"resourceType\": \"Observation\", "),
        Arguments.of("a JSON array", "Observation", "[1, 2, 3]"),
        Arguments.of("no type", "Observation", "{\"status\": \"final\"}"),
        Arguments.of(
            "another type than the path's", "Observation", "{\"resourceType\":\"Condition\"}"),
        Arguments.of("an unknown type", "Spaceship", "{\"resourceType\":\"Spaceship\"}"),
        Arguments.of(
            "a number where words belong",
            "Observation",
            "{\"resourceType\":\"Observation\",\"status\":7," + code + "," + subject + "}"),
        Arguments.of(
            "an object where a list belongs",
            "Observation",
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"note\":{\"text\":\"x\"},"
                + code
                + ","
                + subject
                + "}"),
        Arguments.of(
            "an element that FHIR does not know",
            "Observation",
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"colour\":\"red\","
                + code
                + ","
                + subject
                + "}"),
        Arguments.of(
            "a date that is none",
            "Observation",
            "{\"resourceType\":\"Observation\",\"status\":\"final\","
                + "\"effectiveDateTime\":\"yesterday\","
                + code
                + ","
                + subject
                + "}"),
        Arguments.of(
            "JSON ten thousand levels deep",
            "Observation",
            "[".repeat(10_000) + "]".repeat(10_000)),
        Arguments.of(
            "a resource nested five hundred levels",
            "Observation",
            "{\"resourceType\":\"Observation\",\"extension\":"
                + "[{\"url\":\"x\",\"extension\":".repeat(500)
                + "[]"
                + "}]".repeat(500)
                + "}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badResources")
  void theCentreRefusesAndSaysWhy(String what, String type, String body) {
    long before = observations();
    Web.Answer answer = KEYS.fhir("POST", "/" + type, body, statement(READ, STORE));

    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    assertOutcome(answer);
    assertThat(observations()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badResources")
  void theHospitalRefusesAndSaysWhy(String what, String type, String body) {
    Terminal dr = Staff.of("dr.north");
    long before = dr.outbox().values().stream().mapToLong(Long::longValue).sum();
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
            + (body.isEmpty() ? "null" : body)
            + ",\"request\":{\"method\":\"POST\",\"url\":\""
            + type
            + "\"}}]}";

    Web.Answer answer =
        dr.web().send("POST", "/submissions", bundle, "Content-Type", "application/json");

    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    assertThat(answer.body()).isNotBlank();
    assertThat(dr.outbox().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(before);
  }

  /** Said before the body is sent, so that no client has to send it to learn it. */
  @Test
  void aBodyOverTheLimitIsTooLarge() throws IOException {
    URI fhir = Staff.INSTALLATION.fhir();
    String head =
        "POST %s/Binary HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
                .formatted(fhir.getPath(), fhir.getAuthority(), Partner.token())
            + "Content-Type: application/fhir+json\r\nContent-Length: 56000000\r\n\r\n";
    try (var socket = new Socket(fhir.getHost(), fhir.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @Tag("claim-08")
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "Patient",
        "Observation?patient=x",
        "Patient/0000000000000",
        "Observation/x/_history"
      })
  void withoutAStatementNobodyIsAnswered(String query) {
    Web.Answer answer = KEYS.fhir("GET", "/" + query, null, null);
    assertThat(answer.status()).isEqualTo(401);
    assertOutcome(answer);
  }

  @Test
  @Tag("claim-10")
  @Tag("claim-14")
  void aForgedStatementProvesNothing() {
    Keys forger = Keys.of("north");
    var statement =
        AccessStatement.of(
            NORTH,
            "dr.north",
            Role.PHYSICIAN,
            Purpose.TREATMENT,
            new PatientId(patient.id()),
            Set.of(READ),
            Instant.now());
    String forged =
        new Signer(forger.key(), forger.certificate()).sign(PaperType.STATEMENT, statement);

    assertThat(ask(forged).status()).isEqualTo(401);
    assertThat(ask("nonsense").status()).isEqualTo(401);
    assertThat(ask(changed(statement(READ))).status()).isEqualTo(401);
    assertThat(ask(KEYS.sign(PaperType.DELETION, statement)).status()).isEqualTo(401);
  }

  /** The same signature over another text. */
  private static String changed(String jws) {
    String[] parts = jws.split("\\.");
    byte[] payload = java.util.Base64.getUrlDecoder().decode(parts[1]);
    String text = new String(payload, java.nio.charset.StandardCharsets.UTF_8);
    String other = text.replace("dr.north", "dr.nurth");
    return parts[0]
        + "."
        + java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(other.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        + "."
        + parts[2];
  }

  @Test
  @Tag("claim-10")
  void aStatementIsGoodOnce() {
    String statement = statement(READ);
    assertThat(ask(statement).status()).isEqualTo(200);
    assertThat(ask(statement).status()).isEqualTo(401);
  }

  @Test
  @Tag("claim-10")
  void aStatementExpires() {
    Instant past = Instant.now().minus(Duration.ofMinutes(20));
    String old =
        KEYS.sign(
            PaperType.STATEMENT,
            AccessStatement.of(
                NORTH,
                "dr.north",
                Role.PHYSICIAN,
                Purpose.TREATMENT,
                new PatientId(patient.id()),
                Set.of(READ),
                past));
    assertThat(ask(old).status()).isEqualTo(401);
  }

  @Test
  @Tag("claim-10")
  void oneHospitalsStatementIsNoGoodInAnothersHands() {
    Web.Answer answer =
        Staff.server("south")
            .post(
                "/retrievals",
                sealed(new emr.exchange.record.Retrieval(statement(READ), List.of(record()))));
    assertThat(answer.status()).isIn(401, 403);
  }

  private static String sealed(Object request) {
    try {
      var seal =
          (java.security.cert.X509Certificate)
              Staff.INSTALLATION.keys("south").getCertificate("centre-seal");
      return emr.exchange.seal.Envelope.seal(request, seal).compact();
    } catch (java.security.KeyStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Tag("claim-18")
  void withoutARegisteredCertificateTheExchangeIsClosed() throws Exception {
    Web stranger = Web.to(Staff.INSTALLATION.exchange(), Staff.INSTALLATION);
    assertThatThrownBy(() -> stranger.send("POST", "/submissions", "x"))
        .isInstanceOf(UncheckedIOException.class);

    Keys forger = Keys.of("north");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("x", forger.key(), "x".toCharArray(), new Certificate[] {forger.certificate()});
    Web impostor = Web.to(Staff.INSTALLATION.exchange(), Staff.INSTALLATION, own, "x");
    assertThatThrownBy(() -> impostor.send("POST", "/submissions", "x"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  @Tag("claim-18")
  @Tag("claim-28")
  void whatIsNotSealedIsNotTaken() {
    for (String body :
        List.of("", "nonsense", "{\"submissions\":[]}", "a.b.c.d.e", "x".repeat(100_000))) {
      for (String path :
          List.of("/submissions", "/retrievals", "/deletions", "/readings", "/reconciliations")) {
        Web.Answer answer = KEYS.post(path, body);
        assertThat(answer.status()).as(path + " " + answer.body()).isBetween(400, 499);
        assertOutcome(answer);
      }
    }
  }

  @Test
  @Tag("claim-12")
  void aManifestThatIsNotTheContentsIsRefused() {
    RecordId record = RecordId.fresh("Observation", Optional.of(new PatientId(patient.id())));
    Submission submission = submission(record, Entries.pulse(patient.id(), 60, "signed"));
    var batch =
        new SubmissionBatch(
            List.of(
                new SubmissionBatch.Signed(
                    KEYS.sign(PaperType.MANIFEST, Manifest.of(submission)),
                    statement(STORE),
                    List.of(submission.entries().get(0).content().replace("signed", "forged")))));

    BatchResult.Result result = KEYS.ask("/submissions", batch, BatchResult.class).results().get(0);
    assertThat(result.receipt()).isNull();
    assertThat(result.refusal()).isNotNull();
    assertThat(ask(statement(READ), "/" + record).status()).isIn(403, 404);
  }

  @Test
  @Tag("claim-06")
  void theSameSubmissionTwiceIsStoredOnce() {
    RecordId record = RecordId.fresh("Observation", Optional.of(new PatientId(patient.id())));
    Submission submission = submission(record, Entries.pulse(patient.id(), 60, "twice"));
    String first = send(submission);
    String second = send(submission);

    assertThat(second).isEqualTo(first);
    Web.Answer history = ask(statement(READ), "/" + record + "/_history");
    assertThat(history.json().path("entry")).hasSize(1);
  }

  @Test
  @Tag("claim-16")
  void anAdditionThatIsNotBasedOnTheLatestVersionIsRefused() {
    Web.Answer made =
        KEYS.fhir(
            "POST",
            "/Observation",
            Entries.pulse(patient.id(), 66, "original").toString(),
            statement(READ, STORE));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String location = made.headers().firstValue("Location").orElseThrow();
    String record = location.replaceAll(".*/(Observation/[^/]+)/_history/1$", "$1");
    ObjectNode addition = Entries.pulse(patient.id(), 67, "added");
    addition.put("id", record.substring("Observation/".length()));

    assertThat(update(record, "W/\"1\"", addition).status()).isEqualTo(200);
    Web.Answer stale = update(record, "W/\"1\"", addition);
    assertThat(stale.status()).isEqualTo(412);
    assertOutcome(stale);
    Web.Answer original = ask(statement(READ), "/" + record + "/_history/1");
    assertThat(original.body()).contains("original");
  }

  private static Web.Answer update(String record, String version, ObjectNode resource) {
    return KEYS.fhir(
        "PUT", "/" + record, resource.toString(), statement(READ, STORE), "If-Match", version);
  }

  private static String send(Submission submission) {
    var batch =
        new SubmissionBatch(
            List.of(
                new SubmissionBatch.Signed(
                    KEYS.sign(PaperType.MANIFEST, Manifest.of(submission)),
                    statement(STORE),
                    List.of(submission.entries().get(0).content()))));
    BatchResult.Result result = KEYS.ask("/submissions", batch, BatchResult.class).results().get(0);
    assertThat(result.refusal()).isNull();
    return String.valueOf(result.receipt());
  }

  private static Submission submission(RecordId record, ObjectNode resource) {
    resource.put("id", record.id());
    return new Submission(
        UUID.randomUUID(),
        NORTH,
        new PatientId(patient.id()),
        new Author("dr.north", "Dr Ada North", Role.PHYSICIAN),
        Instant.now(),
        List.of(new Submission.Entry(record, 0, resource.toString())));
  }

  private static String record() {
    return "Patient/" + patient.id();
  }

  private static String statement(emr.exchange.access.AccessRight... rights) {
    return KEYS.statement("dr.north", Role.PHYSICIAN, new PatientId(patient.id()), rights);
  }

  private static Web.Answer ask(@Nullable String statement) {
    return ask(statement, "/" + record());
  }

  private static Web.Answer ask(@Nullable String statement, String path) {
    return KEYS.fhir("GET", path, null, statement);
  }

  private static long observations() {
    JsonNode found =
        ask(statement(READ), "/Observation?patient=" + patient.id() + "&_count=200").json();
    return found.path("entry").size();
  }

  private static void assertOutcome(Web.Answer answer) {
    JsonNode outcome = answer.json();
    assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(outcome.at("/issue/0/diagnostics").asText()).isNotBlank();
  }
}
