package emr.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import emr.access.RecordTypes;
import emr.storage.FhirJson;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElementPathTest {

  @Test
  void everySearchParameterOfR4IsUnderstood() {
    for (String type : RecordTypes.names()) {
      assertThat(SearchParameters.of(type).all()).as(type).isNotEmpty();
    }
  }

  @Test
  void findsCodesWithAndWithoutTheirSystems() {
    assertThat(
            terms(
                """
                {"resourceType":"Observation","status":"final",
                 "code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]}}
                """))
        .contains(
            "t status final",
            "t code 8480-6",
            "t code http://loinc.org|8480-6",
            "t code http://loinc.org|");
  }

  @Test
  void findsEachTypeOfAChoice() {
    assertThat(date("{\"resourceType\":\"Observation\",\"effectiveDateTime\":\"2026-03\"}"))
        .isEqualTo("2026-03-01T00:00:00Z/2026-04-01T00:00:00Z");
    assertThat(
            date(
                """
                {"resourceType":"Observation","effectivePeriod":
                 {"start":"2026-03-01T10:00:00Z","end":"2026-03-01T11:00:00Z"}}
                """))
        .isEqualTo("2026-03-01T10:00:00Z/2026-03-01T11:00:01Z");
  }

  @Test
  void aParameterOfOneTypeOfAChoicePassesOverTheOthers() {
    assertThat(
            terms(
                """
                {"resourceType":"MedicationRequest",
                 "medicationReference":{"reference":"Medication/m"}}
                """))
        .contains("r medication.as(Reference) Medication/m")
        .noneMatch(term -> term.startsWith("t medication"));
  }

  @Test
  void theOwnPatientIsNoTerm() {
    assertThat(
            terms(
                "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/p\"},"
                    + "\"encounter\":{\"reference\":\"Encounter/e\"}}"))
        .contains("r encounter Encounter/e")
        .doesNotContain("r subject Patient/p");
  }

  @Test
  void namesAreFoundByTheBeginningsOfTheirWords() {
    assertThat(
            terms(
                """
                {"resourceType":"Patient","name":[{"family":"Müller-Yamada","given":["Ada"]},
                 {"family":"山田"}],"telecom":[{"system":"phone","value":"555"}],
                 "deceasedBoolean":false}
                """))
        .contains("s name.family m", "s name.family muller", "s name.family yamada", "s name ada")
        .contains("s name.family 山", "s name.family 山田")
        .contains("t telecom.where(system='phone') 555", "t deceased false");
  }

  @Test
  void aRecordWithOneCodeIsKnownByItWithOrWithoutItsSystem() {
    Set<String> one = terms(coded("{\"system\":\"http://c\",\"code\":\"X-1\"}"));
    Set<String> none = terms(coded("{\"display\":\"words\"}"));
    Set<String> two = terms(coded("{\"code\":\"X-1\"},{\"system\":\"http://c\",\"code\":\"X-2\"}"));
    SearchParameters parameters = SearchParameters.of("Observation");
    assertThat(parameters.code(one)).isEqualTo("x-1");
    assertThat(parameters.code(none)).isNull();
    assertThat(parameters.code(two)).isNull();
    assertThat(parameters.codes(Set.of("t code http://c|x-1"))).containsExactly("x-1");
    assertThat(parameters.codes(Set.of("t code x-1", "t code x-2"))).containsExactly("x-1", "x-2");
    assertThat(parameters.codes(Set.of("t code x-1", "t code http://c|"))).isEmpty();
    assertThat(parameters.codes(Set.of("t category x-1"))).isEmpty();
  }

  private static String coded(String codings) {
    return "{\"resourceType\":\"Observation\",\"code\":{\"coding\":[" + codings + "]}}";
  }

  private static JsonNode read(String json) {
    return FhirJson.read(json.getBytes(UTF_8));
  }

  private static Set<String> terms(String json) {
    var resource = read(json);
    return new LinkedHashSet<>(
        SearchParameters.of(resource.path("resourceType").asText())
            .facts(resource, "Patient/p")
            .terms());
  }

  private static String date(String json) {
    var resource = read(json);
    return SearchParameters.of(resource.path("resourceType").asText())
        .date(resource)
        .map(range -> range.from() + "/" + range.until())
        .orElse("");
  }
}
