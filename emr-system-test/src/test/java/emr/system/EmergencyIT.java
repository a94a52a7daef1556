package emr.system;

import static emr.exchange.access.AccessRight.READ;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.Emergency;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyReason;
import emr.exchange.access.EmergencyVerdict;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.EmergencyRequest;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.RetrievalAnswer;
import emr.exchange.seal.PaperType;
import emr.system.Staff.Patient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Breaking the glass: what it opens, to whom and for how long, and what becomes of it. */
class EmergencyIT {

  private static final HospitalId SOUTH_ID = new HospitalId("south");
  private static final HospitalServer SOUTH = Staff.server("south");
  private static final HospitalServer NORTH = Staff.server("north");
  private static final String WORDS = "Found unconscious in the street";

  private PatientId patient;
  private String word;
  private String pulse;
  private String secret;

  @BeforeEach
  void aChartOfNorth() {
    Terminal north = Staff.of("dr.north");
    Patient registered = Staff.registered(north);
    patient = new PatientId(registered.id());
    word = Staff.word();
    ObjectNode shut = Entries.pulse(registered.id(), 66, word);
    shut.putObject("meta")
        .putArray("security")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
        .put("code", "V");
    Terminal.Saved saved =
        north.submit(Entries.bundle(Entries.pulse(registered.id(), 80, word), shut));
    Staff.stored(north, saved);
    pulse = saved.ids().get(0);
    secret = saved.ids().get(1);
  }

  @Test
  void opensTheChartToOneUserForOnePatientAndTypes() {
    assertThat(read("dr.south", Purpose.BREAK_GLASS, pulse).status()).isEqualTo(403);
    assertThat(open(opening(Set.of("Observation"))).refused()).isNull();

    assertThat(read("dr.south", Purpose.BREAK_GLASS, pulse).body()).contains(word);
    assertThat(read("dr.south", Purpose.BREAK_GLASS, "Observation?patient=" + patient).body())
        .contains(word);
    assertThat(read("dr.south", Purpose.TREATMENT, pulse).status()).isEqualTo(403);
    assertThat(read("nurse.south", Purpose.BREAK_GLASS, pulse).status()).isEqualTo(403);
    assertThat(read("dr.south", Purpose.BREAK_GLASS, "Patient/" + patient).status()).isEqualTo(403);
  }

  @Test
  void opensNothingThatIsVeryRestricted() {
    open(opening(Set.of()));

    assertThat(read("dr.south", Purpose.BREAK_GLASS, secret).status()).isNotEqualTo(200);
    assertThat(read("dr.south", Purpose.BREAK_GLASS, secret).body()).doesNotContain(word);
    assertThat(read("dr.south", Purpose.BREAK_GLASS, "Patient/" + patient).status()).isEqualTo(200);
  }

  @Test
  void isShutWhenItsUserEndsIt() {
    EmergencyOpening opening = opening(Set.of());
    open(opening);
    assertThat(read("dr.south", Purpose.BREAK_GLASS, pulse).status()).isEqualTo(200);

    assertThat(SOUTH.emergency(EmergencyRequest.end(opening.id(), by("dr.south"))).refused())
        .isNull();
    assertThat(read("dr.south", Purpose.BREAK_GLASS, pulse).status()).isEqualTo(403);
  }

  @Test
  void isShutWhenItsTimeIsOver() {
    Instant now = Instant.now();
    open(opening("dr.south", Role.PHYSICIAN, now, now.plusSeconds(3)));
    assertThat(read("dr.south", Purpose.BREAK_GLASS, pulse).status()).isEqualTo(200);

    Staff.pause(Duration.ofSeconds(4));
    assertThat(read("dr.south", Purpose.BREAK_GLASS, pulse).status()).isEqualTo(403);
  }

  @Test
  void beatsARefusalOfThePatients() {
    ObjectNode refusal = Entries.policy(patient.value(), "south", "READ").put("refuses", true);
    Terminal north = Staff.of("dr.north");
    Staff.settled(north, north.policy(refusal).path("submission").asText());
    open(opening(Set.of()));

    assertThat(read("dr.south", Purpose.BREAK_GLASS, pulse).status()).isEqualTo(200);
  }

  @Test
  void aPaperIsGoodOnceAndNowAndFromItsOwnHospital() {
    EmergencyOpening opening = opening(Set.of());
    String paper = SOUTH.sign(PaperType.EMERGENCY, opening);
    assertThat(SOUTH.emergency(EmergencyRequest.open(paper)).refused()).isNull();
    assertThat(SOUTH.emergency(EmergencyRequest.open(paper)).refused())
        .as("replayed")
        .isEqualTo(Reason.NOT_AUTHENTICATED);

    Instant old = Instant.now().minus(Duration.ofMinutes(30));
    EmergencyOpening late =
        opening("dr.south", Role.PHYSICIAN, old, old.plus(Duration.ofMinutes(60)));
    assertThat(open(late).refused()).as("old").isEqualTo(Reason.NOT_AUTHENTICATED);
    assertThat(
            NORTH
                .emergency(
                    EmergencyRequest.open(SOUTH.sign(PaperType.EMERGENCY, opening(Set.of()))))
                .refused())
        .as("borrowed")
        .isEqualTo(Reason.NOT_AUTHENTICATED);
    assertThat(
            NORTH
                .emergency(
                    EmergencyRequest.open(NORTH.sign(PaperType.EMERGENCY, opening(Set.of()))))
                .refused())
        .as("in another hospital's name")
        .isEqualTo(Reason.NOT_AUTHENTICATED);
    assertThat(
            SOUTH
                .emergency(
                    EmergencyRequest.open(SOUTH.sign(PaperType.STATEMENT, opening(Set.of()))))
                .refused())
        .as("another kind of paper")
        .isEqualTo(Reason.NOT_AUTHENTICATED);
  }

  @Test
  void whomNobodyKnowsIsRefusedInTheSameWordsAsWhomNobodyMayOpen() {
    PatientId nobody = PatientId.fresh();
    EmergencyOpening opening = opening(Set.of());
    var unknown =
        new EmergencyOpening(
            opening.id(),
            opening.hospital(),
            opening.user(),
            opening.role(),
            nobody,
            Set.of(),
            opening.reason(),
            opening.words(),
            opening.from(),
            opening.until());
    assertThat(open(unknown).refused()).isEqualTo(Reason.NOT_PERMITTED);
  }

  @Test
  void thePatientsHospitalSeesWhatWasOpenedAndJudgesItOnce() {
    EmergencyOpening opening = opening(Set.of("Observation"));
    open(opening);
    read("dr.south", Purpose.BREAK_GLASS, pulse);

    Emergency told = emergency(NORTH, "admin.north", opening.id());
    assertThat(told.toReview()).isTrue();
    assertThat(told.opening().words()).isEqualTo(WORDS);
    assertThat(told.opening().user()).isEqualTo("dr.south");
    assertThat(told.shown()).extracting(shown -> shown.record().toString()).containsExactly(pulse);

    assertThat(judge(SOUTH, SOUTH_ID, "admin.south", Role.ADMINISTRATOR, opening.id()))
        .as("not by who opened it")
        .isEqualTo(Reason.NOT_PERMITTED);
    HospitalId north = new HospitalId("north");
    assertThat(judge(NORTH, north, "dr.north", Role.PHYSICIAN, opening.id()))
        .as("not by a physician")
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(judge(NORTH, north, "admin.north", Role.ADMINISTRATOR, opening.id())).isNull();
    assertThat(judge(NORTH, north, "admin.north", Role.ADMINISTRATOR, opening.id()))
        .as("once")
        .isEqualTo(Reason.NOT_PERMITTED);

    Emergency judged = emergency(SOUTH, "admin.south", opening.id());
    assertThat(judged.toReview()).isFalse();
    assertThat(judged.shown()).as("its records are north's to see").isEmpty();
    assertThat(judged.verdict()).isNotNull();
    assertThat(judged.verdict().justified()).isTrue();
  }

  @Test
  void administratorsAreToldHowManyWaitWithoutTheList() {
    open(opening(Set.of()));

    String paper = NORTH.statement("admin.north", Role.ADMINISTRATOR, null, READ);
    Emergency.Listed told = NORTH.emergency(EmergencyRequest.count(paper)).listed();
    assertThat(told.toReview()).isPositive();
    assertThat(told.emergencies()).isEmpty();
  }

  @Test
  void onlyAdministratorsSeeTheListOrItsLength() {
    assertThat(
            NORTH
                .emergency(
                    EmergencyRequest.count(NORTH.statement("dr.north", Role.PHYSICIAN, null, READ)))
                .refused())
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(
            NORTH
                .emergency(
                    EmergencyRequest.list(NORTH.statement("dr.north", Role.PHYSICIAN, null, READ)))
                .refused())
        .isEqualTo(Reason.NOT_PERMITTED);
  }

  @Test
  void thePatientsTrailSaysThatItWasAnEmergency() {
    open(opening(Set.of()));
    read("dr.south", Purpose.BREAK_GLASS, pulse);

    String trail = NORTH.fhir("/AuditEvent?patient=" + patient + "&_count=50", patient).body();
    assertThat(trail).contains("\"BTG\"").contains("opened in emergency").contains("dr.south");
    assertThat(trail).doesNotContain(WORDS);
  }

  private EmergencyOpening opening(Set<String> types) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new EmergencyOpening(
        UUID.randomUUID(),
        SOUTH_ID,
        "dr.south",
        Role.PHYSICIAN,
        patient,
        types,
        EmergencyReason.CANNOT_SPEAK,
        WORDS,
        now,
        now.plus(EmergencyOpening.LONGEST));
  }

  private EmergencyOpening opening(String user, Role role, Instant from, Instant until) {
    return new EmergencyOpening(
        UUID.randomUUID(),
        SOUTH_ID,
        user,
        role,
        patient,
        Set.of(),
        EmergencyReason.CANNOT_SPEAK,
        WORDS,
        from,
        until);
  }

  private static EmergencyRequest.Answer open(EmergencyOpening opening) {
    return SOUTH.emergency(EmergencyRequest.open(SOUTH.sign(PaperType.EMERGENCY, opening)));
  }

  private String by(String user) {
    return SOUTH.statement(user, Role.PHYSICIAN, Purpose.BREAK_GLASS, patient, READ);
  }

  private RetrievalAnswer.Answer read(String user, Purpose purpose, String query) {
    Role role = user.startsWith("dr") ? Role.PHYSICIAN : Role.NURSE;
    String statement = SOUTH.statement(user, role, purpose, patient, READ);
    return SOUTH.retrieve(statement, query).get(0);
  }

  private static Emergency emergency(HospitalServer server, String administrator, UUID id) {
    List<Emergency> known =
        server
            .emergency(
                EmergencyRequest.list(
                    server.statement(administrator, Role.ADMINISTRATOR, null, READ)))
            .listed()
            .emergencies();
    return known.stream().filter(each -> each.opening().id().equals(id)).findFirst().orElseThrow();
  }

  private static Reason judge(
      HospitalServer server, HospitalId hospital, String user, Role role, UUID emergency) {
    var verdict =
        new EmergencyVerdict(
            UUID.randomUUID(),
            emergency,
            hospital,
            user,
            role,
            true,
            "The patient could not speak.",
            Instant.now());
    return server
        .emergency(EmergencyRequest.judge(server.sign(PaperType.EMERGENCY_VERDICT, verdict)))
        .refused();
  }
}
