package emr.faces.chart;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.Sample;
import emr.faces.chart.Lanes.Written;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AsKnownTest {

  private static final Instant MORNING = Instant.parse("2026-11-24T00:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");

  @Test
  @Tag("claim-16")
  void whatWasAddedLaterIsShownAsItStood() {
    ChartRecord newest = problem("a", "Confirmed", 2, NOON.plusSeconds(60));
    ChartRecord original = problem("a", "Suspected", 1, MORNING);

    assertThat(AsKnown.unsure(List.of(newest), NOON)).containsExactly("Condition/a");
    assertThat(AsKnown.at(NOON, List.of(newest), List.of(newest, original)))
        .containsExactly(original);
    assertThat(AsKnown.at(NOON.plusSeconds(60), List.of(newest), List.of()))
        .containsExactly(newest);
  }

  @Test
  void whatWasStoredLaterWasNotKnown() {
    ChartRecord later = problem("b", "New", 1, NOON.plusSeconds(1));

    assertThat(AsKnown.unsure(List.of(later), NOON)).isEmpty();
    assertThat(AsKnown.at(NOON, List.of(later), List.of())).isEmpty();
  }

  private static ChartRecord problem(String id, String words, int number, Instant at) {
    var condition = new Condition().setCode(new CodeableConcept().setText(words));
    condition.setId(id);
    return new ChartRecord(condition, "North", "", number, at, null);
  }

  @Test
  void eachHospitalHasALaneWithItsMarksAndWhatLasts() {
    var visit = new Encounter();
    visit.setId("v");
    visit.getPeriod().setStartElement(new DateTimeType("2026-03-01"));
    visit.getPeriod().setEndElement(new DateTimeType("2026-03-09"));
    var drug = new MedicationRequest();
    drug.setId("m");
    drug.setStatus(MedicationRequestStatus.ACTIVE);
    drug.setAuthoredOnElement(new DateTimeType("2026-01-13"));
    drug.setMedication(new CodeableConcept().setText("Metformin 500 mg"));

    Lanes lanes =
        Lanes.of(
            List.of(
                Sample.stored(visit, "North"),
                Sample.stored(drug, "North"),
                Sample.stored(Sample.weight("w", "60", "2026-05-18"), "South")),
            TUESDAY.today().minusYears(1),
            TUESDAY.today(),
            TUESDAY);

    assertThat(lanes.lanes()).extracting(Lanes.Lane::hospital).containsExactly("North", "South");
    assertThat(lanes.lanes().get(0).bars())
        .extracting(Lanes.Bar::css)
        .containsExactlyInAnyOrder("stay", "drug");
    assertThat(lanes.lanes().get(0).bars().get(1).words()).contains("Metformin 500 mg");
    assertThat(lanes.lanes().get(1).marks())
        .singleElement()
        .satisfies(mark -> assertThat(mark.kind()).isEqualTo("results"));
    assertThat(lanes.ticks()).isNotEmpty();
  }

  @Test
  void aNameOfADrugStaysInTheBoxWhereverItBegins() {
    String name = "Amoxicillin 250 mg / Clavulanate 125 mg oral tablet";
    Written early = Written.at(20, name);
    assertThat(early.text()).isEqualTo(name);
    assertThat(early.anchor()).isEqualTo("start");
    Written late = Written.at(960, name);
    assertThat(late.text()).isEqualTo(name);
    assertThat(late.anchor()).isEqualTo("end");
    assertThat(Double.parseDouble(late.x())).isLessThan(Lanes.WIDTH);
    assertThat(Written.at(800, "アモキシシリン・クラブラン酸カリウム配合錠").anchor()).isEqualTo("end");
    assertThat(Written.at(20, name.repeat(9)).text()).hasSizeLessThan(150).endsWith("…");
  }

  @Test
  void aCardAsksForLittleWhateverTheChart() {
    for (SummaryCard card : SummaryCard.values()) {
      assertThat(card.queries("x"))
          .hasSizeBetween(1, 3)
          .allSatisfy(
              query ->
                  assertThat(query).containsPattern("^Patient/x$|patient=x&.*_count=\\d{1,3}$"));
    }
  }

  @Test
  void aRecordWithoutADateStandsInNoLane() {
    var problem = new Condition().setCode(new CodeableConcept().setText("Gout"));

    assertThat(
            Lanes.of(List.of(Sample.stored(problem, "North")), null, TUESDAY.today(), TUESDAY)
                .lanes())
        .isEmpty();
    assertThat(ChartSummary.item(Sample.stored(problem, "North"), TUESDAY).title())
        .isEqualTo("Gout");
  }
}
