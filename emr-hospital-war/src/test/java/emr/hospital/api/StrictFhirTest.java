package emr.hospital.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictFhirTest {

  private static final RecordId RECORD = new RecordId("Observation", "o1");
  private static final StrictFhir FHIR = new StrictFhir();

  @Test
  void whatIsFhirPasses() {
    assertThatCode(
            () ->
                FHIR.check(
                    RECORD,
                    "{\"resourceType\":\"Observation\",\"id\":\"o1\",\"status\":\"final\","
                        + "\"code\":{\"text\":\"pulse\"}}",
                    0))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Observation\",\"diagnosis\":\"SECRET\"}",
        "{\"resourceType\":\"Observation\",\"status\":\"SECRET\"}",
        "{\"resourceType\":\"Observation\",\"status\":[\"SECRET\"]}",
        "{\"resourceType\":\"Observation\",\"code\":\"SECRET\"}",
        "{\"resourceType\":\"Observation\",\"effectiveDateTime\":\"SECRET\"}",
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":\"SECRET\"}}",
        "{\"resourceType\":\"Secret\",\"id\":\"SECRET\"}",
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":{\"a\":\"SECRET\"}}}"
      })
  void whatIsNotIsRefusedWithoutQuotingIt(String content) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> FHIR.check(RECORD, content, 7))
        .returns(Reason.MALFORMED, Refusal::reason)
        .satisfies(
            refusal ->
                assertThat(refusal.explanation())
                    .contains("entry[7]")
                    .doesNotContainIgnoringCase("secret"))
        .withNoCause();
  }
}
