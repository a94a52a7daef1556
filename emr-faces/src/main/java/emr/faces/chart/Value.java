package emr.faces.chart;

import emr.faces.ChartRecord;
import emr.faces.FhirText;
import emr.faces.Flag;
import emr.faces.Measure;
import emr.faces.RecordWords;
import emr.faces.Reference;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
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
 * @param reference that it was judged by
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
    Reference reference,
    Flag flag,
    BaseDateTimeType taken,
    ChartRecord record)
    implements Serializable {

  static final String VITALS = "vital-signs";
  static final String LABORATORY = "laboratory";
  static final String OTHER = "other";

  /** When it was taken. */
  Instant at() {
    return taken.getValue().toInstant();
  }

  /**
   * Every result in {@code record}; none in what was entered in error or has no date.
   *
   * @param born the patient; null if that is not known
   */
  static List<Value> of(ChartRecord record, @Nullable LocalDate born, Viewpoint viewpoint) {
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
    boolean adult = Reference.isAdult(born, viewpoint.dayOf(taken));
    if (observation.hasValue()) {
      Reference reference = Reference.of(observation, adult);
      new Part(
              observation.getCode(),
              observation.getValue(),
              reference,
              Flag.of(observation, reference))
          .value(observation, taken, record, viewpoint)
          .ifPresent(values::add);
    }
    for (ObservationComponentComponent component : observation.getComponent()) {
      if (component.hasValue()) {
        Reference reference = Reference.of(component, adult);
        new Part(
                component.getCode(), component.getValue(), reference, Flag.of(component, reference))
            .value(observation, taken, record, viewpoint)
            .ifPresent(values::add);
      }
    }
    return values;
  }

  private record Part(CodeableConcept code, Type value, Reference reference, Flag flag) {

    Optional<Value> value(
        Observation whole, BaseDateTimeType taken, ChartRecord record, Viewpoint viewpoint) {
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
      BigDecimal number = quantity == null ? null : quantity.getValue();
      String label =
          measure.map(m -> viewpoint.text(m.key())).orElseGet(() -> FhirText.concept(code));
      return Optional.of(
          new Value(
              key(unit),
              label,
              place(measure, label),
              group(whole),
              shown,
              number,
              unit,
              reference,
              flag,
              taken,
              record));
    }

    private static String place(Optional<Measure> measure, String label) {
      return measure
          .map(
              m ->
                  switch (m) {
                    case SYSTOLIC -> "blood pressure 1";
                    case DIASTOLIC -> "blood pressure 2";
                    default -> label;
                  })
          .orElse(label);
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
