package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is about a patient is found wherever it lies, and however it names them. */
class FhirAcrossChartsIT {

  private static final String HERE = Staff.INSTALLATION.fhir().toString().replaceFirst("/+$", "");

  private static String child;
  private static String mother;
  private static String weighed;
  private static String clinic;
  private static String visit;
  private static String absolute;
  private static String measured;
  private static String appointment;
  private static String account;
  private static String provenance;
  private static String group;

  @BeforeAll
  static void store() {
    child = made("Patient", "\"active\":true");
    mother = made("Patient", "\"link\":[{\"type\":\"seealso\"," + link("other", child) + "}]");
    clinic = made("Organization", "\"name\":\"Clinic\"");
    visit =
        made(
            "Encounter",
            "\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},%s,%s"
                .formatted(link("subject", child), link("serviceProvider", clinic)));
    weighed = made("Observation", observation(child, "2026-02-01"));
    absolute = made("Observation", observation(HERE + "/" + child, "2026-03-02"));
    measured =
        made(
            "Observation",
            observation(child, "2026-03-03")
                + ",\"performer\":[{\"reference\":\""
                + mother
                + "\"}],"
                + link("encounter", HERE + "/" + visit));
    appointment =
        made(
            "Appointment",
            "\"status\":\"proposed\",\"participant\":[%s,%s]"
                .formatted(participant(child), participant(mother)));
    account =
        made(
            "Account",
            "\"status\":\"active\",\"subject\":[{\"reference\":\"%s\"},{\"reference\":\"%s/%s\"}]"
                .formatted(child, HERE, mother));
    provenance =
        made(
            "Provenance",
            "\"target\":[{\"reference\":\"%s\"},{\"reference\":\"%s\"}],\"recorded\":\"2026-03-03T10:00:00Z\","
                    .formatted(weighed, absolute)
                + "\"agent\":[{\"who\":{\"display\":\"Somebody\"}}]");
    group =
        made(
            "Group",
            "\"type\":\"person\",\"actual\":true,\"member\":[{%s},{%s}]"
                .formatted(link("entity", child), link("entity", mother)));
  }

  private static String observation(String subject, String day) {
    return "\"status\":\"final\",\"code\":{\"text\":\"weight\"},\"effectiveDateTime\":\"%s\",%s"
        .formatted(day, link("subject", subject));
  }

  private static String participant(String actor) {
    return "{\"status\":\"needs-action\"," + link("actor", actor) + "}";
  }

  private static String link(String name, String reference) {
    return "\"" + name + "\":{\"reference\":\"" + reference + "\"}";
  }

  private static Web.Answer post(String type, String inside) {
    return Partner.send(
        "POST",
        "/" + type,
        "{\"resourceType\":\"" + type + "\"," + inside + "}",
        "Content-Type",
        "application/fhir+json");
  }

  private static String made(String type, String inside) {
    Web.Answer answer = post(type, inside);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .replaceFirst(".*/(" + type + "/[^/]+)/_history/.*", "$1");
  }

  private static String filled(String query) {
    return query
        .replace("{child}", child)
        .replace("{mother}", mother)
        .replace("{weighed}", weighed.substring("Observation/".length()))
        .replace("{clinic}", clinic.substring("Organization/".length()))
        .replace("{visit}", visit)
        .replace("{here}", HERE);
  }

  private static String names(String query, String mode) {
    JsonNode bundle = Partner.get(filled(query)).successful(query).json();
    var names = new ArrayList<String>();
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.at("/search/mode").asText().equals(mode)) {
        JsonNode resource = entry.path("resource");
        names.add(
            name(resource.path("resourceType").asText() + "/" + resource.path("id").asText()));
      }
    }
    names.sort(null);
    return String.join(" ", names);
  }

  private static String name(String record) {
    List<String> records =
        List.of(
            child,
            mother,
            visit,
            weighed,
            absolute,
            measured,
            appointment,
            account,
            provenance,
            group);
    List<String> names =
        List.of(
            "child",
            "mother",
            "visit",
            "weighed",
            "absolute",
            "measured",
            "appointment",
            "account",
            "provenance",
            "group");
    return records.contains(record) ? names.get(records.indexOf(record)) : record;
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "/Observation?patient={child} -> absolute measured weighed",
        "/Observation?subject={here}/{child} -> absolute measured weighed",
        "/Observation?subject:Patient={here}/{child} -> absolute measured weighed",
        "/Observation?patient={mother} -> ''",
        "/Observation?patient={child}&encounter={visit} -> measured",
        "/Observation?patient={child}&encounter={here}/{visit} -> measured",
        "/Observation?patient={child}&encounter=http://other.example/fhir/{visit} -> ''",
        "/Observation?patient={child}&encounter.status=finished -> measured",
        "/Appointment?patient={child} -> appointment",
        "/Appointment?patient={mother} -> appointment",
        "/Appointment?actor={mother} -> appointment",
        "/Appointment?patient={child},{mother} -> appointment",
        "/Account?patient={mother} -> account",
        "/Account?subject={here}/{child} -> account",
        "?_type=Observation,Account&patient={mother} -> account",
        "?_type=Observation,Account&patient={child} -> absolute account measured weighed",
        "/Group?member={child} -> group",
        "/{mother}/Observation -> measured",
        "/{child}/Observation -> absolute measured weighed",
        "/{mother}/Account -> account",
        "/{mother}/Group -> group",
        "/{mother}/*?_type=Observation,Appointment,Group -> appointment group measured",
      })
  void itFinds(String query, String expected) {
    assertThat(names(query, "match")).as(query).isEqualTo(expected.replace("''", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "/Observation?_id={weighed}&_revinclude=Provenance:target -> provenance",
        "/Observation?patient={child}&_revinclude=Provenance:target -> provenance",
        "/Observation?patient={child}&_include=Observation:encounter -> visit",
        "/Encounter?patient={child}&_revinclude=Observation:encounter -> measured",
        "/Organization?_id={clinic}&_revinclude=Encounter:service-provider -> visit",
        "/Account?patient={child}&_include=Account:subject -> child mother",
      })
  void itBringsAlong(String query, String expected) {
    assertThat(names(query, "include")).as(query).isEqualTo(expected);
  }

  @Test
  void whatRefersToAPatientIsBroughtAlongFromAnywhere() {
    String query = "/Patient?_id=" + child.substring("Patient/".length()) + "&_revinclude=";
    assertThat(names(query + "Patient:link", "include")).isEqualTo("mother");
    assertThat(names(query + "Group:member", "include")).isEqualTo("group");
    assertThat(names(query + "Account:subject", "include")).isEqualTo("account");
    assertThat(names(query + "Observation:subject", "include"))
        .isEqualTo("absolute measured weighed");
    String ofMother = "/Patient?_id=" + mother.substring("Patient/".length()) + "&_revinclude=";
    assertThat(names(ofMother + "Observation:performer", "include")).isEqualTo("measured");
    assertThat(names(ofMother + "Observation:subject", "include")).isEmpty();
  }

  @Test
  void whatNamesAnotherIsNoLongerFoundWhenItNoLongerDoes() {
    String observation =
        made(
            "Observation",
            observation(child, "2025-01-01")
                + ",\"performer\":[{\"reference\":\""
                + mother
                + "\"}]");
    String query = "/{mother}/Observation?date=2025-01-01";
    assertThat(names(query, "match")).isEqualTo(observation);
    Web.Answer changed =
        Partner.send(
            "PATCH",
            "/" + observation,
            "[{\"op\":\"remove\",\"path\":\"/performer\"}]",
            "Content-Type",
            "application/json-patch+json");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(names(query, "match")).isEmpty();
    assertThat(Partner.send("DELETE", "/" + observation, null).status()).isIn(200, 204);
  }

  @Test
  void aPatientOfAnotherServerIsNoneOfOurs() {
    Web.Answer answer =
        post("Observation", observation("http://other.example/fhir/" + child, "2026-03-01"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/issue/0/diagnostics").asText()).contains("of this server");
  }

  @Test
  void aChartOfSomeTimeHasThePatientToo() {
    String query = "/" + child + "/$everything?start=2026-03-02&end=2026-03-02";
    JsonNode bundle = Partner.get(query).successful(query).json();
    var found = new ArrayList<String>();
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      found.add(name(resource.path("resourceType").asText() + "/" + resource.path("id").asText()));
    }
    assertThat(found).containsExactly("child", "absolute");
    assertThat(Partner.get("/" + child + "/$everything?_since=2026-01-01T00:00:00+09:00").status())
        .isEqualTo(200);
  }
}
