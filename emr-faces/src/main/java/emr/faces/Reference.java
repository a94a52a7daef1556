package emr.faces;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a number is judged by, on every page: the reference that its record gives, or else what is
 * usual in adults, if the patient was one and the number is in the unit of that.
 *
 * @param low null where there is no lower limit
 * @param high null where there is no upper limit
 */
public record Reference(@Nullable BigDecimal low, @Nullable BigDecimal high)
    implements Serializable {

  public static final Reference NONE = new Reference(null, null);

  private static final int ADULT = 18;

  /** Whether somebody was an adult on {@code day}; nobody whose birth date is not known. */
  public static boolean isAdult(@Nullable LocalDate born, LocalDate day) {
    return born != null && !born.plusYears(ADULT).isAfter(day);
  }

  /** By what the value of {@code whole} is judged. */
  public static Reference of(Observation whole, boolean adult) {
    return of(whole.getReferenceRange(), whole.getCode(), whole.getValue(), adult);
  }

  /** By what one of several values is judged. */
  public static Reference of(ObservationComponentComponent part, boolean adult) {
    return of(part.getReferenceRange(), part.getCode(), part.getValue(), adult);
  }

  private static Reference of(
      List<ObservationReferenceRangeComponent> own,
      CodeableConcept code,
      @Nullable Type value,
      boolean adult) {
    if (!own.isEmpty()) {
      return new Reference(own.get(0).getLow().getValue(), own.get(0).getHigh().getValue());
    }
    return adult && value instanceof Quantity quantity
        ? Measure.of(code).flatMap(measure -> measure.usual(quantity)).orElse(NONE)
        : NONE;
  }

  /** Where {@code value} lies. */
  Flag judge(BigDecimal value) {
    if (high != null && value.compareTo(high) > 0) {
      return Flag.HIGH;
    }
    if (low != null && value.compareTo(low) < 0) {
      return Flag.LOW;
    }
    return low == null && high == null ? Flag.NONE : Flag.IN_RANGE;
  }
}
