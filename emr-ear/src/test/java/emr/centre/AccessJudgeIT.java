package emr.centre;

import static emr.exchange.access.AccessRight.READ;
import static emr.exchange.access.AccessRight.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import emr.access.AccessJudge;
import emr.access.Asker;
import emr.access.RecordFacts;
import emr.access.RecordTypes;
import emr.access.StandingPolicy;
import emr.control.ControlServer;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.identity.Hospitals;
import emr.storage.Search;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random policies, records and askers: what the judge says in Java, the database does in reading,
 * searching and storing.
 */
@ExtendWith(ArquillianExtension.class)
class AccessJudgeIT {

  private static final List<String> TYPES = List.of("Observation", "Condition", "Encounter");
  private static final List<HospitalId> HOSPITALS =
      List.of(new HospitalId("north"), new HospitalId("south"), new HospitalId("east"));

  /** The same every time; change it to try others. */
  private static final long SEED = 20_260_105;

  private static final int PATIENTS = 6;
  private static final int POLICIES = 24;
  private static final int ASKERS = 150;

  @Inject ControlServer control;
  @Inject Hospitals hospitals;

  private final Random random = new Random(SEED);
  private final List<Kept> records = new ArrayList<>();
  private final List<StandingPolicy> policies = new ArrayList<>();
  private final List<PatientId> patients = new ArrayList<>();
  private final List<HospitalId> custodians = new ArrayList<>();

  @Deployment
  static EnterpriseArchive centre() {
    return RunningCentre.with(AccessJudgeIT.class, Kept.class);
  }

  /** A record at the centre. */
  record Kept(RecordId id, PatientId patient, HospitalId custodian, boolean restricted) {}

  @Test
  @Tag("claim-08")
  @Tag("claim-09")
  @Tag("claim-11")
  @Tag("claim-12")
  @Tag("claim-13")
  @Tag("claim-15")
  void theJudgeAndTheDatabaseAgreeWhoeverAsks() {
    makeRecords();
    makePolicies();
    int permitted = 0;
    for (int i = 0; i < ASKERS; i++) {
      Kept record = pick(records);
      AccessStatement statement = statement(pick(HOSPITALS), record.patient());
      boolean may = judged(statement, record, READ);
      permitted += may ? 1 : 0;
      assertThat(reads(record, statement)).as("read %s by %s", record, statement).isEqualTo(may);
      assertThat(finds(record, statement)).as("find %s by %s", record, statement).isEqualTo(may);
      assertThat(adds(record, statement))
          .as("add to %s by %s", record, statement)
          .isEqualTo(judged(statement, record, STORE));
    }
    assertThat(permitted).as("some may, some may not").isBetween(ASKERS / 10, ASKERS * 9 / 10);
  }

  private void makeRecords() {
    for (int i = 0; i < PATIENTS; i++) {
      PatientId patient = PatientId.fresh();
      HospitalId custodian = HOSPITALS.get(i % 2);
      patients.add(patient);
      custodians.add(custodian);
      String person = "{\"resourceType\":\"Patient\",\"id\":\"%s\"}".formatted(patient);
      store(custodian, patient, patient.record(), 0, person, physician(custodian, patient));
      for (String type : TYPES) {
        RecordId id = RecordId.fresh(type, Optional.of(patient));
        boolean restricted = random.nextInt(3) == 0;
        String content = content(id, patient, restricted);
        store(custodian, patient, id, 0, content, physician(custodian, patient));
        records.add(new Kept(id, patient, custodian, restricted));
      }
    }
  }

  private void makePolicies() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (int i = 0; i < POLICIES; i++) {
      int which = random.nextInt(PATIENTS);
      PatientId about = patients.get(which);
      HospitalId grantor = custodians.get(which);
      Set<AccessRight> rights =
          switch (random.nextInt(3)) {
            case 0 -> Set.of(READ);
            case 1 -> Set.of(STORE);
            default -> Set.of(READ, STORE);
          };
      Instant from = now.minus(Duration.ofDays(random.nextInt(3) - 1));
      boolean refuses = random.nextInt(5) == 0;
      HospitalId other =
          pick(HOSPITALS.stream().filter(h -> !refuses || !h.equals(grantor)).toList());
      var policy =
          new AccessPolicy(
              refuses,
              grantor,
              about,
              refuses && random.nextBoolean() ? null : other,
              random.nextInt(3) == 0 ? pick(List.of(Role.values())) : null,
              random.nextInt(4) == 0 ? "person" + random.nextInt(2) : null,
              random.nextBoolean() ? Set.of() : Set.of(pick(TYPES)),
              random.nextInt(3) == 0
                  ? Set.of(Sensitivity.NORMAL, Sensitivity.RESTRICTED)
                  : Set.of(),
              rights,
              from,
              random.nextInt(3) == 0 ? from.plus(Duration.ofHours(25)) : null,
              random.nextInt(6) != 0);
      RecordId id = RecordId.fresh("Consent", Optional.of(about));
      store(grantor, about, id, 0, policy.toConsent(id.id()).toString(), physician(grantor, about));
      policies.add(standing(policy, id));
    }
  }

  private StandingPolicy standing(AccessPolicy policy, RecordId id) {
    var types = new java.util.HashSet<Short>();
    policy.types().forEach(type -> types.add(RecordTypes.number(type)));
    return new StandingPolicy(
        policy.refuses(),
        key(policy.patient()),
        id.recordKey().orElseThrow().value(),
        1,
        number(policy.grantor()),
        key(policy.patient()),
        policy.hospital() == null ? StandingPolicy.EVERY_OTHER : number(policy.hospital()),
        policy.role(),
        policy.user(),
        types,
        Sensitivity.bits(policy.sensitivities()),
        policy.rights(),
        policy.from(),
        policy.until(),
        policy.inForce());
  }

  /** A partner names no patient, and may ask for any. */
  private AccessStatement statement(HospitalId hospital, PatientId patient) {
    Role role = pick(List.of(Role.values()));
    return AccessStatement.of(
        hospital,
        "person" + random.nextInt(3),
        role,
        Purpose.TREATMENT,
        role == Role.PARTNER ? null : patient,
        Set.of(READ, STORE),
        Instant.now());
  }

  private boolean judged(AccessStatement by, Kept record, AccessRight right) {
    Asker asker =
        Asker.of(
            by,
            number(by.hospital()),
            by.patient() == null ? null : new RecordKey(key(record.patient())));
    var facts =
        new RecordFacts(
            RecordTypes.number(record.id().type()),
            key(record.patient()),
            number(record.custodian()),
            number(record.custodian()),
            Sensitivity.bits(
                Set.of(record.restricted() ? Sensitivity.RESTRICTED : Sensitivity.NORMAL)));
    return AccessJudge.judge(right, asker, policies, facts, Instant.now()).permitted();
  }

  private boolean reads(Kept record, AccessStatement by) {
    try {
      control.read(record.id(), again(by));
      return true;
    } catch (Refusal refusal) {
      return false;
    }
  }

  private boolean finds(Kept record, AccessStatement by) {
    var search = Search.parse(record.id().type() + "?patient=" + record.patient());
    try {
      return control.search(search, again(by)).matches().stream()
          .anyMatch(found -> found.record().equals(record.id()));
    } catch (Refusal refusal) {
      return false;
    }
  }

  /** Tries to add, with a base that is always stale: whoever may is told so, others are refused. */
  private boolean adds(Kept record, AccessStatement by) {
    try {
      control.store(
          new Submission(
              UUID.randomUUID(),
              by.hospital(),
              record.patient(),
              new Author(by.user(), by.user(), by.role()),
              Instant.now(),
              List.of(
                  new Submission.Entry(
                      record.id(),
                      7,
                      content(record.id(), record.patient(), record.restricted())))),
          again(by),
          null);
      throw new AssertionError("a stale addition was stored");
    } catch (Refusal refusal) {
      return refusal.reason() != Refusal.Reason.NOT_PERMITTED;
    }
  }

  /** The same person asks once more; a statement is good once. */
  private static AccessStatement again(AccessStatement by) {
    return AccessStatement.of(
        by.hospital(),
        by.user(),
        by.role(),
        by.purpose(),
        by.patient(),
        by.rights(),
        Instant.now());
  }

  private static AccessStatement physician(HospitalId hospital, PatientId patient) {
    return AccessStatement.of(
        hospital,
        "dr." + hospital,
        Role.PHYSICIAN,
        Purpose.TREATMENT,
        patient,
        Set.of(READ, STORE),
        Instant.now());
  }

  private void store(
      HospitalId hospital,
      PatientId patient,
      RecordId record,
      int basedOn,
      String content,
      AccessStatement by) {
    control.store(
        new Submission(
            UUID.randomUUID(),
            hospital,
            patient,
            new Author(by.user(), by.user(), by.role()),
            Instant.now(),
            List.of(new Submission.Entry(record, basedOn, content))),
        by,
        null);
  }

  private static String content(RecordId record, PatientId patient, boolean restricted) {
    String rest =
        switch (record.type()) {
          case "Observation" -> "\"status\":\"final\",\"code\":{\"text\":\"pulse\"}";
          case "Encounter" -> "\"status\":\"finished\",\"class\":{\"code\":\"AMB\"}";
          default -> "\"code\":{\"text\":\"cold\"}";
        };
    String meta =
        restricted
            ? "\"meta\":{\"security\":[{\"system\":\"%s\",\"code\":\"R\"}]},"
                .formatted(Sensitivity.RESTRICTED.system())
            : "";
    return "{\"resourceType\":\"%s\",\"id\":\"%s\",%s%s,\"subject\":{\"reference\":\"%s\"}}"
        .formatted(record.type(), record.id(), meta, rest, patient.record());
  }

  private short number(HospitalId hospital) {
    return hospitals.find(hospital).orElseThrow().number();
  }

  private static long key(PatientId patient) {
    return RecordKey.parse(patient.value()).orElseThrow().value();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
