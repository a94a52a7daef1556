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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {

  private static final String PLACEHOLDER = "urn:uuid:8f2b6c0e-0000-4000-8000-000000000001";
  private static final RecordId RECORD = new RecordId("Patient", "new");

  private final References references = new References(reference -> "Practitioner/found");

  @Test
  void placeholdersBecomeIdsWhereverAnElementLeadsSomewhere() {
    references.add(PLACEHOLDER, RECORD, true);
    references.add("urn:oid:1.2.3", new RecordId("Observation", "o"), true);

    assertThat(
            resolved(
                """
                {"resourceType":"DocumentReference","_status":{"extension":[{"url":"x",\
                "valueReference":{"reference":"%1$s"}}]},"subject":{"reference":"%1$s"},\
                "extension":[{"url":"x","valueUri":"urn:oid:1.2.3"},\
                {"url":"x","valueOid":"urn:oid:1.2.3"},{"url":"x","valueUuid":"%1$s"}],\
                "content":[{"attachment":{"url":"%1$s"}}],\
                "contained":[{"resourceType":"Device","id":"d","url":"%1$s",\
                "patient":{"reference":"%1$s"}}]}"""
                    .formatted(PLACEHOLDER)))
        .isEqualTo(
            """
            {"resourceType":"DocumentReference","_status":{"extension":[{"url":"x",\
            "valueReference":{"reference":"Patient/new"}}]},"subject":{"reference":"Patient/new"},\
            "extension":[{"url":"x","valueUri":"Observation/o"},\
            {"url":"x","valueOid":"Observation/o"},{"url":"x","valueUuid":"Patient/new"}],\
            "content":[{"attachment":{"url":"Patient/new"}}],\
            "contained":[{"resourceType":"Device","id":"d","url":"Patient/new",\
            "patient":{"reference":"Patient/new"}}]}""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resourceType':'DocumentReference','masterIdentifier':{'system':'%s','value':'%s'}}",
        "{'resourceType':'Observation','code':{'text':'%s','coding':[{'display':'%s'}]}}",
        "{'resourceType':'Questionnaire','url':'%s','item':[{'answerValueSet':'%s'}]}",
        "{'resourceType':'Observation','meta':{'profile':['%s']},'valueString':'%s'}",
        "{'resourceType':'Patient','extension':[{'url':'%s','valueCanonical':'%s'}]}",
        "{'resourceType':'Patient','name':[{'given':['%s'],'text':'%s'}]}",
        "{'resourceType':'Spaceship','reference':'%s','subject':{'reference':'%s'}}"
      })
  void whatOnlyReadsLikeAPlaceholderStays(String resource) {
    for (String fullUrl : new String[] {PLACEHOLDER, "http://elsewhere.example/Patient/7"}) {
      references.add(fullUrl, RECORD, true);
      String json = resource.formatted(fullUrl, fullUrl).replace('\'', '"');
      assertThat(resolved(json)).isEqualTo(json);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PLACEHOLDER, "https://elsewhere.example/fhir/Patient/7"})
  void aNarrativesLinksAreResolvedAndItsWordsStay(String fullUrl) {
    references.add(fullUrl, RECORD, true);
    String div =
        "<div xmlns='http://www.w3.org/1999/xhtml'>%1$s href='%1$s' <!-- <a href='%1$s'> -->"
            + "<a title=' href=&quot;%1$s&quot; ' href='%2$s'>it's %1$s</a><img alt='%1$s'"
            + "\n src = '%2$s'/><![CDATA[<a href='%1$s'>]]></div>";
    assertThat(
            resolved(
                "{\"resourceType\":\"Composition\",\"section\":[{\"text\":{\"div\":\"%s\"}}]}"
                    .formatted(div.formatted(fullUrl, fullUrl).replace("\n", "\\n"))))
        .contains(div.formatted(fullUrl, "Patient/new").replace("\n", "\\n"));
  }

  @Test
  void whatStoodElsewhereIsFoundUnderItsNewId() {
    references.add("https://elsewhere.example/fhir/Patient/7", RECORD, true);

    assertThat(
            resolved(
                """
                {"resourceType":"Observation","subject":{"reference":"Patient/7"},\
                "focus":[{"reference":"https://elsewhere.example/fhir/Patient/7"}]}"""))
        .isEqualTo(
            """
            {"resourceType":"Observation","subject":{"reference":"Patient/new"},\
            "focus":[{"reference":"Patient/new"}]}""");
  }

  @Test
  void aConditionalReferenceIsAskedOnce() {
    assertThat(
            resolved(
                """
                {"resourceType":"Observation",\
                "performer":[{"reference":"Practitioner?identifier=a|b"}]}"""))
        .isEqualTo(
            """
            {"resourceType":"Observation",\
            "performer":[{"reference":"Practitioner/found"}]}""");
  }

  @Test
  void aPlaceholderThatStandsForNothingIsRefused() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                resolved(
                    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"%s\"}}"
                        .formatted(PLACEHOLDER)))
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
