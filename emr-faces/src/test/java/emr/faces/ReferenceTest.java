package emr.faces;

import static emr.faces.Sample.measured;
import static emr.faces.Sample.pressure;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {

  private static final String INTERPRETATION =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

  @ParameterizedTest
  @CsvSource({
    "8310-5, 38.6, Cel, HIGH",
    "8310-5, 98.6, [degF], NONE",
    "8867-4, 72, {beats}/min, IN_RANGE",
    "8867-4, 1.2, Hz, NONE",
    "2708-6, 88, %, LOW",
    "2708-6, 0.98, 1, NONE",
    "33914-3, 45, mL/min/{1.73_m2}, LOW",
    "2339-0, 5.1, mmol/L, NONE",
    "8480-6, 150, mm[Hg], HIGH",
    "8480-6, 20, kPa, NONE",
  })
  void whatIsUsualJudgesOnlyValuesInItsOwnUnit(
      String loinc, String value, String unit, Flag expected) {
    assertThat(flag(measured(loinc, value, unit), true)).isEqualTo(expected);
  }

  @Test
  void aUnitThatIsNotOfUcumIsNotGuessedAt() {
    Observation observation = measured("8867-4", "180", "/min");
    observation.getValueQuantity().setSystem("urn:of-some-device");

    assertThat(flag(observation, true)).isEqualTo(Flag.NONE);
  }

  @Test
  void theReferenceOfTheRecordComesFirstAndCountsForChildrenToo() {
    Observation observation = measured("8867-4", "128", "/min");
    observation.addReferenceRange().getLow().setValue(80);
    observation.getReferenceRangeFirstRep().getHigh().setValue(130);

    assertThat(flag(observation, true)).isEqualTo(Flag.IN_RANGE);
    assertThat(flag(observation, false)).isEqualTo(Flag.IN_RANGE);
  }

  @Test
  void whereTheRecordSaysHighItIs() {
    Observation observation = measured("2823-3", "9", "mmol/L");
    observation.getValueQuantity().setComparator(QuantityComparator.GREATER_THAN);
    assertThat(flag(observation, true)).as("no plain number").isEqualTo(Flag.NONE);

    var critical = new CodeableConcept();
    critical.addCoding().setSystem(INTERPRETATION).setCode("HH");
    observation.addInterpretation(critical);
    assertThat(flag(observation, false)).isEqualTo(Flag.CRITICAL);
  }

  private static Flag flag(Observation observation, boolean adult) {
    return Flag.of(observation, Reference.of(observation, adult));
  }

  @ParameterizedTest
  @CsvSource({
    "128, 78, IN_RANGE",
    "128, 118, HIGH",
    "148, 86, HIGH",
    "128, 50, LOW",
    "86, 96, LOW",
  })
  void theGraverNumberOfABloodPressureDecides(String systolic, String diastolic, Flag expected) {
    assertThat(Measure.BLOOD_PRESSURE.flag(pressure(systolic, diastolic), true))
        .isEqualTo(expected);
  }

  @Test
  void aBloodPressureOfWhichOneNumberCannotBeJudgedIsNotInRange() {
    Observation observation = pressure("128", "10");
    observation.getComponent().get(1).getValueQuantity().setCode("kPa");

    assertThat(Measure.BLOOD_PRESSURE.flag(observation, true)).isEqualTo(Flag.NONE);
  }

  @Test
  void anAdultIsWhoHadTurnedEighteenOnTheDay() {
    LocalDate day = LocalDate.of(2026, 11, 24);

    assertThat(Reference.isAdult(day.minusYears(18), day)).isTrue();
    assertThat(Reference.isAdult(day.minusYears(18).plusDays(1), day)).isFalse();
    assertThat(Reference.isAdult(null, day)).isFalse();
  }
}
