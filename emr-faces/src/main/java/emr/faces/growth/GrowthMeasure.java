package emr.faces.growth;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;

/** What is measured of a growing child, in the unit of the curves. */
public enum GrowthMeasure {
  WEIGHT("kg", "29463-7", "3141-9"),
  /** Lying to two years, standing from then. */
  HEIGHT("cm", "8302-2", "8306-3", "3137-7", "3138-5"),
  BMI("kg/m²", "39156-5"),
  HEAD("cm", "9843-4", "8287-5");

  private static final String LOINC = "http://loinc.org";

  private final String unit;
  private final List<String> codes;

  GrowthMeasure(String unit, String... codes) {
    this.unit = unit;
    this.codes = List.of(codes);
  }

  public String unit() {
    return unit;
  }

  /** What {@code code} names, if it is one of these. */
  public static Optional<GrowthMeasure> of(CodeableConcept code) {
    return code.getCoding().stream()
        .filter(coding -> LOINC.equals(coding.getSystem()))
        .flatMap(c -> Arrays.stream(values()).filter(m -> m.codes.contains(c.getCode())))
        .findFirst();
  }
}
