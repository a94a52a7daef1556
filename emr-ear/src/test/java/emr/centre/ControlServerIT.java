package emr.centre;

import static emr.exchange.access.AccessRight.READ;
import static emr.exchange.access.AccessRight.STORE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.charging.ChargingServer;
import emr.charging.MonthlyStatement;
import emr.charging.Usage;
import emr.control.Change;
import emr.control.ControlServer;
import emr.control.Stored;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Manifest;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.exchange.seal.Json;
import emr.storage.Search;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The assembled centre on its real server and its real database, through its one door. */
@ExtendWith(ArquillianExtension.class)
class ControlServerIT {

  private static final HospitalId NORTH = new HospitalId("north");
  private static final HospitalId SOUTH = new HospitalId("south");

  @Inject ControlServer control;

  @Inject ChargingServer charging;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  private PatientId patient; // a new one for each test: nobody can empty the tables

  @Deployment
  static EnterpriseArchive centre() {
    return RunningCentre.with(ControlServerIT.class);
  }

  @BeforeEach
  void register() {
    if (control == null) {
      return; // outside the container
    }
    patient = PatientId.fresh();
    store(
        NORTH,
        patient.record(),
        0,
        "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"Test\"}]}"
            .formatted(patient));
  }

  @Test
  @Tag("claim-16")
  @Tag("claim-17")
  void theVaultKeepsTheOriginalBesideTheAddition() {
    RecordId record = note();
    store(NORTH, record, 0, content(record, "first"));
    store(NORTH, record, 1, content(record, "second"));

    List<RecordVersion> history = control.history(record, dr(NORTH, READ));

    assertThat(history).extracting(RecordVersion::number).containsExactly(2, 1);
    assertThat(text(history.get(0).content())).contains("second");
    assertThat(text(history.get(1).content())).contains("first");
    assertThat(text(control.read(record, 1, dr(NORTH, READ)).content())).contains("first");
    assertThat(text(control.read(record, dr(NORTH, READ)).content())).contains("second");
  }

  @Test
  void anAdditionThatIsNotBasedOnTheLatestVersionIsRefused() {
    RecordId record = note();
    store(NORTH, record, 0, content(record, "first"));
    store(NORTH, record, 1, content(record, "second"));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> store(NORTH, record, 1, content(record, "late")))
        .returns(Reason.STALE_VERSION, Refusal::reason);
    assertThat(control.history(record, dr(NORTH, READ))).hasSize(2);
  }

  @Test
  void theDatabaseItselfForbidsChange() throws SQLException {
    for (String change :
        List.of(
            "update version set octets = octets",
            "delete from version",
            "truncate version",
            "update version_0 set octets = octets",
            "delete from version_0",
            "update audit set person = person",
            "delete from audit",
            "delete from submission",
            "drop table version")) {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.executeUpdate(change))
            .as(change)
            .isInstanceOf(SQLException.class)
            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
      }
    }
  }

  @Test
  @Tag("claim-06")
  void aSubmissionSentTwiceIsStoredOnceAndGetsTheSameReceipt() {
    RecordId record = note();
    Submission submission = submission(NORTH, record, 0, content(record, "once"));

    Stored first = control.store(submission, dr(NORTH, STORE), null);
    Stored second = control.store(submission, dr(NORTH, STORE), null);

    assertThat(second.receipt()).isEqualTo(first.receipt());
    assertThat(control.history(record, dr(NORTH, READ))).hasSize(1);
  }

  @Test
  void anotherSubmissionUnderAKnownIdIsRefused() {
    RecordId record = note();
    Submission submission = submission(NORTH, record, 0, content(record, "one"));
    control.store(submission, dr(NORTH, STORE), null);
    var forged =
        new Submission(
            submission.id(),
            NORTH,
            patient,
            submission.author(),
            submission.recordedAt(),
            List.of(new Submission.Entry(record, 0, content(record, "other"))));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> control.store(forged, dr(NORTH, STORE), null))
        .returns(Reason.CONFLICT, Refusal::reason);
  }

  @Test
  @Tag("claim-06")
  @Tag("claim-07")
  void theReceiptNamesEachVersionWithTheHashOfWhatWasSent() {
    RecordId record = note();
    String content = content(record, "to be hashed");

    StoredReceipt receipt = store(NORTH, record, 0, content).receipt();

    assertThat(receipt.hospital()).isEqualTo(NORTH);
    assertThat(receipt.versions())
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.record()).isEqualTo(record);
              assertThat(stored.number()).isEqualTo(1);
              assertThat(stored.contentHash()).isEqualTo(Manifest.sha256(content));
              assertThat(stored.hash()).isEqualTo(control.read(record, dr(NORTH, READ)).hash());
            });
  }

  @Test
  void aSubmissionIsStoredWholeOrNotAtAll() {
    RecordId good = note();
    RecordId stale = note();
    store(NORTH, stale, 0, content(stale, "first"));
    var both =
        new Submission(
            UUID.randomUUID(),
            NORTH,
            patient,
            author(NORTH),
            Instant.now(),
            List.of(
                new Submission.Entry(good, 0, content(good, "good")),
                new Submission.Entry(stale, 0, content(stale, "again"))));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> control.store(both, dr(NORTH, STORE), null));
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> control.read(good, dr(NORTH, READ)));
  }

  @Test
  @Tag("claim-08")
  @Tag("claim-12")
  void anotherHospitalNeitherReadsNorAddsWithoutAPolicy() {
    RecordId record = note();
    store(NORTH, record, 0, content(record, "north's own"));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> control.read(record, dr(SOUTH, READ)))
        .returns(Reason.NOT_PERMITTED, Refusal::reason);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> store(SOUTH, record, 1, content(record, "south's")))
        .returns(Reason.NOT_PERMITTED, Refusal::reason);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () -> control.search(Search.parse("Observation?patient=" + patient), dr(SOUTH, READ)))
        .returns(Reason.NOT_PERMITTED, Refusal::reason);
  }

  @Test
  void aRefusalDoesNotTellWhetherThereIsSomething() {
    RecordId there = note();
    RecordId nowhere = note();
    store(NORTH, there, 0, content(there, "secret"));

    Refusal first = refusal(there);
    Refusal second = refusal(nowhere);

    assertThat(first.reason()).isEqualTo(second.reason());
    assertThat(first.explanation()).isEqualTo(second.explanation());
  }

  @Test
  void anIdThatAClientChoseDoesNotTellWhatIsHiddenUnderIt() {
    RecordId ordinary = chosen();
    put(ordinary, content(ordinary, "ordinary"));
    RecordId hidden = chosen();
    put(hidden, content(hidden, "hidden").replace("{\"resourceType\"", HIV));
    RecordId consent = RecordId.fresh("Consent", Optional.of(patient));
    store(NORTH, consent, 0, opensTo(SOUTH).toConsent(consent.id()).toString());

    assertThat(control.read(ordinary, dr(SOUTH, READ)).number()).isEqualTo(1);
    for (RecordId record : List.of(hidden, chosen())) {
      assertThat(refusal(record))
          .returns(Reason.UNKNOWN_RECORD, Refusal::reason)
          .returns(record + " is not here.", Refusal::explanation);
    }
  }

  private static final String HIV =
      "{\"meta\":{\"security\":[{\"system\":\"%s\",\"code\":\"HIV\"}]},\"resourceType\""
          .formatted(Sensitivity.HIV.system());

  private static RecordId chosen() {
    return new RecordId("Observation", "chosen-" + UUID.randomUUID());
  }

  private void put(RecordId record, String content) {
    control.change(
        List.of(Change.update(record, Json.read(content.getBytes(UTF_8), ObjectNode.class), 0)),
        false,
        dr(NORTH, READ, STORE));
  }

  private AccessPolicy opensTo(HospitalId hospital) {
    return new AccessPolicy(
        false,
        NORTH,
        patient,
        hospital,
        null,
        null,
        Set.of(),
        Set.of(),
        Set.of(READ),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        null,
        true);
  }

  @Test
  @Tag("claim-20")
  @Tag("claim-21")
  @Tag("claim-27")
  void eachHospitalIsChargedForWhatTheAuditTrailSaysAndNothingElse() throws SQLException {
    Usage before = usage(NORTH);
    long trailBefore = stored();
    RecordId record = note();
    store(NORTH, record, 0, content(record, "first"));
    store(NORTH, record, 1, content(record, "second"));
    control.read(record, dr(NORTH, READ));
    control.history(record, dr(NORTH, READ));
    refusal(record);

    Usage after = usage(NORTH);
    assertThat(after.stored() - before.stored()).isEqualTo(2);
    assertThat(after.retrieved() - before.retrieved()).isEqualTo(3);
    assertThat(stored() - trailBefore).isEqualTo(2);
  }

  private Usage usage(HospitalId hospital) {
    return charging.statements(YearMonth.now(ZoneOffset.UTC)).stream()
        .filter(statement -> statement.hospital().equals(hospital))
        .map(MonthlyStatement::usage)
        .findFirst()
        .orElseThrow();
  }

  private long stored() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet sum =
            statement.executeQuery(
                "select coalesce(sum(cardinality(a.records)), 0) from audit a"
                    + " join hospital h on h.number = a.hospital"
                    + " where h.id = 'north' and a.permitted and a.submission is not null")) {
      sum.next();
      return sum.getLong(1);
    }
  }

  private Refusal refusal(RecordId record) {
    try {
      control.read(record, dr(SOUTH, READ));
    } catch (Refusal refusal) {
      return refusal;
    }
    throw new AssertionError(record + " was read");
  }

  private RecordId note() {
    return RecordId.fresh("Observation", Optional.of(patient));
  }

  private String content(RecordId record, String words) {
    return """
    {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"%s"},\
    "subject":{"reference":"%s"}}"""
        .formatted(record.id(), words, patient.record());
  }

  private Stored store(HospitalId hospital, RecordId record, int basedOn, String content) {
    return control.store(submission(hospital, record, basedOn, content), dr(hospital, STORE), null);
  }

  private Submission submission(HospitalId hospital, RecordId record, int basedOn, String content) {
    return new Submission(
        UUID.randomUUID(),
        hospital,
        patient,
        author(hospital),
        Instant.now(),
        List.of(new Submission.Entry(record, basedOn, content)));
  }

  private static Author author(HospitalId hospital) {
    return new Author("dr." + hospital, "Dr " + hospital, Role.PHYSICIAN);
  }

  private AccessStatement dr(HospitalId hospital, AccessRight... rights) {
    return AccessStatement.of(
        hospital,
        "dr." + hospital,
        Role.PHYSICIAN,
        Purpose.TREATMENT,
        patient,
        Set.of(rights),
        Instant.now());
  }

  private static String text(byte[] content) {
    return new String(content, UTF_8);
  }
}
