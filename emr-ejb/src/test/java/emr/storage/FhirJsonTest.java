package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"a\":1,}",
        "{\"a\":1}{}",
        "{\"a\":1,\"a\":2}",
        "{\"secret",
        "{\"resourceType\":\"Patient\",\"birthDate\":\"secret\"}",
        "{\"resourceType\":\"Patient\",\"gender\":\"secret\"}",
        "{\"resourceType\":\"Patient\",\"secret\":\"x\"}",
        "{\"resourceType\":\"Patient\",\"name\":\"secret\"}",
        "{\"resourceType\":\"Patient\",\"active\":\"secret\"}",
        "{\"resourceType\":\"Patient\",\"gender\":[\"male\"]}",
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":\"secret\"}}",
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":\"5\"}}",
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1e999999999}}",
        "{\"resourceType\":\"Patient\",\"birthDate\":1971}",
        "{\"resourceType\":\"Patient\",\"active\":\"true\"}",
        "{\"resourceType\":\"Patient\",\"name\":[]}",
        "{\"resourceType\":\"Patient\",\"name\":[{}]}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"given\":\"secret\"}]}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[1]}]}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\\u0000b\"}]}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\\ud800b\"}]}",
        "{\"resourceType\":\"Patient\",\"gender\":null}",
        "{\"resourceType\":\"Patient\",\"contained\":[{\"resourceType\":\"Nonsense\"}]}"
      })
  void whatIsNoResourceIsRefusedAndNotRepeated(String json) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> FhirJson.check(FhirJson.read(json.getBytes(UTF_8))))
        .returns(Reason.MALFORMED, Refusal::reason)
        .satisfies(
            refusal -> {
              if (!json.contains("\"secret\":")) {
                assertThat(refusal.explanation()).doesNotContain("secret");
              }
            });
  }

  @Test
  void elementsLieInEachOtherAHundredTimesAtMost() {
    String deep = "{\"a\":".repeat(101) + "1" + "}".repeat(101);
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FhirJson.read(deep.getBytes(UTF_8)));
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    for (Charset other : List.of(UTF_16, UTF_16LE, UTF_16BE)) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> FhirJson.read("{\"resourceType\":\"Patient\"}".getBytes(other)))
          .returns(Reason.MALFORMED, Refusal::reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'resourceType':'Observation','status':'final'} | Observation.code",
        "{'resourceType':'Patient','link':[{'type':'seealso'}]} | Patient.link[0].other",
        "{'resourceType':'Observation','status':'final','code':{'text':'c'},"
            + "'subject':{'reference':'Encounter/1'}} | Observation.subject.reference",
        "{'resourceType':'Patient','text':{'status':'generated','div':"
            + "'<div xmlns=\\u0022http://www.w3.org/1999/xhtml\\u0022><script/></div>'}}"
            + "| Patient.text.div"
      },
      quoteCharacter = '`')
  void whatIsAgainstARuleIsNamed(String json, String expression) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> FhirJson.check(FhirJson.read(json.replace('\'', '"').getBytes(UTF_8))))
        .returns(Reason.UNPROCESSABLE, Refusal::reason)
        .satisfies(
            refusal -> assertThat(refusal.faults().get(0).expression()).isEqualTo(expression));
  }

  @Test
  void decimalsAreWrittenAsTheyWereRead() {
    String json = "{\"a\":1.50,\"b\":0.0010,\"c\":100}";
    assertThat(FhirJson.text(FhirJson.read(json.getBytes(UTF_8)))).isEqualTo(json);
  }

  @Test
  void whatIsRightPasses() {
    String json =
        """
        {"resourceType":"Observation","id":"x","status":"final","code":{"text":"t"},
         "subject":{"reference":"Patient/p"},"valueQuantity":{"value":1.50,"unit":"mg"},
         "extension":[{"url":"http://e","valueString":"v"}],"_status":{"id":"s"}}
        """;
    assertThatCode(() -> FhirJson.check(FhirJson.read(json.getBytes(UTF_8))))
        .doesNotThrowAnyException();
  }
}
