package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class LoaderTest {

  private static final String HISTORY =
      """
      {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"fullUrl": "urn:uuid:late", "resource": {"resourceType": "Encounter",
          "period": {"start": "2025-03-01T10:00:00Z"}}},
        {"fullUrl": "urn:uuid:patient", "resource": {"resourceType": "Patient"}},
        {"fullUrl": "urn:uuid:early", "resource": {"resourceType": "Encounter",
          "period": {"start": "2024-03-01T10:00:00Z"}}},
        {"fullUrl": "urn:uuid:pulse", "resource": {"resourceType": "Observation",
          "encounter": {"reference": "urn:uuid:early"}}},
        {"fullUrl": "urn:uuid:letter", "resource": {"resourceType": "DocumentReference",
          "context": {"encounter": [{"reference": "urn:uuid:late"}]}}},
        {"fullUrl": "urn:uuid:bill", "resource": {"resourceType": "Claim",
          "encounter": {"reference": "urn:uuid:late"}}},
        {"fullUrl": "urn:uuid:device", "resource": {"resourceType": "Device"}}]}
      """;

  @Test
  void registersThePatientThenSubmitsEachEncounterInItsOrderThenTheRest() throws Exception {
    assertThat(Loader.parts(history()))
        .extracting(
            part -> part.stream().map(e -> e.path("fullUrl").asText().substring(9)).toList())
        .extracting(Object::toString)
        .containsExactly("[patient]", "[early, pulse]", "[late, letter]", "[device]");
  }

  @Test
  void leavesBillsOut() throws Exception {
    assertThat(Loader.size(history())).isEqualTo(6);
  }

  private static JsonNode history() throws JsonProcessingException {
    return Web.JSON.readTree(HISTORY);
  }
}
