package emr.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Fault;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructureTest {

  @Property(tries = 1500)
  void whatTheDefinitionsAllowPasses(@ForAll long seed) {
    ObjectNode resource = new AnyResource(seed).next();
    assertThatCode(() -> Structure.check(resource)).as("%s", resource).doesNotThrowAnyException();
  }

  @Property(tries = 6000)
  void whatTheStrictParserRefusesDoesNotPass(@ForAll long seed) {
    var any = new AnyResource(seed);
    ObjectNode resource = FhirJson.read(FhirJson.write(any.next()));
    any.spoil(resource);
    if (isRefusedByTheParser(resource)) {
      assertThatExceptionOfType(Refusal.class)
          .as("%s", resource)
          .isThrownBy(() -> FhirJson.check(resource));
    }
  }

  private static boolean isRefusedByTheParser(ObjectNode resource) {
    try {
      FhirJson.model(resource);
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'resourceType':'Patient','secret':1} | Patient.secret",
        "{'resourceType':'Patient','name':[{'resourceType':'x'}]} | Patient.name[0].resourceType",
        "{'resourceType':'Patient','name':[{'family':'a'},{'famly':'b'}]} | Patient.name[1].famly",
        "{'resourceType':'Patient','birthDate':'2026-02-30'} | Patient.birthDate",
        "{'resourceType':'Patient','birthDate':'26-02-03'} | Patient.birthDate",
        "{'resourceType':'Patient','gender':'Male'} | Patient.gender",
        "{'resourceType':'Patient','active':'true'} | Patient.active",
        "{'resourceType':'Patient','multipleBirthInteger':1.5} | Patient.multipleBirthInteger",
        "{'resourceType':'Patient','multipleBirthInteger':3000000000}"
            + " | Patient.multipleBirthInteger",
        "{'resourceType':'Patient','deceasedBoolean':true,'active':true,"
            + "'deceasedDateTime':'2026'} | Patient.deceasedDateTime",
        "{'resourceType':'Patient','deceasedDateTime':'2026-01-01T10:00Z'}"
            + " | Patient.deceasedDateTime",
        "{'resourceType':'Patient','deceasedDateTime':'2026-01-01T24:00:00Z'}"
            + " | Patient.deceasedDateTime",
        "{'resourceType':'Patient','id':'a b'} | Patient.id",
        "{'resourceType':'Patient','language':' en'} | Patient.language",
        "{'resourceType':'Patient','_birthDate':{}} | Patient._birthDate",
        "{'resourceType':'Patient','_birthDate':{'value':'x'}} | Patient._birthDate.value",
        "{'resourceType':'Patient','name':[{'given':[null],'family':'x'}]}"
            + " | Patient.name[0].given[0]",
        "{'resourceType':'Patient','contained':[{'resourceType':'Organization'}]}"
            + " | Patient.contained[0]",
        "{'resourceType':'Patient','managingOrganization':{'reference':'#o'}}"
            + " | Patient.managingOrganization.reference",
        "{'resourceType':'Patient','extension':[{'url':'u','valueString':'v',"
            + "'extension':[{'url':'w','valueString':'v'}]}]} | Patient.extension[0]",
        "{'resourceType':'Bundle','type':'collection','entry':[{'resource':"
            + "{'resourceType':'Patient','x':1}}]} | Bundle.entry[0].resource.x"
      })
  void whatIsNotAsDefinedIsNamed(String json, String expression) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> FhirJson.check(FhirJson.read(json.replace('\'', '"').getBytes(UTF_8))))
        .returns(Reason.MALFORMED, Refusal::reason)
        .satisfies(
            refusal ->
                assertThat(refusal.faults()).extracting(Fault::expression).contains(expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'resourceType':'Patient','name':[{'given':[null,'x'],'_given':[{'id':'g'},null]}]}",
        "{'resourceType':'Patient','_gender':{'extension':[{'url':'u','valueCode':'c'}]}}",
        "{'resourceType':'Patient','deceasedDateTime':'2026-01-01T00:00:00.123456-12:30'}",
        "{'resourceType':'Patient','contained':[{'resourceType':'Organization','id':'o',"
            + "'name':'n'}],'managingOrganization':{'reference':'#o'}}",
        "{'resourceType':'Patient','contained':[{'resourceType':'Patient','id':'p','link':[{"
            + "'other':{'reference':'#'},'type':'seealso'}]}],'link':[{'other':"
            + "{'reference':'#p'},'type':'refer'}]}"
      })
  void whatIsAsDefinedPasses(String json) {
    assertThatCode(() -> FhirJson.check(FhirJson.read(json.replace('\'', '"').getBytes(UTF_8))))
        .doesNotThrowAnyException();
  }
}
