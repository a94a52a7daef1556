package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The audit trail as FHIR AuditEvents: each hospital sees its people's, and its patients'. */
class AuditEventIT {

  /** The role of an entity that decided: a security resource. */
  private static final String POLICY = "13";

  private static final Terminal NORTH = Staff.of("dr.north");

  private Staff.Patient patient;

  @BeforeEach
  void aPatientWhoseChartWasOpenedAndAskedFor() {
    patient = Staff.registered(NORTH);
    assertThat(ask("north", "Patient/" + patient.id()).status()).isEqualTo(200);
    assertThat(ask("south", "Patient/" + patient.id()).status()).isEqualTo(403);
  }

  private Web.Answer ask(String hospital, String path) {
    return ask(hospital, "dr." + hospital, Role.PHYSICIAN, new PatientId(patient.id()), path);
  }

  private static Web.Answer ask(
      String hospital, String user, Role role, @Nullable PatientId about, String path) {
    HospitalServer server = Staff.server(hospital);
    return server.fhir(
        "GET", "/" + path, null, server.statement(user, role, about, AccessRight.READ));
  }

  private List<AuditEvent> seen(String hospital, String query) {
    Web.Answer answer = ask(hospital, "AuditEvent?" + query).successful(query);
    return events(answer);
  }

  private static List<AuditEvent> events(Web.Answer answer) {
    return Partner.R4.newJsonParser().parseResource(Bundle.class, answer.body()).getEntry().stream()
        .map(entry -> (AuditEvent) entry.getResource())
        .toList();
  }

  private static String person(AuditEvent event) {
    return event.getAgent().stream()
        .filter(AuditEvent.AuditEventAgentComponent::getRequestor)
        .map(agent -> agent.getWho().getIdentifier().getValue())
        .findFirst()
        .orElse("");
  }

  @Test
  void theHospitalWhosePatientItIsSeesWhoReadAndWhoWasRefused() {
    List<AuditEvent> events = seen("north", "patient=" + patient.id());
    assertThat(events)
        .anySatisfy(
            event -> {
              assertThat(person(event)).isEqualTo("dr.south");
              assertThat(event.getOutcome().toCode()).isEqualTo("4");
              assertThat(event.getOutcomeDesc()).contains("no rule and no policy");
            })
        .anySatisfy(
            event -> {
              assertThat(person(event)).isEqualTo("dr.north");
              assertThat(event.getOutcome().toCode()).isEqualTo("0");
              assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("read");
              assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode())
                  .isEqualTo("TREAT");
              assertThat(event.getMeta().getProfile().get(0).getValue()).endsWith("PatientRead");
              assertThat(event.getEntity())
                  .anySatisfy(
                      entity ->
                          assertThat(entity.getWhat().getReference())
                              .endsWith("Patient/" + patient.id() + "/_history/1"));
            });
  }

  @Test
  @Tag("claim-09")
  void aHospitalThatMayNotReadThePatientSeesNothingOfTheirTrail() {
    assertThat(seen("south", "patient=" + patient.id())).isEmpty();
    assertThat(
            ask("south", "dr.south", Role.PHYSICIAN, null, "AuditEvent?patient=" + patient.id())
                .status())
        .isEqualTo(403);
    Web.Answer administrator =
        ask(
            "south",
            "admin.south",
            Role.ADMINISTRATOR,
            null,
            "AuditEvent?patient=" + patient.id() + "&agent-name=dr.north");
    assertThat(events(administrator)).isEmpty();
  }

  @Test
  void anAdministratorSeesTheirPeopleButNoRecords() {
    List<AuditEvent> events =
        events(
            ask(
                    "south",
                    "admin.south",
                    Role.ADMINISTRATOR,
                    null,
                    "AuditEvent?agent:identifier=urn:emr:staff:south%7Cdr.south&_count=5")
                .successful("own people"));
    assertThat(events).isNotEmpty();
    assertThat(events).allSatisfy(event -> assertThat(person(event)).isEqualTo("dr.south"));
    assertThat(events)
        .flatExtracting(AuditEvent::getEntity)
        .filteredOn(entity -> !POLICY.equals(entity.getRole().getCode()))
        .noneMatch(
            entity ->
                entity.getWhat().getReference() != null
                    && entity.getWhat().getReference().contains("/_history/"));
  }

  @Test
  void aClerkHasNoPartInIt() {
    Web.Answer answer =
        ask(
            "north",
            "clerk.north",
            Role.CLERK,
            new PatientId(patient.id()),
            "AuditEvent?patient=" + patient.id());
    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void entriesAreReadPageByPageAndOneByOne() {
    Web.Answer first = ask("north", "AuditEvent?patient=" + patient.id() + "&_count=1");
    JsonNode bundle = first.successful("the first page").json();
    String next =
        StreamSupport.stream(bundle.path("link").spliterator(), false)
            .filter(link -> link.path("relation").asText().equals("next"))
            .map(link -> link.path("url").asText().replaceFirst(".*/fhir/", ""))
            .findFirst()
            .orElseThrow();
    String id = events(first).get(0).getIdElement().getIdPart();
    List<AuditEvent> second = events(ask("north", next).successful("the second page"));
    assertThat(second).hasSize(1);
    assertThat(Long.parseLong(second.get(0).getIdElement().getIdPart()))
        .isLessThan(Long.parseLong(id));
    assertThat(ask("north", "AuditEvent/" + id).status()).isEqualTo(200);
    assertThat(ask("south", "AuditEvent/" + id).status()).isEqualTo(403);
  }

  @Test
  void whoLooksAtTheTrailStandsInItToo() {
    List<AuditEvent> looked = seen("north", "patient=" + patient.id());
    AuditEvent newest = seen("north", "patient=" + patient.id() + "&_count=1").get(0);
    assertThat(newest.getEntity())
        .extracting(entity -> String.valueOf(entity.getWhat().getReference()))
        .anyMatch(what -> what.endsWith("AuditEvent/" + looked.get(0).getIdElement().getIdPart()));
  }

  @Test
  void filtersNarrowAndWhatIsNoneIsRefused() {
    String mine = "patient=" + patient.id();
    assertThat(seen("north", mine + "&outcome=4")).allMatch(e -> person(e).equals("dr.south"));
    assertThat(seen("north", mine + "&agent-name=dr.north")).isNotEmpty();
    assertThat(seen("north", mine + "&date=lt2020")).isEmpty();
    assertThat(seen("north", "entity=Patient/" + patient.id())).isNotEmpty();
    assertThat(ask("north", "AuditEvent?" + mine + "&date=yesterday").status()).isEqualTo(400);
    assertThat(ask("north", "AuditEvent?" + mine + "&source=x").status()).isEqualTo(400);
    assertThat(seen("north", mine + "&action=R&subtype=read,vread&type=rest"))
        .isNotEmpty()
        .allMatch(e -> e.getSubtypeFirstRep().getCode().endsWith("read"));
    assertThat(seen("north", mine + "&_lastUpdated=lt2020")).isEmpty();
    assertThat(seen("north", mine + "&site=EMR%20centre")).isNotEmpty();
    assertThat(seen("north", mine + "&site=x")).isEmpty();
    assertThat(ask("north", "AuditEvent?patient=somebody-else").status()).isEqualTo(403);
  }

  @Test
  void theyAreCountedAloneOrBesideAPage() {
    String refused = "AuditEvent?outcome=4&patient=" + patient.id();
    JsonNode alone = ask("north", refused + "&_summary=count").successful("counting").json();
    assertThat(alone.path("total").asInt()).isEqualTo(1);
    assertThat(alone.has("entry")).isFalse();
    JsonNode both = ask("north", refused + "&_total=accurate").successful("counting").json();
    assertThat(both.path("total").asInt()).isEqualTo(1);
    assertThat(both.path("entry")).hasSize(1);
    assertThat(ask("north", refused).json().has("total")).isFalse();
    assertThat(
            ask("south", refused + "&_summary=count")
                .successful("nothing")
                .json()
                .path("total")
                .asInt())
        .isZero();
  }

  @Test
  void aSearchAcrossPatientsIsSeenByEachPatientItShowed() {
    String id = made("Patient", "\"name\":[{\"family\":\"" + Staff.name() + "\"}]");
    Partner.get("/Patient?_sort=-_lastUpdated&_count=20").successful("a search");
    Partner.get("/Patient?_id=" + id).successful("another");
    assertThat(events(Partner.get("/AuditEvent?patient=" + id)))
        .anySatisfy(
            event -> {
              assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("search");
              assertThat(event.getEntity())
                  .anySatisfy(
                      entity ->
                          assertThat(String.valueOf(entity.getWhat().getReference()))
                              .contains("Patient/" + id + "/_history/"));
            });
  }

  @Test
  void whatASearchIncludesStandsInOneEntryWithWhatLedToIt() {
    String id = made("Patient", "\"name\":[{\"family\":\"" + Staff.name() + "\"}]");
    String pulse =
        made(
            "Observation",
            "\"status\":\"final\",\"code\":{\"text\":\"Pulse\"},\"subject\":{\"reference\":\"Patient/%s\"}"
                .formatted(id));
    Partner.get("/Observation?patient=" + id + "&_include=Observation:subject").successful("both");

    assertThat(events(Partner.get("/AuditEvent?patient=" + id)))
        .filteredOn(event -> event.getSubtypeFirstRep().getCode().equals("search"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getEntity())
                    .extracting(entity -> String.valueOf(entity.getWhat().getReference()))
                    .anyMatch(what -> what.endsWith("Observation/" + pulse + "/_history/1"))
                    .anyMatch(what -> what.endsWith("Patient/" + id + "/_history/1")));
  }

  /** Id of a resource with that content. */
  private static String made(String type, String content) {
    String body = "{\"resourceType\":\"" + type + "\"," + content + "}";
    return Partner.send("POST", "/" + type, body, "Content-Type", "application/fhir+json")
        .successful("made")
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .replaceFirst(".*/" + type + "/([^/]+).*", "$1");
  }

  @Test
  void aRefusalIsExplainedToTheHospitalThatMadeIt() {
    ObjectNode refusal = Entries.policy(patient.id(), "south", "READ").put("refuses", true);
    JsonNode made = NORTH.policy(refusal);
    Staff.settled(NORTH, made.path("submission").asText());
    String consent = made.at("/records/0/reference").asText();
    assertThat(ask("south", "Patient/" + patient.id()).status()).isEqualTo(403);

    assertThat(seen("north", "patient=" + patient.id() + "&outcome=4"))
        .extracting(AuditEvent::getOutcomeDesc)
        .anySatisfy(
            why ->
                assertThat(why)
                    .matches(
                        "Refused: refused by policy \\Q%s\\E/_history/1 \\(SHA-256 [0-9a-f]{64}\\)"
                            .formatted(consent)));
    Web.Answer south =
        ask(
            "south",
            "admin.south",
            Role.ADMINISTRATOR,
            null,
            "AuditEvent?agent-name=dr.south&outcome=4&_count=3");
    assertThat(events(south).get(0).getOutcomeDesc())
        .isEqualTo("Refused: no rule and no policy gives the right");
    assertThat(south.body()).doesNotContain("Consent/");
  }

  @Test
  void whatIsShutBehindANotFoundIsKnownToTheHospitalThatKeepsIt() {
    ObjectNode delicate = Entries.pulse(patient.id(), 80, "delicate");
    delicate
        .putObject("meta")
        .putArray("security")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
        .put("code", "R");
    Terminal.Saved saved = NORTH.submit(Entries.bundle(delicate));
    Staff.stored(NORTH, saved);
    JsonNode made = NORTH.policy(Entries.policy(patient.id(), "south", "READ"));
    Staff.settled(NORTH, made.path("submission").asText());
    assertThat(ask("south", saved.ids().get(0)).status()).isEqualTo(404);

    assertThat(seen("north", "patient=" + patient.id() + "&outcome=4"))
        .extracting(AuditEvent::getOutcomeDesc)
        .contains("Refused: no rule and no policy gives the right")
        .doesNotContain("Refused: it is not there");
    assertThat(seen("south", "patient=" + patient.id() + "&outcome=4").get(0).getOutcomeDesc())
        .as("they are told what they were told")
        .isEqualTo("Refused: it is not there");
  }

  @Test
  void aPartnersVainRequestIsSeenByTheHospitalOfThePatient() {
    assertThat(Partner.get("/Patient/" + patient.id()).status()).isEqualTo(403);
    assertThat(Partner.get("/Observation?patient=" + patient.id()).status()).isEqualTo(403);
    assertThat(seen("north", "patient=" + patient.id() + "&outcome=4"))
        .filteredOn(event -> person(event).equals("lab.demo"))
        .hasSize(2);
  }

  @Test
  void aPatientWhoseIdAClientChoseIsFoundInTheTrailOfRefusalsToo() {
    String id = "chosen-" + Staff.word();
    String body = "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}";
    Partner.send("PUT", "/Patient/" + id, body, "Content-Type", "application/fhir+json")
        .successful("a patient");
    HospitalServer south = Staff.server("south");
    assertThat(south.fhir("/Patient/" + id, new PatientId(id)).status()).isEqualTo(404);
    assertThat(events(Partner.get("/AuditEvent?patient=" + id + "&outcome=4")))
        .anySatisfy(event -> assertThat(person(event)).isEqualTo("dr.south"));
  }

  @Test
  void thePoliciesOfOtherPatientsAreNotTold() {
    Terminal south = Staff.of("dr.south");
    Staff.Patient other = Staff.registered(south);
    String consent = open(NORTH, patient);
    String otherConsent = open(south, other);
    Partner.get("/Patient?_id=" + patient.id() + "," + other.id()).successful("a search");

    Web.Answer trail =
        ask("north", "AuditEvent?patient=" + patient.id() + "&agent-name=lab.demo&outcome=0");
    assertThat(events(trail).get(0).getOutcomeDesc()).contains("policy " + consent);
    assertThat(trail.body())
        .contains("a policy that is not yours to see")
        .doesNotContain(otherConsent)
        .doesNotContain(other.id());
  }

  /** Lets the laboratory read a patient; gives the Consent that does. */
  private static String open(Terminal at, Staff.Patient whose) {
    JsonNode made = at.policy(Entries.policy(whose.id(), "lab", "READ"));
    Staff.settled(at, made.path("submission").asText());
    return made.at("/records/0/reference").asText();
  }

  @Test
  void thePolicyThatDecidedIsToldWithTheHashOfThatVersion() throws SQLException {
    String consent = open(NORTH, patient);
    Partner.get("/Patient/" + patient.id()).successful("a read");

    AuditEvent event = seen("north", "patient=" + patient.id() + "&agent-name=lab.demo").get(0);
    AuditEvent.AuditEventEntityComponent policy =
        event.getEntity().stream()
            .filter(each -> POLICY.equals(each.getRole().getCode()))
            .findFirst()
            .orElseThrow();
    assertThat(policy.getWhat().getReference()).endsWith(consent + "/_history/1");
    assertThat(policy.getDetailFirstRep().getType()).isEqualTo("SHA-256");
    String hash = policy.getDetailFirstRep().getValueStringType().getValue();
    assertThat(hash).isEqualTo(stored(consent));
    assertThat(event.getOutcomeDesc()).contains(consent + "/_history/1 (SHA-256 " + hash + ")");
  }

  /** The hash of a Consent's first version, as the database has it. */
  private static String stored(String consent) throws SQLException {
    String[] keys = consent.substring("Consent/".length()).split("-", -1);
    try (Connection database = Staff.INSTALLATION.database("emr_app");
        PreparedStatement select =
            database.prepareStatement(
                "select encode(hash, 'hex') from version"
                    + " where patient = ? and record = ? and number = 1")) {
      select.setLong(1, RecordKey.parse(keys[0]).orElseThrow().value());
      select.setLong(2, RecordKey.parse(keys[1]).orElseThrow().value());
      ResultSet row = select.executeQuery();
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void nobodyCanStoreAnAuditEvent() {
    String body =
        "{\"resourceType\":\"AuditEvent\",\"type\":{\"code\":\"rest\"},\"recorded\":"
            + "\"2026-01-01T00:00:00Z\",\"agent\":[{\"requestor\":true}],\"source\":"
            + "{\"observer\":{\"display\":\"x\"}}}";
    Web.Answer answer =
        Partner.send("POST", "/AuditEvent", body, "Content-Type", "application/fhir+json");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("writes itself");
  }
}
