package emr.faces;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** How a value stands to its reference. */
public enum Flag {
  NONE("soft", ""),
  IN_RANGE("soft", ""),
  HIGH("high", "▲"),
  LOW("low", "▼"),
  CRITICAL("crit", "▲▲");

  private static final String INTERPRETATION =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

  private final String css;
  private final String arrow;

  Flag(String css, String arrow) {
    this.css = css;
    this.arrow = arrow;
  }

  /** Class in {@code emr.css}. */
  public String getCss() {
    return css;
  }

  /** Empty where nothing is out of range. */
  public String getArrow() {
    return arrow;
  }

  /** Key of the word in the message bundle. */
  public String getKey() {
    return "flag." + name();
  }

  /** What the record itself says of its value, or else where the value lies. */
  public static Flag of(
      Observation observation,
      BigDecimal value,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high) {
    for (CodeableConcept said : observation.getInterpretation()) {
      if (said.hasCoding(INTERPRETATION, "HH") || said.hasCoding(INTERPRETATION, "LL")) {
        return CRITICAL;
      }
      if (said.hasCoding(INTERPRETATION, "H")) {
        return HIGH;
      }
      if (said.hasCoding(INTERPRETATION, "L")) {
        return LOW;
      }
    }
    if (high != null && value.compareTo(high) > 0) {
      return HIGH;
    }
    if (low != null && value.compareTo(low) < 0) {
      return LOW;
    }
    return low == null && high == null ? NONE : IN_RANGE;
  }
}
