package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.communication.representation.Rendering;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest {

  private static final RecordId RECORD = new RecordId("Patient", "p");
  private static final byte[] PATIENT =
      "{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1971\"}".getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(strings = {"_summary=true", "_summary=data", "_elements=name"})
  void whatWasReadInPartIsNotPutInThePlaceOfTheWhole(String part) {
    ObjectNode read = FhirJson.read(Rendering.part(part).apply(PATIENT));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Writing.update(RECORD, read, null))
        .returns(Reason.UNPROCESSABLE, Refusal::reason);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Writing.update("Patient", "identifier=x", read, null))
        .returns(Reason.UNPROCESSABLE, Refusal::reason);
  }

  @Test
  void whatWasReadWholeIs() {
    assertThat(Writing.update(RECORD, FhirJson.read(PATIENT), null).record()).isEqualTo(RECORD);
  }
}
