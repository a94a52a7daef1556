package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.OwnAddresses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {

  static {
    OwnAddresses.are(List.of("http://here/fhir"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/x",
        "Patient/x/_history/3",
        "http://here/fhir/Patient/x",
        "http://here/fhir/Patient/x/_history/3"
      })
  void aPatientOfOursIsNamedEitherWay(String reference) {
    assertThat(Subjects.named(List.of(reference, "Patient/x"))).isEqualTo(new PatientId("x"));
    assertThatCode(() -> Subjects.require(observation(reference), new PatientId("x")))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Subjects.require(observation(reference), new PatientId("y")));
  }

  @Test
  void aPatientOfAnotherServerHasNoChartHere() {
    String reference = "http://there/fhir/Patient/x";

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Subjects.named(List.of(reference)))
        .returns(Reason.UNPROCESSABLE, Refusal::reason);
    for (PatientId chart : new PatientId[] {null, new PatientId("x")}) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> Subjects.require(observation(reference), chart))
          .returns(Reason.UNPROCESSABLE, Refusal::reason);
    }
  }

  @Test
  void whatIsAboutSeveralIsInNobodysChart() {
    assertThat(Subjects.named(List.of("Patient/x", "Patient/y"))).isNull();
    assertThat(Subjects.named(List.of("Group/x"))).isNull();
  }

  private static ObjectNode observation(String subject) {
    return FhirJson.read(
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"%s\"}}"
            .formatted(subject)
            .getBytes(UTF_8));
  }
}
