package emr.faces;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** A value that a chart's first page follows, with the reference of adults where one is usual. */
public enum Measure {
  BLOOD_PRESSURE("90", "140", "85354-9", "55284-4"),
  PULSE("50", "100", "8867-4"),
  TEMPERATURE("35.5", "37.5", "8310-5", "8331-1"),
  OXYGEN_SATURATION("94", "100", "2708-6", "59408-5"),
  WEIGHT(null, null, "29463-7"),
  HBA1C("4.0", "6.0", "4548-4"),
  EGFR("60", "120", "33914-3", "62238-1", "98979-8"),
  POTASSIUM("3.5", "5.1", "2823-3", "6298-4"),
  GLUCOSE("70", "140", "2339-0", "2345-7"),
  CREATININE(null, null, "2160-0", "38483-4"),
  RESPIRATION("10", "20", "9279-1"),
  HEIGHT(null, null, "8302-2"),
  BMI(null, null, "39156-5"),
  CHOLESTEROL(null, null, "2093-3");

  /** What is measured at the bed, often. */
  public static final List<Measure> VITALS =
      List.of(
          BLOOD_PRESSURE, PULSE, TEMPERATURE, OXYGEN_SATURATION, RESPIRATION, WEIGHT, HEIGHT, BMI);

  /** What the laboratory measures, seldom. */
  public static final List<Measure> LABORATORY =
      List.of(HBA1C, EGFR, POTASSIUM, GLUCOSE, CREATININE, CHOLESTEROL);

  public static final String LOINC = "http://loinc.org";
  static final String SYSTOLIC = "8480-6";
  static final String DIASTOLIC = "8462-4";

  private final @Nullable BigDecimal low;
  private final @Nullable BigDecimal high;
  private final List<String> loinc;

  Measure(@Nullable String low, @Nullable String high, String... loinc) {
    this.low = low == null ? null : new BigDecimal(low);
    this.high = high == null ? null : new BigDecimal(high);
    this.loinc = List.copyOf(Arrays.asList(loinc));
  }

  /** LOINC codes under which it is reported. */
  public List<String> loinc() {
    return loinc;
  }

  /** What {@code observation} measures, if it is one of these. */
  static Optional<Measure> of(Observation observation) {
    return of(observation.getCode());
  }

  /** What {@code code} names, if it is one of these. */
  public static Optional<Measure> of(CodeableConcept code) {
    return code.getCoding().stream()
        .filter(coding -> LOINC.equals(coding.getSystem()))
        .flatMap(coding -> Arrays.stream(values()).filter(m -> m.loinc.contains(coding.getCode())))
        .findFirst();
  }

  /** Key of its name. */
  public String key() {
    return "measure." + name();
  }

  /** The number that is drawn; of a blood pressure, the systolic one. */
  Optional<BigDecimal> number(Observation observation) {
    return quantity(observation).map(Quantity::getValue);
  }

  Optional<Quantity> quantity(Observation observation) {
    return this == BLOOD_PRESSURE
        ? component(observation, SYSTOLIC)
        : Optional.of(observation)
            .filter(Observation::hasValueQuantity)
            .map(Observation::getValueQuantity)
            .filter(quantity -> quantity.getValue() != null);
  }

  static Optional<Quantity> component(Observation observation, String loinc) {
    return observation.getComponent().stream()
        .filter(part -> part.getCode().hasCoding(LOINC, loinc))
        .filter(part -> part.hasValueQuantity() && part.getValueQuantity().getValue() != null)
        .map(Observation.ObservationComponentComponent::getValueQuantity)
        .findFirst();
  }

  /** As reported: 148/86 or 36.6, without unit. */
  String shown(Observation observation) {
    String number = number(observation).map(FhirText::number).orElse("");
    return this == BLOOD_PRESSURE
        ? number
            + component(observation, DIASTOLIC)
                .map(q -> "/" + FhirText.number(q.getValue()))
                .orElse("")
        : number;
  }

  /** Of adults; null where none is usual. */
  public @Nullable BigDecimal usualLow() {
    return low;
  }

  /** Of adults; null where none is usual. */
  public @Nullable BigDecimal usualHigh() {
    return high;
  }

  /** The record's own reference comes before the usual one of adults. */
  @Nullable BigDecimal low(Observation observation) {
    BigDecimal own =
        observation.hasReferenceRange()
            ? observation.getReferenceRangeFirstRep().getLow().getValue()
            : null;
    return own != null ? own : low;
  }

  @Nullable BigDecimal high(Observation observation) {
    BigDecimal own =
        observation.hasReferenceRange()
            ? observation.getReferenceRangeFirstRep().getHigh().getValue()
            : null;
    return own != null ? own : high;
  }
}
