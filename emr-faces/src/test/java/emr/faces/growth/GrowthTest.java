package emr.faces.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import emr.faces.Viewpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class GrowthTest {

  private static final Viewpoint NOW =
      new Viewpoint(Locale.ENGLISH, ZoneId.of("UTC"), Instant.parse("2026-11-24T01:12:00Z"));
  private static final LocalDate BORN = LocalDate.parse("2024-11-24");

  /**
   * Both what a curve says at an age and which percentile is stated for a value; between the ages
   * of {@code growth.tsv} a little less exactly.
   */
  @ParameterizedTest
  @CsvFileSource(resources = "published.csv", useHeadersInDisplayName = true)
  void theCurvesAreThosePublished(
      GrowthMeasure measure,
      String gender,
      double months,
      double p3,
      double p15,
      double p50,
      double p85,
      @Nullable Double p97) {
    Lms among = GrowthTable.of(measure, gender).orElseThrow().at(months).orElseThrow();
    double printed = months > 24 && months % 3 > 0 ? 0.07 : 0.0501;
    isPercentile(among, 3, p3, printed);
    isPercentile(among, 15, p15, printed);
    isPercentile(among, 50, p50, printed);
    isPercentile(among, 85, p85, printed);
    if (p97 != null) {
      isPercentile(among, 97, p97, printed);
    }
  }

  /**
   * @param printed by how much the published value may be off, having one decimal
   */
  private static void isPercentile(Lms among, int percentile, double value, double printed) {
    assertThat((double) percentile)
        .isBetween(among.percentile(value - printed), among.percentile(value + printed));
  }

  @Test
  void percentilesAreThoseOfTheNormalDistribution() {
    Lms anyone = GrowthTable.of(GrowthMeasure.HEAD, "male").orElseThrow().at(7).orElseThrow();
    assertThat(anyone.percentile(anyone.valueAt(-1.880794))).isCloseTo(3, within(0.0001));
    assertThat(anyone.percentile(anyone.valueAt(-1.036433))).isCloseTo(15, within(0.0001));
    assertThat(anyone.percentile(anyone.valueAt(1.036433))).isCloseTo(85, within(0.0001));
    assertThat(anyone.percentile(anyone.valueAt(1.880794))).isCloseTo(97, within(0.0001));
    assertThat(anyone.percentile(anyone.valueAt(2.326348))).isCloseTo(99, within(0.0001));
  }

  /** The reference for school age is printed in standard deviations. */
  @Test
  void theReferenceForSchoolAgeGivesWhatIsPublished() {
    Lms girlsOfTen =
        GrowthTable.of(GrowthMeasure.BMI, "female").orElseThrow().at(120).orElseThrow();
    assertThat(girlsOfTen.valueAt(-2)).isCloseTo(13.5, within(0.051));
    assertThat(girlsOfTen.valueAt(0)).isCloseTo(16.6, within(0.051));
    assertThat(girlsOfTen.valueAt(1)).isCloseTo(19.0, within(0.051));
    assertThat(girlsOfTen.valueAt(2)).isCloseTo(22.6, within(0.051));
  }

  @Test
  void everyTableIsThereAndRises() {
    for (GrowthMeasure measure : GrowthMeasure.values()) {
      for (String gender : List.of("female", "male")) {
        GrowthTable table = GrowthTable.of(measure, gender).orElseThrow();
        for (double months = 0; months <= table.until(); months += 0.5) {
          Lms among = table.at(months).orElseThrow();
          assertThat(among.valueAt(-2)).isLessThan(among.median());
          assertThat(among.percentile(among.median())).isCloseTo(50, within(0.001));
          assertThat(among.z(among.valueAt(1.5))).isCloseTo(1.5, within(1e-9));
        }
        assertThat(table.at(table.until() + 0.1)).isEmpty();
      }
      assertThat(GrowthTable.of(measure, "other")).isEmpty();
    }
  }

  @Test
  void lengthIsMeasuredLyingToTwoYearsAndStandingFromThen() {
    GrowthTable boys = GrowthTable.of(GrowthMeasure.HEIGHT, "male").orElseThrow();
    assertThat(boys.at(23.99).orElseThrow().median()).isCloseTo(87.8, within(0.05));
    assertThat(boys.at(24).orElseThrow().median()).isCloseTo(87.1, within(0.05));
  }

  @Test
  void aChildsValuesStandAmongTheCurvesWithTheirPercentiles() {
    Growth growth =
        Growth.of(
                GrowthMeasure.WEIGHT,
                "female",
                BORN,
                List.of(
                    taken("2025-11-24", "8.9"),
                    taken("2026-05-24", "14.9"),
                    taken("2024-01-01", "3")),
                NOW)
            .orElseThrow();
    assertThat(growth.title()).isEqualTo("Weight for age, girls");
    assertThat(growth.curves())
        .extracting(Growth.Curve::name)
        .containsExactly("P3", "P15", "P50", "P85", "P97");
    assertThat(growth.rows())
        .as("newest first; what was before birth is left out")
        .extracting(Growth.Row::percentile)
        .containsExactly("> 99", "48");
    assertThat(growth.rows().get(1).age()).isEqualTo("12 months");
    assertThat(growth.label()).contains("2 values").contains("14.9 kg");
    assertThat(growth.points())
        .allSatisfy(
            dot -> {
              assertThat(Double.parseDouble(dot.x())).isBetween(0.0, (double) Growth.WIDTH);
              assertThat(Double.parseDouble(dot.y())).isBetween(0.0, (double) Growth.HEIGHT);
            });
    assertThat(Growth.of(GrowthMeasure.WEIGHT, "", BORN, List.of(taken("2025-11-24", "9")), NOW))
        .isEmpty();
  }

  @Test
  void itIsKnownByItsCode() {
    var head = new CodeableConcept().addCoding(new Coding("http://loinc.org", "9843-4", null));
    assertThat(GrowthMeasure.of(head)).contains(GrowthMeasure.HEAD);
    assertThat(GrowthMeasure.of(new CodeableConcept().setText("Weight"))).isEmpty();
  }

  private static Growth.Taken taken(String day, String value) {
    return new Growth.Taken(new DateTimeType(day), new BigDecimal(value), value, "North", "x");
  }
}
