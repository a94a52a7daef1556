package emr.hospital.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.hospital.api.Placeholders.Resolved;
import emr.hospital.api.Placeholders.Submitted;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

  private static final String REGISTRATION =
      entry("urn:uuid:p", "POST Patient", "{\"resourceType\":\"Patient\",\"id\":\"x\"}");

  @Test
  void aPlaceholderBecomesTheIdGivenToItsEntry() {
    Submitted submitted =
        resolve(
            REGISTRATION,
            entry(
                "urn:uuid:o",
                "POST Observation",
                "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"urn:uuid:p\"}}"));

    Resolved patient = submitted.records().get(0);
    Resolved observation = submitted.records().get(1);
    assertThat(patient.record()).isEqualTo(submitted.patient().record());
    assertThat(observation.record().patientKey()).isEqualTo(patient.record().patientKey());
    assertThat(observation.content().at("/subject/reference").asText())
        .isEqualTo(patient.record().toString());
    assertThat(observation.content().path("id").asText()).isEqualTo(observation.record().id());
  }

  @Test
  void aPlaceholderMayStandBeforeItsEntry() {
    Submitted submitted =
        resolve(
            entry(
                "urn:uuid:o",
                "POST Observation",
                "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"urn:uuid:p\"}}"),
            REGISTRATION);

    assertThat(submitted.records().get(0).content().at("/subject/reference").asText())
        .isEqualTo(submitted.patient().record().toString());
  }

  @Test
  void aConditionalReferenceBecomesALogicalOneThatKeepsItsDisplay() {
    Submitted submitted =
        resolve(
            entry(
                "urn:uuid:e",
                "POST Encounter",
                "{\"resourceType\":\"Encounter\",\"participant\":[{\"individual\":{\"reference\":"
                    + "\"Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999\","
                    + "\"display\":\"Dr. X\"}}],\"subject\":{\"reference\":\"Patient/ada\"}}"));

    var individual = submitted.records().get(0).content().at("/participant/0/individual");
    assertThat(individual.has("reference")).isFalse();
    assertThat(individual.path("type").asText()).isEqualTo("Practitioner");
    assertThat(individual.at("/identifier/system").asText())
        .isEqualTo("http://hl7.org/fhir/sid/us-npi");
    assertThat(individual.at("/identifier/value").asText()).isEqualTo("9999");
    assertThat(individual.path("display").asText()).isEqualTo("Dr. X");
  }

  @Test
  void anAttachmentFindsItsBinary() {
    Submitted submitted =
        resolve(
            entry(
                "urn:uuid:d",
                "POST DocumentReference",
                "{\"resourceType\":\"DocumentReference\",\"subject\":{\"reference\":\"Patient/ada\"},"
                    + "\"content\":[{\"attachment\":{\"url\":\"urn:uuid:b\"}}]}"),
            entry("urn:uuid:b", "POST Binary", "{\"resourceType\":\"Binary\"}"));

    assertThat(submitted.records().get(0).content().at("/content/0/attachment/url").asText())
        .isEqualTo(submitted.records().get(1).record().toString());
  }

  @Test
  void anAdditionSaysWhichVersionItsAuthorHad() {
    Submitted submitted =
        resolve(
            """
            {"request":{"method":"PUT","url":"Observation/o1","ifMatch":"W/\\"3\\""},
             "resource":{"resourceType":"Observation","subject":{"reference":"Patient/ada"}}}""");

    Resolved addition = submitted.records().get(0);
    assertThat(addition.record()).isEqualTo(new RecordId("Observation", "o1"));
    assertThat(addition.basedOn()).isEqualTo(3);
  }

  @Test
  void anAdditionThatDoesNotSayItIsRefused() {
    assertRefused(
        Reason.UNPROCESSABLE,
        entry("", "PUT Observation/o1", "{\"resourceType\":\"Observation\"}"));
  }

  @Test
  void twoPatientsInOneSubmissionAreRefused() {
    assertRefused(
        Reason.UNPROCESSABLE,
        entry(
            "",
            "POST Observation",
            "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/a\"},"
                + "\"performer\":[{\"reference\":\"Patient/b\"}]}"));
  }

  @Test
  void aReferenceToSomethingThatIsNotInTheBundleIsRefused() {
    assertRefused(
        Reason.UNPROCESSABLE,
        entry(
            "",
            "POST Observation",
            "{\"resourceType\":\"Observation\",\"encounter\":{\"reference\":\"urn:uuid:gone\"}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE Observation/o1", "GET Observation/o1", "PATCH Observation/o1"})
  void nothingButMakingAndAddingIsServed(String request) {
    assertRefused(Reason.NOT_SUPPORTED, entry("", request, "{\"resourceType\":\"Observation\"}"));
  }

  @Test
  void aNumberKeepsItsDigits() {
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
            + entry(
                "",
                "POST Observation",
                "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":71.50}}")
            + "]}";
    var body = new Body();
    body.limit = 1000;

    var submitted =
        Placeholders.resolve(body.object(new ByteArrayInputStream(bundle.getBytes(UTF_8))));

    assertThat(submitted.records().get(0).content()).asString().contains("71.50");
  }

  private static void assertRefused(Reason reason, String... entries) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> resolve(entries))
        .returns(reason, Refusal::reason);
  }

  private static Submitted resolve(String... entries) {
    return Placeholders.resolve(
        bundle(
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                + String.join(",", entries)
                + "]}"));
  }

  private static ObjectNode bundle(String json) {
    try {
      return (ObjectNode) new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String entry(String fullUrl, String request, String resource) {
    String[] parts = request.split(" ");
    return "{\"fullUrl\":\"%s\",\"request\":{\"method\":\"%s\",\"url\":\"%s\"},\"resource\":%s}"
        .formatted(fullUrl, parts[0], parts[1], resource);
  }
}
