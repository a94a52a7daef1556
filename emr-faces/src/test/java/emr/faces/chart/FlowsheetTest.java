package emr.faces.chart;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import emr.faces.ChartRecord;
import emr.faces.Flag;
import emr.faces.Sample;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Size;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

class FlowsheetTest {

  private static final LocalDate LONG_AGO = LocalDate.of(1959, 3, 14);

  @Test
  void theNewestStandsAtTheRightAndIsJudgedByItsOwnReference() {
    var sheet =
        sheet(
            potassium("b", "4.9", "2026-11-20", "3.6", "4.8"),
            potassium("a", "4.3", "2026-01-13", "3.6", "4.8"));

    assertThat(sheet.columns())
        .extracting(Flowsheet.Column::day)
        .containsExactly("13 Jan 2026", "20 Nov 2026");
    Flowsheet.Row row = sheet.groups().get(0).rows().get(0);
    assertThat(row.reference()).isEqualTo("3.6–4.8");
    assertThat(row.cells()).extracting(Flowsheet.Cell::shown).containsExactly("4.3", "4.9");
    assertThat(row.cells().get(1).flag()).isEqualTo(Flag.HIGH);
    assertThat(row.spark().label()).isEqualTo("Potassium: 4.3, 4.9 mmol/L");
  }

  @Test
  void valuesInDifferentUnitsNeverShareARow() {
    Observation milligrams = potassium("b", "19.2", "2026-11-20", null, null);
    milligrams.getValueQuantity().setUnit("mg/dL").setCode("mg/dL");

    var sheet = sheet(milligrams, potassium("a", "4.3", "2026-01-13", null, null));

    assertThat(sheet.groups().get(0).rows())
        .extracting(Flowsheet.Row::unit)
        .containsExactlyInAnyOrder("mg/dL", "mmol/L");
  }

  @Test
  void bothNumbersOfABloodPressureStandTogetherTheSystolicFirst() {
    Observation pressure = Sample.pressure("128", "118");
    pressure.addCategory().addCoding().setCode("laboratory");
    Collections.reverse(pressure.getComponent());
    Observation between = potassium("b", "1", "2026-11-20", null, null);
    between.setCode(Sample.loinc("99999-9", "Erythrocytes"));

    List<Flowsheet.Row> rows = sheet(between, pressure).groups().get(0).rows();
    assertThat(rows)
        .extracting(Flowsheet.Row::label, Flowsheet.Row::reference)
        .containsExactly(
            tuple("Systolic blood pressure", "90–140"),
            tuple("Diastolic blood pressure", "60–90"),
            tuple("Erythrocytes", ""));
    assertThat(rows.get(0).cells()).extracting(Flowsheet.Cell::flag).contains(Flag.IN_RANGE);
    assertThat(rows.get(1).cells()).extracting(Flowsheet.Cell::flag).contains(Flag.HIGH);
  }

  @Test
  void theLastOfADayIsShownAndTheOthersAreCounted() {
    var sheet =
        sheet(
            potassium("a", "4.3", "2026-01-13T08:00:00+09:00", null, null),
            potassium("b", "4.6", "2026-01-13T17:00:00+09:00", null, null));

    assertThat(sheet.groups().get(0).rows().get(0).cells())
        .containsExactly(new Flowsheet.Cell("4.6", Flag.IN_RANGE, "b", 1));
  }

  @Test
  void aChildIsNotJudgedByTheUsualReferenceOfAdults() {
    List<ChartRecord> records =
        List.of(Sample.stored(potassium("a", "5.6", "2026-01-13", null, null), "North"));

    assertThat(flag(records, LONG_AGO)).isEqualTo(Flag.HIGH);
    assertThat(flag(records, LocalDate.of(2008, 6, 1))).as("a child then").isEqualTo(Flag.NONE);
    assertThat(flag(records, null)).isEqualTo(Flag.NONE);
  }

  private static Flag flag(List<ChartRecord> records, LocalDate born) {
    return Flowsheet.values(records, born, TUESDAY).get(0).flag();
  }

  @Test
  void whatWasEnteredInErrorIsNotShown() {
    Observation wrong = potassium("a", "9.9", "2026-01-13", null, null);
    wrong.setStatus(ObservationStatus.ENTEREDINERROR);

    assertThat(sheet(wrong).vacant()).isTrue();
  }

  @Test
  void twoDatesStandBesideEachOtherWithTheChangeBetweenThem() {
    List<ChartRecord> records =
        List.of(
            Sample.stored(Sample.weight("a", "60.1", "2026-01-13"), "North"),
            Sample.stored(Sample.weight("b", "59.0", "2026-05-18"), "North"),
            Sample.stored(Sample.weight("c", "58.2", "2026-11-20"), "North"));
    List<Value> values = Flowsheet.values(records, LONG_AGO, TUESDAY);
    List<Flowsheet.Column> dates = Flowsheet.dates(values, TUESDAY);

    var sheet = Flowsheet.of(values, 8, List.of(dates.get(0).key(), dates.get(2).key()), TUESDAY);

    assertThat(sheet.compared()).isTrue();
    assertThat(sheet.groups().get(0).rows().get(0).cells())
        .extracting(Flowsheet.Cell::shown)
        .containsExactly("60.1", "58.2");
    assertThat(sheet.groups().get(0).rows().get(0).change()).isEqualTo("−1.9");
  }

  @Test
  void noCellOfAFileIsTakenForAFormula() {
    Observation words = potassium("a", "4.3", "2026-01-13", null, null);
    words.setValue(new StringType("=HYPERLINK(\"http://x\")"));
    List<Value> values =
        Flowsheet.values(List.of(Sample.stored(words, "North")), LONG_AGO, TUESDAY);

    assertThat(new String(Csv.of(values, TUESDAY), StandardCharsets.UTF_8))
        .contains(",\"'=HYPERLINK(\"\"http://x\"\")\",")
        .contains("2026-01-13");
  }

  @Property(tries = 200)
  void everyDotOfAPlotLiesWithinItsFrame(
      @ForAll @Size(min = 1, max = 20)
          List<@BigRange(min = "-50", max = "100000") BigDecimal> numbers) {
    var records = new java.util.ArrayList<ChartRecord>();
    for (int i = 0; i < numbers.size(); i++) {
      records.add(
          Sample.stored(
              Sample.weight(
                  "w" + i,
                  numbers.get(i).toPlainString(),
                  "2026-%02d-1%d".formatted(i % 11 + 1, i / 11)),
              "North"));
    }

    Plot plot = Plot.of(Flowsheet.values(records, LONG_AGO, TUESDAY), null, TUESDAY);

    assertThat(plot.points())
        .hasSameSizeAs(numbers)
        .allSatisfy(
            dot -> {
              assertThat(Double.parseDouble(dot.x())).isBetween(62.0, 712.0);
              assertThat(Double.parseDouble(dot.y())).isBetween(29.9, 198.1);
            });
    assertThat(plot.up()).hasSizeBetween(2, 12);
    assertThat(plot.rows()).hasSameSizeAs(numbers);
  }

  private static Flowsheet sheet(Observation... observations) {
    List<ChartRecord> records =
        List.of(observations).stream().map(o -> Sample.stored(o, "North")).toList();
    return Flowsheet.of(Flowsheet.values(records, LONG_AGO, TUESDAY), 8, List.of(), TUESDAY);
  }

  private static Observation potassium(
      String id, String value, String when, String low, String high) {
    var observation = new Observation();
    observation.setId(id);
    observation.setCode(Sample.loinc("2823-3", "Potassium [Moles/volume] in Serum"));
    observation.addCategory().addCoding().setCode("laboratory");
    observation.setEffective(new DateTimeType(when));
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setUnit("mmol/L")
            .setSystem(Sample.UCUM)
            .setCode("mmol/L"));
    if (low != null) {
      observation
          .addReferenceRange()
          .setLow(new Quantity().setValue(new BigDecimal(low)))
          .setHigh(new Quantity().setValue(new BigDecimal(high)));
    }
    return observation;
  }
}
