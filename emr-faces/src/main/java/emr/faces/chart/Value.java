package emr.faces.chart;

import emr.faces.ChartRecord;
import emr.faces.FhirText;
import emr.faces.Flag;
import emr.faces.Measure;
import emr.faces.RecordWords;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * One result: what an observation, or one of its components, says.
 *
 * @param key the same for results that stand in one row: same code, same unit; no words in it
 * @param place by which rows are ordered: the label, but both numbers of a blood pressure together
 * @param group vital-signs, laboratory or other
 * @param shown as reported, without unit
 * @param number null where the result is no plain number
 * @param low of the reference that it was judged by, the laboratory's own first; null if none
 * @param record from which it comes
 */
record Value(
    String key,
    String label,
    String place,
    String group,
    String shown,
    @Nullable BigDecimal number,
    String unit,
    @Nullable BigDecimal low,
    @Nullable BigDecimal high,
    Flag flag,
    BaseDateTimeType taken,
    ChartRecord record)
    implements Serializable {

  static final String VITALS = "vital-signs";
  static final String LABORATORY = "laboratory";
  static final String OTHER = "other";
  private static final String SYSTOLIC = "8480-6";
  private static final String DIASTOLIC = "8462-4";

  /** When it was taken. */
  Instant at() {
    return taken.getValue().toInstant();
  }

  /**
   * Every result in {@code record}; none in what was entered in error or has no date.
   *
   * @param adult whether the usual references of adults may stand in where the record has none
   */
  static List<Value> of(ChartRecord record, boolean adult, Viewpoint viewpoint) {
    var values = new ArrayList<Value>();
    if (!(record.resource() instanceof Observation observation)
        || observation.getStatus() == ObservationStatus.ENTEREDINERROR
        || observation.getStatus() == ObservationStatus.CANCELLED) {
      return values;
    }
    BaseDateTimeType taken = RecordWords.happened(observation).orElse(null);
    if (taken == null) {
      return values;
    }
    if (observation.hasValue()) {
      Part part =
          new Part(observation.getCode(), observation.getValue(), observation.getReferenceRange());
      part.value(observation, taken, record, adult, viewpoint).ifPresent(values::add);
    }
    for (ObservationComponentComponent component : observation.getComponent()) {
      if (component.hasValue()) {
        new Part(component.getCode(), component.getValue(), component.getReferenceRange())
            .value(observation, taken, record, adult, viewpoint)
            .ifPresent(values::add);
      }
    }
    return values;
  }

  private record Part(
      CodeableConcept code, Type value, List<ObservationReferenceRangeComponent> ranges) {

    Optional<Value> value(
        Observation whole,
        BaseDateTimeType taken,
        ChartRecord record,
        boolean adult,
        Viewpoint viewpoint) {
      Quantity quantity =
          value instanceof Quantity q && q.getValue() != null && !q.hasComparator() ? q : null;
      String unit = value instanceof Quantity q ? FhirText.unit(q) : "";
      String shown =
          quantity != null
              ? FhirText.number(quantity.getValue())
              : value instanceof Quantity q
                  ? FhirText.quantity(q).replace(" " + unit, "")
                  : FhirText.line(value, viewpoint);
      if (shown.isBlank()) {
        return Optional.empty();
      }
      Optional<Measure> measure = Measure.of(code);
      BigDecimal low = limit(true, measure.filter(m -> adult));
      BigDecimal high = limit(false, measure.filter(m -> adult));
      BigDecimal number = quantity == null ? null : quantity.getValue();
      String label =
          measure.map(m -> viewpoint.text(m.key())).orElseGet(() -> FhirText.concept(code));
      return Optional.of(
          new Value(
              key(unit),
              label,
              place(label),
              group(whole),
              shown,
              number,
              unit,
              low,
              high,
              flag(whole, number, low, high),
              taken,
              record));
    }

    private Flag flag(
        Observation whole,
        @Nullable BigDecimal number,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high) {
      // what the record says of its value is about the whole, not about one of several parts
      boolean only = !whole.hasComponent();
      return number == null
          ? Flag.NONE
          : Flag.of(only ? whole : new Observation(), number, low, high);
    }

    private String place(String label) {
      if (code.hasCoding(Measure.LOINC, SYSTOLIC)) {
        return "blood pressure 1";
      }
      return code.hasCoding(Measure.LOINC, DIASTOLIC) ? "blood pressure 2" : label;
    }

    private @Nullable BigDecimal limit(boolean lower, Optional<Measure> usual) {
      if (!ranges.isEmpty()) {
        ObservationReferenceRangeComponent range = ranges.get(0);
        return lower ? range.getLow().getValue() : range.getHigh().getValue();
      }
      return usual.map(m -> lower ? m.usualLow() : m.usualHigh()).orElse(null);
    }

    /** A few letters and digits that say nothing by themselves, for addresses. */
    private String key(String unit) {
      Coding coding = code.getCodingFirstRep();
      String name =
          coding.hasCode() ? coding.getSystem() + "|" + coding.getCode() : FhirText.concept(code);
      return Integer.toHexString((name + "|" + unit).hashCode());
    }

    private static String group(Observation whole) {
      boolean vital =
          whole.getCategory().stream()
              .flatMap(category -> category.getCoding().stream())
              .anyMatch(coding -> VITALS.equals(coding.getCode()));
      boolean laboratory =
          whole.getCategory().stream()
              .flatMap(category -> category.getCoding().stream())
              .anyMatch(coding -> LABORATORY.equals(coding.getCode()));
      return vital ? VITALS : laboratory ? LABORATORY : OTHER;
    }
  }
}
