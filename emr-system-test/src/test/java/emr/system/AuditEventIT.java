package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
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
    assertThat(ask("north", "AuditEvent?" + mine + "&site=x").status()).isEqualTo(400);
    assertThat(ask("north", "AuditEvent?patient=somebody-else").status()).isEqualTo(403);
  }

  @Test
  void aSearchAcrossPatientsIsSeenByEachPatientItShowed() {
    String body = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + Staff.name() + "\"}]}";
    Web.Answer made =
        Partner.send("POST", "/Patient", body, "Content-Type", "application/fhir+json");
    String id =
        made.headers()
            .firstValue("Location")
            .orElseThrow()
            .replaceFirst(".*/Patient/([^/]+).*", "$1");
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
