package emr.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import org.junit.jupiter.api.Test;

class RecordTypesTest {

  @Test
  void areThoseOfFhirR4() {
    assertThat(RecordTypes.names())
        .containsExactlyInAnyOrderElementsOf(FhirContext.forR4Cached().getResourceTypes());
  }

  @Test
  void keepTheirNumbers() {
    assertThat(RecordTypes.number("Account")).isEqualTo((short) 1);
    assertThat(RecordTypes.name(RecordTypes.PATIENT)).isEqualTo("Patient");
    assertThat(RecordTypes.number("VisionPrescription")).isEqualTo((short) 146);
  }
}
