package emr.communication.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import emr.storage.FhirJson;
import org.junit.jupiter.api.Test;

class SubsetTest {

  @Test
  void whatMatchesBringAlongIsWholeUnlessItsTypeIsNamed() {
    JsonNode encounter = included("_elements=status");
    assertThat(encounter.has("period")).isTrue();
    assertThat(encounter.has("meta")).isFalse();

    JsonNode part = included("_elements=status,Encounter.class");
    assertThat(part.has("class")).isTrue();
    assertThat(part.has("period")).isFalse();
    assertThat(part.at("/meta/tag/0/code").asText()).isEqualTo("SUBSETTED");

    assertThat(included("_summary=text").has("period")).isFalse();
  }

  private static JsonNode included(String query) {
    String bundle =
        """
        {"resourceType":"Bundle","entry":[
        {"resource":{"resourceType":"Observation","status":"final","valueString":"x"},
        "search":{"mode":"match"}},
        {"resource":{"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},
        "period":{"start":"2026"}},"search":{"mode":"include"}}]}""";
    JsonNode subset =
        Subset.of(FhirJson.read(bundle.getBytes(UTF_8)), Wanted.PLAIN.with(query).wanted());
    assertThat(subset.at("/entry/0/resource").has("valueString")).isFalse();
    return subset.at("/entry/1/resource");
  }
}
