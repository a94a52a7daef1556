package emr.system;

import static emr.exchange.access.AccessRight.READ;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import emr.exchange.access.Simulation;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.RetrievalAnswer;
import emr.exchange.record.SimulationRequest;
import emr.system.Staff.Patient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two rights: to read, and to store; made at the hospital, judged at the centre. */
class AccessRightsIT {

  private static final Terminal NORTH = Staff.of("dr.north");
  private static final Terminal SOUTH = Staff.of("dr.south");

  private Patient patient;
  private String record;
  private String word;

  @BeforeEach
  void oneRecordOfNorth() {
    patient = Staff.registered(NORTH);
    word = Staff.word();
    Terminal.Saved saved = NORTH.submit(Entries.bundle(Entries.pulse(patient.id(), 80, word)));
    Staff.stored(NORTH, saved);
    record = saved.ids().get(0);
  }

  @Test
  @Tag("claim-08")
  @Tag("claim-09")
  @Tag("claim-24")
  void withoutARightNothingIsRead() {
    assertThat(asSouth(record).status()).isEqualTo(403);
    assertThat(asSouth(record).body()).doesNotContain(word).doesNotContain(patient.family());
    assertThat(asSouth("Observation?patient=" + patient.id()).body()).doesNotContain(word);
    assertThat(SOUTH.chart(patient.id()).body()).doesNotContain(word);
  }

  @Test
  @Tag("claim-08")
  @Tag("claim-09")
  @Tag("claim-10")
  @Tag("claim-11")
  @Tag("claim-24")
  void aPolicyMadeAtTheHospitalOpensThatPatientAndNoOther() {
    Patient other = Staff.registered(NORTH);
    grant("READ");

    assertThat(asSouth(record).status()).isEqualTo(200);
    assertThat(asSouth(record).body()).contains(word);
    assertThat(SOUTH.chart(patient.id()).body()).contains(word);
    assertThat(south("Patient/" + other.id(), new PatientId(other.id())).status()).isEqualTo(403);
  }

  @Test
  @Tag("claim-12")
  @Tag("claim-13")
  @Tag("claim-25")
  void theRightToReadIsNotTheRightToStore() {
    grant("READ");
    Terminal.Saved added = SOUTH.submit(Entries.addition(record, 1, pulse("added")));
    SOUTH.send(added.id());

    JsonNode custody = Staff.settled(SOUTH, added.id());
    assertThat(custody.path("state").asText()).isEqualTo("SET_ASIDE");
    assertThat(NORTH.history(record).json().path("versions")).hasSize(1);
  }

  @Test
  @Tag("claim-12")
  @Tag("claim-13")
  @Tag("claim-14")
  @Tag("claim-15")
  @Tag("claim-25")
  void aPolicyMadeAtTheHospitalLetsAnotherAdd() {
    grant("READ", "STORE");
    Terminal.Saved added = SOUTH.submit(Entries.addition(record, 1, pulse("added")));
    SOUTH.send(added.id());

    assertThat(Staff.settled(SOUTH, added.id()).path("state").asText()).isEqualTo("DELETED");
  }

  @Test
  @Tag("claim-14")
  @Tag("claim-15")
  void theRightToStoreIsNotTheRightToRead() {
    grant("STORE");
    assertThat(asSouth(record).status()).isEqualTo(403);
    Terminal.Saved made = SOUTH.submit(Entries.bundle(pulse("new from south")));
    SOUTH.send(made.id());
    assertThat(Staff.settled(SOUTH, made.id()).path("state").asText()).isEqualTo("DELETED");
  }

  @Test
  @Tag("claim-03")
  @Tag("claim-05")
  @Tag("claim-16")
  @Tag("claim-17")
  @Tag("claim-26")
  void anAdditionLeavesTheOriginalBesideIt() {
    grant("READ", "STORE");
    Terminal.Saved added = SOUTH.submit(Entries.addition(record, 1, pulse("calm again")));
    Staff.stored(SOUTH, added);

    JsonNode versions = NORTH.history(record).successful("history").json().path("versions");
    assertThat(versions).hasSize(2);
    assertThat(versions.at("/1/number").asInt()).isEqualTo(1);
    assertThat(versions.at("/1/content").toString()).contains(word);
    assertThat(versions.at("/0/content").toString()).contains("calm again");
    assertThat(versions.at("/0/hospital").asText()).isEqualTo("south");
    assertThat(asSouth(record + "/_history/1").body()).contains(word);
  }

  @Test
  void aWithdrawnPolicyOpensNothingMore() {
    JsonNode policy = grant("READ");
    assertThat(asSouth(record).status()).isEqualTo(200);

    String consent = policy.at("/records/0/reference").asText().replace("Consent/", "");
    JsonNode withdrawn = NORTH.withdrawPolicy(consent);
    Staff.settled(NORTH, withdrawn.path("submission").asText());
    assertThat(asSouth(record).status()).isEqualTo(403);
    assertThat(NORTH.web().get("/policies").body()).contains("the patient asked for it");
  }

  @Test
  void whatWaitedWhileThePolicyWasWithdrawnIsSetAsideAndNotLost() {
    JsonNode policy = grant("READ", "STORE");
    Terminal.Saved waiting = SOUTH.submit(Entries.addition(record, 1, pulse("waited here")));
    assertThat(waiting.state()).isEqualTo("HELD");
    withdraw(policy);
    SOUTH.send(waiting.id());

    JsonNode custody = Staff.settled(SOUTH, waiting.id());
    assertThat(custody.path("state").asText()).isEqualTo("SET_ASIDE");
    assertThat(custody.toString()).contains(record).doesNotContain("waited here");
    assertThat(NORTH.history(record).json().path("versions")).hasSize(1);
    assertThat(SOUTH.chart(patient.id()).body()).as("its author sees it").contains("waited here");
    assertThat(NORTH.chart(patient.id()).body()).doesNotContain("waited here");
  }

  @Test
  @Tag("claim-12")
  @Tag("claim-15")
  void whoAddedToARecordAddsNoMoreWhenThePolicyIsWithdrawn() {
    JsonNode policy = grant("READ", "STORE");
    Staff.stored(SOUTH, SOUTH.submit(Entries.addition(record, 1, pulse("the last of south"))));
    withdraw(policy);

    Terminal.Saved again = SOUTH.submit(Entries.addition(record, 2, pulse("one more")));
    SOUTH.send(again.id());
    assertThat(Staff.settled(SOUTH, again.id()).path("state").asText()).isEqualTo("SET_ASIDE");
    assertThat(NORTH.history(record).json().path("versions")).hasSize(2);
    assertThat(asSouth(record).body())
        .as("what they wrote they may read")
        .contains("last of south");
    assertThat(asSouth(record + "/_history/1").body()).doesNotContain(word);
  }

  @Test
  @Tag("claim-10")
  void aPolicyEndsWithItsPeriod() {
    Instant until = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.SECONDS);
    made(Entries.policy(patient.id(), "south", "READ").put("until", until.toString()));
    assertThat(asSouth(record).status()).isEqualTo(200);
    assertThat(Staff.eventually(Duration.ofSeconds(15), () -> asSouth(record).status() == 403))
        .isTrue();
    assertThat(Instant.now()).isAfterOrEqualTo(until);
  }

  @Test
  @Tag("claim-10")
  @Tag("claim-11")
  void whatThePatientSignedMakesTheirPolicyABasicConsent() {
    String paper = signedPaper();
    ObjectNode onPaper = Entries.policy(patient.id(), "south", "READ").put("paper", paper);
    String consent = made(onPaper).at("/records/0/reference").asText();

    JsonNode kept = asNorth(consent);
    assertThat(kept.at("/meta/profile").toString()).contains("IHE.PCF.consentBasic");
    assertThat(kept.at("/sourceReference/reference").asText()).isEqualTo(paper);
    assertThat(kept.at("/performer/0/reference").asText()).isEqualTo("Patient/" + patient.id());
    assertThat(kept.path("provision").has("action")).isFalse();
    assertThat(asNorth("Consent?patient=" + patient.id()).findValuesAsText("id"))
        .contains(consent.substring("Consent/".length()));
    assertThat(asSouth(record).body()).contains(word);
    assertThat(asSouth(paper).status()).as("the paper is a record of the chart").isEqualTo(200);
  }

  @Test
  void aPolicyRestsOnNoPaperThatIsNotInTheChart() {
    Patient other = Staff.registered(NORTH);
    for (String paper :
        List.of("DocumentReference/" + patient.id() + "-0000000000000", signedPaper(other.id()))) {
      ObjectNode policy = Entries.policy(patient.id(), "south", "READ").put("paper", paper);
      JsonNode refused = Staff.settled(NORTH, NORTH.policy(policy).path("submission").asText());
      assertThat(refused.path("state").asText()).isEqualTo("SET_ASIDE");
      assertThat(refused.toString()).contains("signed paper");
    }
    assertThat(asSouth(record).status()).isEqualTo(403);
  }

  @Test
  @Tag("claim-10")
  @Tag("claim-11")
  @Tag("claim-14")
  @Tag("claim-15")
  void aReferralLetsAnotherHospitalReadAndAddUntilItIsWithdrawn() {
    JsonNode made = made(referral(Instant.now().plus(Duration.ofDays(90))));
    String request = made.at("/records/1/reference").asText();
    assertThat(asNorth(made.at("/records/0/reference").asText()).findValuesAsText("reference"))
        .as("the policy names its referral")
        .contains(request);
    assertThat(asSouth(request).body()).contains("Suspected stenosis").contains("3457005");
    assertThat(asSouth(record).body()).contains(word);
    Staff.stored(SOUTH, SOUTH.submit(Entries.bundle(pulse("seen in south"))));

    withdraw(made);
    assertThat(asSouth(record).status()).isEqualTo(403);
    assertThat(asSouth(request).status()).isEqualTo(403);
    Terminal.Saved late = SOUTH.submit(Entries.bundle(pulse("seen again")));
    SOUTH.send(late.id());
    assertThat(Staff.settled(SOUTH, late.id()).path("state").asText()).isEqualTo("SET_ASIDE");
  }

  @Test
  @Tag("claim-10")
  @Tag("claim-14")
  void aReferralEndsWithItsPeriod() {
    made(referral(Instant.now().plusSeconds(6)));
    assertThat(asSouth(record).status()).isEqualTo(200);
    assertThat(Staff.eventually(Duration.ofSeconds(15), () -> asSouth(record).status() == 403))
        .isTrue();
    Terminal.Saved late = SOUTH.submit(Entries.bundle(pulse("too late")));
    SOUTH.send(late.id());
    assertThat(Staff.settled(SOUTH, late.id()).path("state").asText()).isEqualTo("SET_ASIDE");
  }

  @Test
  void aPolicyGoesWithNoReferralThatIsNotInTheChart() {
    ObjectNode elsewhere = referral(Instant.now().plus(Duration.ofDays(1)));
    String other = Staff.registered(NORTH).id();
    String ofAnother = made(elsewhere.put("patient", other)).at("/records/1/reference").asText();
    for (String request : List.of("ServiceRequest/" + patient.id() + "-0000000000000", ofAnother)) {
      ObjectNode consent = referred().by(RecordId.parse(request)).toConsent("x");
      consent.remove("id");
      String saved =
          NORTH
              .web()
              .post("/submissions?hold=now", Entries.bundle(consent))
              .successful("save a policy")
              .json()
              .path("submission")
              .asText();
      JsonNode refused = Staff.settled(NORTH, saved);
      assertThat(refused.path("state").asText()).isEqualTo("SET_ASIDE");
      assertThat(refused.toString()).contains("The referral that the policy names");
    }
    assertThat(asSouth(record).status()).isEqualTo(403);
  }

  @Test
  void aReferralWithoutAnEndOrAReasonOrToOneselfIsRefusedAtOnce() {
    Instant until = Instant.now().plus(Duration.ofDays(90));
    ObjectNode endless = referral(until);
    endless.remove("until");
    ObjectNode silent = referral(until);
    silent.putObject("referral").put("reason", "x");
    for (ObjectNode referral :
        List.of(
            endless,
            silent,
            referral(until).put("hospital", "north"),
            referral(until.plus(Duration.ofDays(366))))) {
      assertThat(NORTH.web().post("/policies", referral).status())
          .as("%s", referral)
          .isEqualTo(422);
    }
  }

  @Test
  @Tag("claim-10")
  void aPermissionToARoleOpensToItAtEveryOtherHospital() {
    ObjectNode policy = Entries.policy(patient.id(), "south", "READ").put("role", "PHYSICIAN");
    policy.remove("hospital");
    made(policy);

    assertThat(asSouth(record).body()).contains(word);
    assertThat(Staff.of("nurse.south").chart(patient.id()).body()).doesNotContain(word);

    ObjectNode toAll = Entries.policy(patient.id(), "south", "READ");
    toAll.remove("hospital");
    assertThat(NORTH.web().post("/policies", toAll).status()).isEqualTo(422);
  }

  private ObjectNode referral(Instant until) {
    ObjectNode policy = Entries.policy(patient.id(), "south", "READ", "STORE");
    policy.put("until", until.truncatedTo(ChronoUnit.SECONDS).toString());
    policy.putObject("referral").put("reason", "Suspected stenosis").put("urgent", true);
    return policy;
  }

  /** That South may read the chart for a day. */
  private AccessPolicy referred() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new AccessPolicy(
        false,
        new HospitalId("north"),
        new PatientId(patient.id()),
        new HospitalId("south"),
        null,
        null,
        Set.of(),
        Set.of(),
        Set.of(READ),
        now,
        now.plus(Duration.ofDays(1)),
        true);
  }

  private String signedPaper() {
    return signedPaper(patient.id());
  }

  /** The scanned form, a document of the chart. */
  private static String signedPaper(String whose) {
    ObjectNode paper = Terminal.json().put("resourceType", "DocumentReference");
    paper.put("status", "current").putObject("type").put("text", "Consent form, signed");
    paper.putObject("subject").put("reference", "Patient/" + whose);
    paper
        .putArray("content")
        .addObject()
        .putObject("attachment")
        .put("contentType", "text/plain")
        .put("data", "U2lnbmVk");
    Terminal.Saved saved = NORTH.submit(Entries.bundle(paper));
    Staff.stored(NORTH, saved);
    return saved.ids().get(0);
  }

  private JsonNode asNorth(String query) {
    return Staff.server("north")
        .fhir("/" + query, new PatientId(patient.id()))
        .successful(query)
        .json();
  }

  @Test
  void noPolicyOpensAChartToAnAdministrator() {
    made(Entries.policy(patient.id(), "north", "READ").put("user", "admin.north"));
    made(Entries.policy(patient.id(), "south", "READ").put("role", "ADMINISTRATOR"));
    for (String hospital : List.of("north", "south")) {
      HospitalServer server = Staff.server(hospital);
      for (String query : List.of(record, "Observation?patient=" + patient.id())) {
        String statement =
            server.statement(
                "admin." + hospital, Role.ADMINISTRATOR, new PatientId(patient.id()), READ);
        assertThat(server.retrieve(statement, query).get(0).status()).as(query).isEqualTo(403);
      }
    }
  }

  @Test
  void aPolicyThatCouldNotBeKeptIsRefusedAtOnce() {
    for (ObjectNode policy :
        List.of(
            Entries.policy(patient.id(), "south", "READ").put("user", "a".repeat(65)),
            Entries.policy(patient.id(), "south", "READ").put("user", "a\u0000b"),
            Entries.policy(patient.id(), "south", "READ").put("until", "+10000-01-01T00:00:00Z"),
            Entries.policy(patient.id(), "south", "READ").put("from", "-0001-01-01T00:00:00Z"))) {
      assertThat(NORTH.web().post("/policies", policy).status()).as("%s", policy).isEqualTo(422);
    }
  }

  @Test
  void aSensitiveRecordIsOpenedOnlyByAPolicyThatNamesWhatItIs() {
    String secret = sensitive("R", "HIV");
    grant("READ");
    assertThat(asSouth(record).status()).isEqualTo(200);
    assertThat(asSouth(secret).status()).isNotEqualTo(200);
    assertThat(asSouth(secret + "/_history/1").body()).doesNotContain("delicate");
    assertThat(asSouth("Observation?patient=" + patient.id()).body()).doesNotContain("delicate");
    assertThat(asSouth("Patient/" + patient.id() + "/$everything").body())
        .contains(word)
        .doesNotContain("delicate");

    made(Entries.policy(patient.id(), "south", "READ"), "R");
    assertThat(asSouth(secret).status()).as("R alone").isNotEqualTo(200);
    made(Entries.policy(patient.id(), "south", "READ"), "R", "HIV");
    assertThat(asSouth(secret).body()).contains("delicate");
  }

  @Test
  void whatBecomesSensitiveIsShutWithItsHistory() {
    grant("READ");
    ObjectNode labelled = pulse("labelled now");
    label(labelled, "R");
    Staff.stored(NORTH, NORTH.submit(Entries.addition(record, 1, labelled)));

    assertThat(asSouth(record).status()).isNotEqualTo(200);
    assertThat(asSouth(record + "/_history/1").body()).doesNotContain(word);
    assertThat(asSouth(record + "/_history").body()).doesNotContain(word);
    assertThat(asSouth("Patient/" + patient.id() + "/_history").body()).doesNotContain(word);
  }

  @Test
  void aRefusalBeatsWhatPermitsUntilItIsWithdrawn() {
    grant("READ");
    ObjectNode refusal = Entries.policy(patient.id(), "south", "READ").put("refuses", true);
    refusal.remove("hospital");
    JsonNode made = made(refusal);
    assertThat(asSouth(record).status()).isEqualTo(403);
    assertThat(asSouth("Observation?patient=" + patient.id()).status()).isEqualTo(403);
    assertThat(NORTH.chart(patient.id()).body()).as("its own hospital").contains(word);

    withdraw(made);
    assertThat(asSouth(record).status()).isEqualTo(200);
  }

  @Test
  void aRefusalOfOneKindLeavesTheOthers() {
    grant("READ");
    ObjectNode refusal = Entries.policy(patient.id(), "south", "READ").put("refuses", true);
    refusal.putArray("types").add("Observation");
    made(refusal);

    assertThat(asSouth(record).status()).isNotEqualTo(200);
    assertThat(asSouth("Patient/" + patient.id()).status()).isEqualTo(200);
  }

  @Test
  @Tag("claim-10")
  @Tag("claim-14")
  void whoAddsToAnothersChartSharesWhatItAddedAndNothingElse() {
    JsonNode right = grant("STORE");
    String added = "noted by south " + Staff.word();
    Terminal.Saved letter = SOUTH.submit(Entries.bundle(pulse(added)));
    Staff.stored(SOUTH, letter);
    assertThat(NORTH.chart(patient.id()).body()).doesNotContain(added);

    JsonNode shared = SOUTH.policy(Entries.policy(patient.id(), "north", "READ"));
    assertThat(Staff.settled(SOUTH, shared.path("submission").asText()).path("state").asText())
        .isEqualTo("DELETED");
    assertThat(NORTH.chart(patient.id()).body()).contains(added);
    assertThat(asSouth(record).status()).isEqualTo(403);

    withdraw(right);
    String consent = shared.at("/records/0/reference").asText().replace("Consent/", "");
    JsonNode withdrawn = SOUTH.withdrawPolicy(consent);
    assertThat(Staff.settled(SOUTH, withdrawn.path("submission").asText()).path("state").asText())
        .as("one's own policy, when no more can be added")
        .isEqualTo("DELETED");
    assertThat(NORTH.chart(patient.id()).body()).doesNotContain(added);
  }

  @Test
  void whoMayAddNothingToAChartMakesNoPolicyInIt() {
    JsonNode made = SOUTH.policy(Entries.policy(patient.id(), "north", "READ"));
    assertThat(Staff.settled(SOUTH, made.path("submission").asText()).path("state").asText())
        .isEqualTo("SET_ASIDE");
  }

  @Test
  void aTrialInAnothersChartIsOfWhatOneKeepsThere() {
    grant("STORE");
    Staff.stored(SOUTH, SOUTH.submit(Entries.bundle(pulse("noted by south"))));
    AccessPolicy draft = draft("south", "north");

    assertThat(tried("south", "dr.south", Role.PHYSICIAN, "north", draft).lines())
        .containsExactly(new Simulation.Line("Observation", 1, 0, 1, false, false));
  }

  @Test
  void aTrialSaysWhatAPolicyWouldOpenAndOpensNothing() {
    AccessPolicy draft = draft("north", "south");
    List<Simulation.Line> lines =
        tried("north", "dr.north", Role.PHYSICIAN, "south", draft).lines();
    assertThat(lines)
        .contains(new Simulation.Line("Observation", 1, 0, 1, false, false))
        .contains(new Simulation.Line("Patient", 1, 0, 0, false, false));

    assertThat(tried("south", "dr.south", Role.PHYSICIAN, "south", draft).refused())
        .as("another hospital")
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(tried("north", "nurse.north", Role.NURSE, "south", draft).refused())
        .as("who makes no policies")
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(asSouth(record).status()).isEqualTo(403);
  }

  /** That another hospital may read Observations of the patient. */
  private AccessPolicy draft(String grantor, String hospital) {
    return new AccessPolicy(
        false,
        new HospitalId(grantor),
        new PatientId(patient.id()),
        new HospitalId(hospital),
        null,
        null,
        Set.of("Observation"),
        Set.of(),
        Set.of(READ),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        null,
        true);
  }

  private SimulationRequest.Answer tried(
      String hospital, String user, Role role, String subject, AccessPolicy draft) {
    HospitalServer server = Staff.server(hospital);
    var simulation =
        new Simulation(
            new HospitalId(subject),
            Role.PHYSICIAN,
            Simulation.ANYBODY,
            draft.toConsent("0-0000000000000").toString());
    String statement = server.statement(user, role, new PatientId(patient.id()), READ);
    return server.ask(
        "/simulations",
        new SimulationRequest(statement, simulation),
        SimulationRequest.Answer.class);
  }

  private String sensitive(String... labels) {
    ObjectNode secret = pulse("delicate");
    label(secret, labels);
    Terminal.Saved saved = NORTH.submit(Entries.bundle(secret));
    Staff.stored(NORTH, saved);
    return saved.ids().get(0);
  }

  private static void label(ObjectNode resource, String... labels) {
    var security = resource.putObject("meta").putArray("security");
    for (String label : labels) {
      Sensitivity sensitivity = Sensitivity.of(label).orElseThrow();
      security.addObject().put("system", sensitivity.system()).put("code", sensitivity.code());
    }
  }

  private static JsonNode made(ObjectNode policy, String... labels) {
    var named = policy.putArray("sensitivities");
    for (String label : labels) {
      named.add(label);
    }
    JsonNode made = NORTH.policy(policy);
    JsonNode custody = Staff.settled(NORTH, made.path("submission").asText());
    assertThat(custody.path("state").asText()).as(custody.toString()).isEqualTo("DELETED");
    return made;
  }

  private static void withdraw(JsonNode policy) {
    String consent = policy.at("/records/0/reference").asText().replace("Consent/", "");
    Staff.settled(NORTH, NORTH.withdrawPolicy(consent).path("submission").asText());
  }

  @Test
  void aRefusalDoesNotTellWhetherThereIsSomething() {
    RetrievalAnswer.Answer there = asSouth(record);
    RetrievalAnswer.Answer nowhere = asSouth("Observation/" + patient.id() + "-0000000000000");
    assertThat(there.status()).isEqualTo(nowhere.status());
    assertThat(there.body()).isEqualTo(nowhere.body());
  }

  @Test
  void aClerkReadsNoChartAndANursePrescribesNothing() {
    String statement =
        Staff.server("north")
            .statement("clerk.north", Role.CLERK, new PatientId(patient.id()), READ);
    assertThat(Staff.server("north").retrieve(statement, record).get(0).status()).isEqualTo(403);

    var prescription = Terminal.json().put("resourceType", "MedicationRequest");
    prescription.put("status", "active").put("intent", "order");
    prescription.putObject("medicationCodeableConcept").put("text", "aspirin");
    prescription.putObject("subject").put("reference", "Patient/" + patient.id());
    Terminal nurse = Staff.of("nurse.north");
    Web.Answer answer = nurse.web().post("/submissions?hold=now", Entries.bundle(prescription));
    assertThat(answer.status()).isEqualTo(403);
  }

  private ObjectNode pulse(String remark) {
    return Entries.pulse(patient.id(), 77, remark);
  }

  private JsonNode grant(String... rights) {
    JsonNode made = NORTH.policy(Entries.policy(patient.id(), "south", rights));
    JsonNode custody = Staff.settled(NORTH, made.path("submission").asText());
    assertThat(custody.path("state").asText()).as(custody.toString()).isEqualTo("DELETED");
    return made;
  }

  private RetrievalAnswer.Answer asSouth(String query) {
    return south(query, new PatientId(patient.id()));
  }

  private static RetrievalAnswer.Answer south(String query, PatientId about) {
    HospitalServer server = Staff.server("south");
    String statement = server.statement("dr.south", Role.PHYSICIAN, about, READ);
    return server.retrieve(statement, query).get(0);
  }

  @Test
  void aConsentThatIsNoPolicyIsKeptAndItsSenderIsWarned() {
    String id =
        Partner.send(
                "POST",
                "/Patient",
                "{\"resourceType\":\"Patient\"}",
                "Content-Type",
                "application/fhir+json",
                "Prefer",
                "return=representation")
            .successful("a patient")
            .json()
            .path("id")
            .asText();
    String consent =
        "{\"resourceType\":\"Consent\",\"status\":\"active\",\"scope\":{\"coding\":[{\"system\":"
            + "\"http://terminology.hl7.org/CodeSystem/consentscope\",\"code\":"
            + "\"patient-privacy\"}]},\"category\":[{\"coding\":[{\"system\":\"http://loinc.org\","
            + "\"code\":\"59284-0\"}]}],\"patient\":{\"reference\":\"Patient/"
            + id
            + "\"},\"policyRule\":{\"coding\":[{\"code\":\"OPTOUT\"}]},"
            + "\"provision\":{\"type\":\"deny\"}}";
    Web.Answer stored =
        Partner.send(
            "POST",
            "/Consent",
            consent,
            "Content-Type",
            "application/fhir+json",
            "Prefer",
            "return=OperationOutcome");

    assertThat(stored.status()).as(stored.body()).isEqualTo(201);
    assertThat(stored.json().at("/issue/1/severity").asText()).isEqualTo("warning");
    assertThat(stored.json().at("/issue/1/diagnostics").asText()).contains("not enforced");
  }
}
