package emr.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import org.junit.jupiter.api.Test;

class ReferencesTest {

  private static final String PLACEHOLDER = "urn:uuid:8f2b6c0e-0000-4000-8000-000000000001";
  private static final RecordId RECORD = new RecordId("Patient", "new");

  private final References references = new References(reference -> "Practitioner/found");

  @Test
  void placeholdersBecomeIdsWhereverTheyRefer() {
    references.add(PLACEHOLDER, RECORD, true);
    references.add("urn:oid:1.2.3", new RecordId("Observation", "o"), true);

    assertThat(
            resolved(
                """
                {"subject":{"reference":"%s"},"url":"urn:oid:1.2.3","text":{"div":"<a href='%s'/>"},\
                "identifier":[{"value":"urn:uuid:other"}],"list":["%s"]}"""
                    .formatted(PLACEHOLDER, PLACEHOLDER, PLACEHOLDER)))
        .isEqualTo(
            """
            {"subject":{"reference":"Patient/new"},"url":"Observation/o",\
            "text":{"div":"<a href='Patient/new'/>"},\
            "identifier":[{"value":"urn:uuid:other"}],"list":["Patient/new"]}""");
  }

  @Test
  void whatStoodElsewhereIsFoundUnderItsNewId() {
    references.add("https://elsewhere.example/fhir/Patient/7", RECORD, true);

    assertThat(
            resolved(
                "{\"a\":{\"reference\":\"Patient/7\"},\"b\":{\"reference\":\"https://elsewhere.example/fhir/Patient/7\"}}"))
        .isEqualTo("{\"a\":{\"reference\":\"Patient/new\"},\"b\":{\"reference\":\"Patient/new\"}}");
  }

  @Test
  void aConditionalReferenceIsAskedOnce() {
    assertThat(resolved("{\"performer\":[{\"reference\":\"Practitioner?identifier=a|b\"}]}"))
        .isEqualTo("{\"performer\":[{\"reference\":\"Practitioner/found\"}]}");
  }

  @Test
  void aPlaceholderThatStandsForNothingIsRefused() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> resolved("{\"subject\":{\"reference\":\"" + PLACEHOLDER + "\"}}"))
        .returns(Reason.MALFORMED, Refusal::reason);
  }

  @Test
  void twoEntriesDoNotGoByTheSame() {
    references.add(PLACEHOLDER, RECORD, true);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> references.add(PLACEHOLDER, new RecordId("Patient", "other"), true))
        .returns(Reason.MALFORMED, Refusal::reason);
  }

  private String resolved(String json) {
    ObjectNode tree = FhirJson.read(json.getBytes(UTF_8));
    references.resolveIn(tree);
    return FhirJson.text(tree);
  }
}
