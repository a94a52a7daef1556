package emr.faces;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
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
  public static Flag of(Observation whole, Reference reference) {
    return of(whole.getInterpretation(), whole.getValue(), reference);
  }

  /** The same for one of several values. */
  public static Flag of(ObservationComponentComponent part, Reference reference) {
    return of(part.getInterpretation(), part.getValue(), reference);
  }

  private static Flag of(
      List<CodeableConcept> interpretation, @Nullable Type value, Reference reference) {
    return said(interpretation)
        .orElseGet(
            () ->
                value instanceof Quantity quantity
                        && quantity.getValue() != null
                        && !quantity.hasComparator()
                    ? reference.judge(quantity.getValue())
                    : NONE);
  }

  /** What the record itself says, if it says that something is out of range. */
  static Optional<Flag> said(List<CodeableConcept> interpretation) {
    for (CodeableConcept said : interpretation) {
      if (said.hasCoding(INTERPRETATION, "HH") || said.hasCoding(INTERPRETATION, "LL")) {
        return Optional.of(CRITICAL);
      }
      if (said.hasCoding(INTERPRETATION, "H")) {
        return Optional.of(HIGH);
      }
      if (said.hasCoding(INTERPRETATION, "L")) {
        return Optional.of(LOW);
      }
    }
    return Optional.empty();
  }

  /** The graver of two, this one if both are: what nobody could judge is never in range. */
  Flag graver(Flag other) {
    return other.gravity() > gravity() ? other : this;
  }

  private int gravity() {
    return switch (this) {
      case IN_RANGE -> 0;
      case NONE -> 1;
      case HIGH, LOW -> 2;
      case CRITICAL -> 3;
    };
  }
}
