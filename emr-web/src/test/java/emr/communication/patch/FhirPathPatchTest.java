package emr.communication.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirPathPatchTest {

  private static final String PATIENT =
      """
      {"resourceType":"Patient","id":"x","active":true,\
      "name":[{"family":"One","given":["A","B"],"_given":[null,{"id":"b"}]},{"family":"Two"}],\
      "birthDate":"1970-01-01","_birthDate":{"id":"born"},"deceasedBoolean":false}""";

  @Test
  void anElementIsReplacedAndTheRestStaysAsItIs() {
    assertThat(
            patched(
                PATIENT, operation("replace", "Patient.birthDate", "\"valueDate\":\"1980-02-03\"")))
        .isEqualTo(
            PATIENT.replace(
                "\"birthDate\":\"1970-01-01\",\"_birthDate\":{\"id\":\"born\"}",
                "\"birthDate\":\"1980-02-03\""));
  }

  @Test
  void digitsOfOtherElementsAreKept() {
    String observation =
        """
        {"resourceType":"Observation","id":"x","status":"final","code":{"text":"c"},\
        "valueQuantity":{"value":1.50,"unit":"mg"}}""";

    assertThat(
            patched(
                observation,
                operation("replace", "Observation.status", "\"valueCode\":\"amended\"")))
        .contains("1.50")
        .contains("amended");
    assertThat(
            patched(
                observation, operation("replace", "Observation.value", "\"valueString\":\"much\"")))
        .contains("\"valueString\":\"much\"")
        .doesNotContain("valueQuantity");
    assertThat(
            patched(
                observation,
                operation("replace", "Observation.value.value", "\"valueDecimal\":2.00")))
        .contains("\"value\":2.00");
  }

  @Test
  void anElementIsAddedToAListOrWhereThereIsNone() {
    assertThat(patched(PATIENT, add("Patient", "gender", "\"valueCode\":\"female\"")))
        .contains("\"gender\":\"female\"");
    assertThat(patched(PATIENT, add("Patient.name[1]", "given", "\"valueString\":\"C\"")))
        .contains("{\"family\":\"Two\",\"given\":[\"C\"]}");
    assertThat(
            patched(
                PATIENT,
                add(
                    "Patient",
                    "contact",
                    "\"part\":[{\"name\":\"gender\",\"valueCode\":\"male\"},{\"name\":\"name\","
                        + "\"valueHumanName\":{\"family\":\"Near\"}}]")))
        .contains("\"contact\":[{\"gender\":\"male\",\"name\":{\"family\":\"Near\"}}]");
    assertThat(patched(PATIENT, add("Patient", "multipleBirth", "\"valueInteger\":2")))
        .contains("\"multipleBirthInteger\":2");
    refused(
        Reason.UNPROCESSABLE, PATIENT, add("Patient", "birthDate", "\"valueDate\":\"2000-01-01\""));
    refused(Reason.UNPROCESSABLE, PATIENT, add("Patient", "nothing", "\"valueString\":\"x\""));
  }

  @Test
  void anElementIsInsertedBeforeAnother() {
    assertThat(
            patched(
                PATIENT,
                """
                {"name":"operation","part":[{"name":"type","valueCode":"insert"},\
                {"name":"path","valueString":"Patient.name[0].given"},\
                {"name":"index","valueInteger":1},{"name":"value","valueString":"New"}]}"""))
        .contains("\"given\":[\"A\",\"New\",\"B\"],\"_given\":[null,null,{\"id\":\"b\"}]");
  }

  @Test
  void elementsAreMovedWithWhatBelongsToThem() {
    assertThat(
            patched(
                PATIENT,
                """
                {"name":"operation","part":[{"name":"type","valueCode":"move"},\
                {"name":"path","valueString":"Patient.name[0].given"},\
                {"name":"source","valueInteger":1},{"name":"destination","valueInteger":0}]}"""))
        .contains("\"given\":[\"B\",\"A\"],\"_given\":[{\"id\":\"b\"},null]");
  }

  @Test
  void anElementIsDeletedAndNothingIfThereIsNone() {
    assertThat(
            patched(
                PATIENT, operation("delete", "Patient.name.where(family='One').given[1]", null)))
        .contains("\"given\":[\"A\"]")
        .doesNotContain("_given");
    assertThat(patched(PATIENT, operation("delete", "Patient.name[1]", null)))
        .doesNotContain("Two");
    assertThat(patched(PATIENT, operation("delete", "Patient.gender", null))).isEqualTo(PATIENT);
    refused(Reason.UNPROCESSABLE, PATIENT, operation("delete", "Patient.name", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient.name.trace('x')",
        "Patient.name.matches('(a+)+b')",
        "Patient.repeat(name)",
        "Patient.name[",
        "resolve()",
        "Patient.descendants()"
      })
  void aPathOnlyChoosesElements(String path) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> FhirPathPatch.of(parameters(operation("delete", path, null))))
        .returns(Reason.MALFORMED, Refusal::reason);
  }

  private static void refused(Reason reason, String resource, String operation) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> patched(resource, operation))
        .returns(reason, Refusal::reason);
  }

  private static String patched(String resource, String operation) {
    return FhirJson.text(FhirPathPatch.of(parameters(operation)).apply(json(resource)));
  }

  private static ObjectNode parameters(String operation) {
    return json("{\"resourceType\":\"Parameters\",\"parameter\":[" + operation + "]}");
  }

  private static String operation(String type, String path, String value) {
    return "{\"name\":\"operation\",\"part\":[{\"name\":\"type\",\"valueCode\":\"%s\"},"
            .formatted(type)
        + "{\"name\":\"path\",\"valueString\":\"%s\"}%s]}"
            .formatted(path, value == null ? "" : ",{\"name\":\"value\"," + value + "}");
  }

  private static String add(String path, String name, String value) {
    return "{\"name\":\"operation\",\"part\":[{\"name\":\"type\",\"valueCode\":\"add\"},"
        + "{\"name\":\"path\",\"valueString\":\"%s\"},{\"name\":\"name\",\"valueString\":\"%s\"},"
            .formatted(path, name)
        + "{\"name\":\"value\",%s}]}".formatted(value);
  }

  private static ObjectNode json(String text) {
    return FhirJson.read(text.getBytes(UTF_8));
  }
}
