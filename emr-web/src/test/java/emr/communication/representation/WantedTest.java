package emr.communication.representation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/fhir+json",
        "application/fhir+xml;q=0.5, */*;q=0.1",
        "image/png, application/json",
        "text/xml",
        "Application/FHIR+JSON;fhirVersion=4.0"
      })
  void aFormOfFhirIsNamed(String accept) {
    assertThat(Wanted.namesForm(accept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*/*", "image/png", "application/*", "text/*", "application/fhir+json;q=0", ""})
  void noFormOfFhirIsNamed(String accept) {
    assertThat(Wanted.namesForm(accept)).isFalse();
    assertThat(Wanted.namesForm(null)).isFalse();
  }
}
