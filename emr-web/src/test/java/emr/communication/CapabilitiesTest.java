package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.storage.FhirJson;
import emr.validation.Validator;
import org.junit.jupiter.api.Test;

/** What the centre says of itself is what it would take from others. */
class CapabilitiesTest {

  private static final String BASE = "https://centre.example/fhir/";

  @Test
  void theCapabilityStatementIsValid() {
    requireValid(new Capabilities().statement(BASE));
  }

  @Test
  void theDefinitionOfWhoSawIsValid() {
    requireValid(Capabilities.whoSaw(BASE));
  }

  private static void requireValid(String json) {
    ObjectNode resource = FhirJson.read(json.getBytes(UTF_8));
    FhirJson.check(resource);
    assertThat(new Validator().faults(resource)).isEmpty();
  }
}
