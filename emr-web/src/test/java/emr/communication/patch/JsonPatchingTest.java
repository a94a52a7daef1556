package emr.communication.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatchingTest {

  private static final String OBSERVATION =
      "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1.50},\"note\":[{\"text\":\"a\"}]}";

  @Test
  void whatIsNotPatchedStaysToTheLastDigit() {
    assertThat(
            patched(
                """
                [{"op":"add","path":"/note/-","value":{"text":"b"}},\
                {"op":"test","path":"/note/0/text","value":"a"},\
                {"op":"replace","path":"/note/0/text","value":"c"}]"""))
        .isEqualTo(OBSERVATION.replace("{\"text\":\"a\"}", "{\"text\":\"c\"},{\"text\":\"b\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"op\":\"test\",\"path\":\"/valueQuantity/value\",\"value\":2}]",
        "[{\"op\":\"remove\",\"path\":\"/nothing\"}]",
        "[{\"op\":\"replace\",\"path\":\"/note/7\",\"value\":{}}]",
        "[{\"op\":\"move\",\"from\":\"/nothing\",\"path\":\"/note/0\"}]",
        "[{\"op\":\"add\",\"path\":\"/note/x\",\"value\":1}]",
        "[{\"op\":\"replace\",\"path\":\"\",\"value\":[]}]",
        "[{\"op\":\"remove\",\"path\":\"\"}]",
        "[{\"op\":\"add\",\"path\":\"/resourceType/x\",\"value\":1}]"
      })
  void aPatchThatDoesNotFitIsRefused(String patch) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> patched(patch))
        .returns(Reason.UNPROCESSABLE, Refusal::reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[1]",
        "[{\"op\":\"add\",\"path\":\"/x\"}]",
        "[{\"op\":\"destroy\",\"path\":\"/x\"}]",
        "[{\"op\":\"remove\"}]",
        "[{\"op\":\"remove\",\"path\":\"x\"}]",
        "[{\"op\":\"copy\",\"path\":\"/x\"}]"
      })
  void whatIsNoPatchIsRefused(String patch) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> JsonPatching.of(patch.getBytes(UTF_8)))
        .returns(Reason.MALFORMED, Refusal::reason);
  }

  @Test
  void copiesThatDoubleAndDoubleAreStopped() {
    var patch = new StringBuilder("[");
    for (int i = 0; i < 60; i++) {
      patch.append("{\"op\":\"copy\",\"from\":\"/note\",\"path\":\"/note/-\"},");
    }
    patch.append("{\"op\":\"remove\",\"path\":\"/note\"}]");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> patched(patch.toString()))
        .returns(Reason.UNPROCESSABLE, Refusal::reason);
  }

  private static String patched(String patch) {
    return FhirJson.text(
        JsonPatching.of(patch.getBytes(UTF_8)).apply(FhirJson.read(OBSERVATION.getBytes(UTF_8))));
  }
}
