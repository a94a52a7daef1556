package emr.faces;

import static emr.faces.Sample.TUESDAY;
import static emr.faces.Sample.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
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
    var pressure = new Observation();
    pressure.setId("p");
    pressure.setCode(Sample.loinc("85354-9", "Blood pressure panel"));
    pressure.setEffective(new DateTimeType("2026-11-24"));
    component(pressure, "8480-6", "148");
    component(pressure, "8462-4", "86");

    var summary = ChartSummary.of(List.of(Sample.stored(pressure, "North")), TUESDAY);

    assertThat(summary.attention())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.title()).isEqualTo("Blood pressure 148/86 mmHg");
              assertThat(item.aside()).isEqualTo("▲ high");
            });
  }

  private static void component(Observation panel, String code, String value) {
    panel
        .addComponent()
        .setCode(Sample.loinc(code, code))
        .setValue(new Quantity().setValue(new BigDecimal(value)).setCode("mm[Hg]"));
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
