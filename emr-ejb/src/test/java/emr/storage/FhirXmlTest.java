package emr.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.validation.AnyResource;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
    String xml = FhirXml.toXml(sent.deepCopy(), false);
    assertThat(xml).contains("1.500").contains("0.0010");
    assertThat(fromXml(xml)).isEqualTo(sent);
  }

  private static ObjectNode fromXml(String xml) {
    return FhirJson.read(FhirXml.toJson(xml.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e3",
        "1E+3",
        "1.0E-5",
        "-0.0",
        "0.00000010",
        "1.50",
        "100",
        "-12345678901234567"
      })
  void aDecimalKeepsItsDigits(String decimal) {
    String json =
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":" + decimal + "}}";
    String xml = FhirXml.toXml(FhirJson.read(json.getBytes(UTF_8)), false);
    assertThat(xml).contains("<value value=\"" + decimal + "\"/>");
    assertThat(new String(FhirXml.toJson(xml.getBytes(UTF_8)), UTF_8)).isEqualTo(json);
  }

  @Test
  void whatHasSomethingBesideItsValueKeepsItsPlaceInTheList() {
    String beside = "{\"id\":\"i\",\"extension\":[{\"url\":\"u\",\"valueBoolean\":true}]}";
    String json =
        "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"a\",null,\"c\"],\"_given\":[null,"
            + beside
            + ",null]}],\"_birthDate\":"
            + beside
            + "}";
    assertThat(fromXml(FhirXml.toXml(FhirJson.read(json.getBytes(UTF_8)), true)))
        .isEqualTo(FhirJson.read(json.getBytes(UTF_8)));
  }

  @Property(tries = 300)
  void anyResourceComesBackAsItWas(@ForAll long seed) {
    ObjectNode resource = FhirJson.read(FhirJson.write(new AnyResource(seed).next()));
    // HAPI writes neither codings there without system and code, nor the url of that extension
    resource.remove("meta");
    Assume.that(resource.findValue("defaultValueExtension") == null);
    ObjectNode back = fromXml(FhirXml.toXml(resource.deepCopy(), false));
    assertThat(KeptForm.same(back, resource)).as("%s, not %s", back, resource).isTrue();
  }

  @Test
  void whatSaysNothingOfTheResourceIsLeftOut() {
    assertThat(
            fromXml(
                "<?xml version=\"1.0\"?><?style a & b?><!-- R & D --><Patient"
                    + FHIR
                    + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                    + " xsi:schemaLocation=\"http://hl7.org/fhir fhir-all.xsd\">"
                    + "<!-- <x> --><?x <y>?><active value=\"true\"/></Patient><?end?>"))
        .isEqualTo(FhirJson.read("{\"resourceType\":\"Patient\",\"active\":true}".getBytes(UTF_8)));
  }

  @Test
  void everyFaultIsNamedWithItsPlace() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                FhirJson.check(
                    fromXml(
                        "<Patient"
                            + FHIR
                            + " colour=\"red\"><secret value=\"x\"/><active value=\"yes\"/>"
                            + "<name>words<family value=\"a\"/><family value=\"b\"/></name>"
                            + "<birthDate/><_gender/><multipleBirthInteger value=\"1.5\"/>"
                            + "<x:gender xmlns:x=\"urn:x\" value=\"male\"/></Patient>")))
        .satisfies(
            refusal ->
                assertThat(refusal.faults())
                    .extracting(Refusal.Fault::expression)
                    .containsExactlyInAnyOrder(
                        "Patient.colour",
                        "Patient.secret",
                        "Patient.active",
                        "Patient.name[0].?",
                        "Patient.name[0].family",
                        "Patient.birthDate",
                        "Patient.?",
                        "Patient.multipleBirthInteger"));
  }

  @Test
  void aNarrativeKeepsItsBlanks() {
    String div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">\n <pre>a\n   b</pre>\n</div>";
    ObjectNode patient = FhirJson.read("{\"resourceType\":\"Patient\"}".getBytes(UTF_8));
    patient.putObject("text").put("status", "generated").put("div", div);
    assertThat(FhirXml.toXml(patient, false)).contains(div);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n <pre>a\n   b</pre>\n",
        "<br/>x<br />&quot;it's&#160;so&gt;\"",
        "a<img alt='/>' src='x'/>",
        "a<!-- </div> --><![CDATA[</div>]]><div>b<div/></div >"
      })
  void aNarrativeComesInTheVeryWords(String inside) {
    String div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + inside + "</div>";
    String xml =
        "<Patient%s><text><status value=\"generated\"/>%s</text><active value=\"true\"/></Patient>"
            .formatted(FHIR, div);
    ObjectNode patient = fromXml(xml);
    assertThat(patient.at("/text/div").textValue()).isEqualTo(div);
    assertThat(patient.path("active").booleanValue()).isTrue();
    FhirJson.check(patient);
  }

  @Test
  void aNarrativeMayInheritItsNamespace() {
    ObjectNode patient =
        fromXml(
            "<f:Patient xmlns:f=\"http://hl7.org/fhir\" xmlns=\"http://www.w3.org/1999/xhtml\">"
                + "<f:text><f:status value=\"generated\"/><div>a</div></f:text></f:Patient>");
    assertThat(patient.at("/text/div").textValue())
        .isEqualTo("<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>");
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
