package emr.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emr.exchange.record.Refusal.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HAPI's validator, with the libraries that the application carries and no others. */
class ValidatorTest {

  private static final Validator VALIDATOR = new Validator();

  private static List<Fault> faults(String json) throws JsonProcessingException {
    JsonNode resource = new ObjectMapper().readTree(json);
    return VALIDATOR.faults(resource);
  }

  @Test
  void whatIsRightHasNoFault() throws JsonProcessingException {
    assertThat(
            faults(
                """
                {"resourceType":"Observation","status":"final","code":{"text":"weight"},\
                "valueQuantity":{"value":70.5,"unit":"kg"}}"""))
        .isEmpty();
  }

  @Test
  void anInvariantThatIsBrokenIsNamedAndNothingOfTheContentIs() throws JsonProcessingException {
    List<Fault> faults =
        faults(
            """
            {"resourceType":"Observation","status":"final","code":{"text":"secret"},\
            "valueString":"secret","dataAbsentReason":{"text":"secret"}}""");

    assertThat(faults).isNotEmpty();
    assertThat(faults.toString()).contains("obs-6").doesNotContain("secret");
  }

  @Test
  void aCodeOutsideARequiredBindingIsAFault() throws JsonProcessingException {
    assertThat(
            faults(
                """
                {"resourceType":"Encounter","status":"finished",\
                "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},\
                "identifier":[{"use":"no-such-use","value":"x"}]}"""))
        .isNotEmpty();
  }
}
