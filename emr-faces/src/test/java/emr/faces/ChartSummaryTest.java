package emr.faces;

import static emr.faces.Sample.TUESDAY;
import static emr.faces.Sample.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class ChartSummaryTest {

  @Test
  void showsTheLatestValueWithItsCourse() {
    var summary =
        ChartSummary.of(
            List.of(
                Sample.stored(weight("a", "60.1", "2026-01-13"), "North"),
                Sample.stored(weight("b", "58.2", "2026-11-20"), "North")),
            TUESDAY);

    assertThat(summary.vitals())
        .singleElement()
        .satisfies(
            vital -> {
              assertThat(vital.value()).isEqualTo("58.2");
              assertThat(vital.unit()).isEqualTo("kg");
              assertThat(vital.when()).isEqualTo("20 Nov 2026");
              assertThat(vital.spark().label()).isEqualTo("Weight: 60.1, 58.2 kg");
              assertThat(vital.spark().points()).isEqualTo("3.0,4.3 117.0,23.7");
            });
  }

  @Test
  void aBloodPressureAboveItsReferenceNeedsAttention() {
    assertThat(attention(Sample.aiko(), Sample.pressure("148", "86")))
        .extracting(ChartItem::title, ChartItem::aside)
        .containsExactly(tuple("Blood pressure 148/86 mmHg", "▲ high"));
  }

  @Test
  void bothNumbersOfABloodPressureAreJudged() {
    assertThat(attention(Sample.aiko(), Sample.pressure("128", "118"))).hasSize(1);
    assertThat(attention(Sample.aiko(), Sample.pressure("128", "78"))).isEmpty();
  }

  @Test
  void aChildIsNotJudgedByWhatIsUsualInAdults() {
    Patient child = Sample.aiko();
    child.setBirthDateElement(new DateType("2024-06-01"));

    assertThat(attention(child, Sample.measured("8867-4", "128", "/min"))).isEmpty();
    assertThat(attention(Sample.aiko(), Sample.measured("8867-4", "128", "/min"))).hasSize(1);
  }

  private static List<ChartItem> attention(Patient patient, Observation observation) {
    return ChartSummary.of(
            List.of(Sample.stored(patient, "North"), Sample.stored(observation, "North")), TUESDAY)
        .attention();
  }

  @Test
  void onlyWhatIsNotYetAtTheCentreCarriesAState() {
    var stored = new Condition().setCode(new CodeableConcept().setText("Gout"));
    var held = new Condition().setCode(new CodeableConcept().setText("Asthma"));

    var summary =
        ChartSummary.of(
            List.of(
                Sample.stored(stored, "North"),
                new ChartRecord(held, "North", "", 1, TUESDAY.now(), CustodyState.HELD)),
            TUESDAY);

    assertThat(summary.underWay()).isEqualTo(1);
    assertThat(summary.problems())
        .extracting(ChartItem::title, ChartItem::state)
        .containsExactlyInAnyOrder(tuple("Gout", null), tuple("Asthma", CustodyState.HELD));
  }
}
