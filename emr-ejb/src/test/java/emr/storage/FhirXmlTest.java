package emr.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirXmlTest {

  private static final String FHIR = " xmlns=\"http://hl7.org/fhir\"";

  @Test
  void whatGoesOutAsXmlComesBackAsItWas() {
    String json =
        """
        {"resourceType":"Observation","id":"x","meta":{"versionId":"3","tag":[{"code":"t"}]},
         "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">\u6cbb &amp; x</div>"},
         "contained":[{"resourceType":"Patient","id":"p","birthDate":"1971"}],
         "extension":[{"url":"http://e","valueDecimal":1.00}],
         "status":"final","_status":{"id":"s","extension":[{"url":"http://e","valueString":"v"}]},
         "code":{"text":"t\\ttab"},"subject":{"reference":"#p"},
         "performer":[{"reference":"Practitioner/1/_history/2"}],
         "effectiveDateTime":"2026-01-01T00:00:00.120+09:00",
         "valueQuantity":{"value":1.500,"unit":"mg"},
         "component":[{"code":{"text":"c"},"valueQuantity":{"value":0.0010}},
                      {"code":{"text":"d"},"valueQuantity":{"value":100}}]}
        """;
    ObjectNode sent = FhirJson.read(json.getBytes(UTF_8));
    String xml = FhirXml.toXml(sent, false);
    assertThat(xml).contains("1.500").contains("0.0010");
    ObjectNode back = FhirJson.read(FhirXml.toJson(xml.getBytes(UTF_8)));
    assertThat(back).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "<Patient/>",
        "<Spaceship" + FHIR + "/>",
        "<Patient" + FHIR + "><name>",
        "<Patient" + FHIR + "><secret value=\"x\"/></Patient>",
        "<Patient" + FHIR + "><birthDate value=\"secret\"/></Patient>",
        "<Patient" + FHIR + "><name><family value=\"&nbsp;\"/></name></Patient>",
        "<Patient" + FHIR + "><name><family value=\"&secret;\"/></name></Patient>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Patient"
            + FHIR
            + "><name><family value=\"&x;\"/></name></Patient>",
        "<!DOCTYPE a><Patient" + FHIR + "/>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Patient" + FHIR + "/>"
      })
  void whatIsNoResourceInXmlIsRefused(String xml) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> FhirJson.check(FhirJson.read(FhirXml.toJson(xml.getBytes(UTF_8)))))
        .returns(Reason.MALFORMED, Refusal::reason);
  }

  @Test
  void elementsLieInEachOtherAHundredTimesAtMost() {
    String deep =
        "<Patient"
            + FHIR
            + ">"
            + "<extension url=\"x\">".repeat(200)
            + "</extension>".repeat(200)
            + "</Patient>";
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FhirXml.toJson(deep.getBytes(UTF_8)));
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    byte[] latin =
        ("<Patient" + FHIR + "><name><family value=\"M\u00fcller\"/></name></Patient>")
            .getBytes(ISO_8859_1);
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FhirXml.toJson(latin));
  }
}
