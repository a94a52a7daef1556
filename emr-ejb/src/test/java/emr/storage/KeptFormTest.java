package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptFormTest {

  private static final String KEPT =
      """
      {"resourceType":"Observation","id":"x","meta":{"profile":["urn:p"],"tag":[{"code":"t"}],\
      "extension":[{"url":"urn:mine","valueString":"m"}]},"valueQuantity":{"value":1.50}}""";

  @Test
  void whoSendsBackWhatTheyHaveReadSendsWhatIsKept() {
    byte[] read =
        MetaSplice.merge(
            KEPT.getBytes(UTF_8),
            MetaSplice.find(KEPT.getBytes(UTF_8)),
            new MetaSplice.Meta(3, Instant.EPOCH, "north", "Dr", "2026-01-01T00:00:00Z", "ab"));

    assertThat(FhirJson.text(KeptForm.of(FhirJson.read(read), "x"))).isEqualTo(KEPT);
  }

  @Test
  void theIdComesAfterTheType() {
    ObjectNode resource = json("{\"status\":\"final\",\"resourceType\":\"Observation\"}");
    assertThat(FhirJson.text(KeptForm.of(resource, "x")))
        .isEqualTo("{\"resourceType\":\"Observation\",\"id\":\"x\",\"status\":\"final\"}");
  }

  @Test
  void theOrderOfMembersSaysNothingAndEachDigitDoes() {
    assertThat(KeptForm.same(json("{\"a\":1.50,\"b\":[1]}"), json("{\"b\":[1],\"a\":1.50}")))
        .isTrue();
    assertThat(KeptForm.same(json("{\"a\":1.50}"), json("{\"a\":1.5}"))).isFalse();
    assertThat(KeptForm.same(json("{\"a\":\"1\"}"), json("{\"a\":1}"))).isFalse();
    assertThat(KeptForm.same(json("{\"a\":[1,2]}"), json("{\"a\":[2,1]}"))).isFalse();
    assertThat(KeptForm.same(json("{\"a\":{}}"), json("{\"a\":[]}"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.50", "0.00000010", "1e2", "1.5E-3", "-0.0", "100", "12345678901234567890.10"})
  void numbersAreWrittenAsTheyCame(String number) {
    String resource = "{\"value\":" + number + "}";
    assertThat(FhirJson.text(json(resource))).isEqualTo(resource);
    assertThat(FhirJson.text(json(resource).deepCopy())).isEqualTo(resource);
  }

  private static ObjectNode json(String text) {
    return FhirJson.read(text.getBytes(UTF_8));
  }
}
