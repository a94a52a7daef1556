package emr.faces;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** A value that a chart's first page follows, with what is usual in adults where anything is. */
public enum Measure {
  BLOOD_PRESSURE(usual(), "85354-9", "55284-4"),
  PULSE(usual("/min", "50", "100"), "8867-4"),
  TEMPERATURE(usual("Cel", "35.5", "37.5"), "8310-5", "8331-1"),
  OXYGEN_SATURATION(usual("%", "94", "100"), "2708-6", "59408-5"),
  WEIGHT(usual(), "29463-7"),
  HBA1C(usual("%", "4.0", "6.0"), "4548-4"),
  EGFR(usual("mL/min/{1.73_m2}", "60", "120"), "33914-3", "62238-1", "98979-8"),
  POTASSIUM(usual("mmol/L", "3.5", "5.1"), "2823-3", "6298-4"),
  GLUCOSE(usual("mg/dL", "70", "140"), "2339-0", "2345-7"),
  CREATININE(usual(), "2160-0", "38483-4"),
  RESPIRATION(usual("/min", "10", "20"), "9279-1"),
  HEIGHT(usual(), "8302-2"),
  BMI(usual(), "39156-5"),
  CHOLESTEROL(usual(), "2093-3"),
  SYSTOLIC(usual("mm[Hg]", "90", "140"), "8480-6"),
  DIASTOLIC(usual("mm[Hg]", "60", "90"), "8462-4");

  /** What is measured at the bed, often. */
  public static final List<Measure> VITALS =
      List.of(
          BLOOD_PRESSURE, PULSE, TEMPERATURE, OXYGEN_SATURATION, RESPIRATION, WEIGHT, HEIGHT, BMI);

  /** What the laboratory measures, seldom. */
  public static final List<Measure> LABORATORY =
      List.of(HBA1C, EGFR, POTASSIUM, GLUCOSE, CREATININE, CHOLESTEROL);

  public static final String LOINC = "http://loinc.org";
  private static final String UCUM = "http://unitsofmeasure.org";

  private final @Nullable Usual usual;
  private final List<String> loinc;

  Measure(@Nullable Usual usual, String... loinc) {
    this.usual = usual;
    this.loinc = List.copyOf(Arrays.asList(loinc));
  }

  /**
   * @param unit UCUM; what it says in braces is for people
   */
  private record Usual(String unit, Reference reference) {

    private static String bare(String unit) {
      return unit.replaceAll("\\{[^}]*}", "");
    }

    boolean isIn(Quantity value) {
      return UCUM.equals(value.getSystem())
          && value.hasCode()
          && bare(value.getCode()).equals(bare(unit));
    }
  }

  private static @Nullable Usual usual() {
    return null;
  }

  private static Usual usual(String unit, String low, String high) {
    return new Usual(unit, new Reference(new BigDecimal(low), new BigDecimal(high)));
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
        ? component(observation, SYSTOLIC).map(ObservationComponentComponent::getValueQuantity)
        : Optional.of(observation)
            .filter(Observation::hasValueQuantity)
            .map(Observation::getValueQuantity)
            .filter(quantity -> quantity.getValue() != null);
  }

  private static Optional<ObservationComponentComponent> component(
      Observation observation, Measure measure) {
    return observation.getComponent().stream()
        .filter(part -> of(part.getCode()).filter(measure::equals).isPresent())
        .filter(part -> part.hasValueQuantity() && part.getValueQuantity().getValue() != null)
        .findFirst();
  }

  /** As reported: 148/86 or 36.6, without unit. */
  String shown(Observation observation) {
    String number = number(observation).map(FhirText::number).orElse("");
    return this == BLOOD_PRESSURE
        ? number
            + component(observation, DIASTOLIC)
                .map(part -> "/" + FhirText.number(part.getValueQuantity().getValue()))
                .orElse("")
        : number;
  }

  /** What is usual in adults for {@code value}; nothing for one in another unit. */
  Optional<Reference> usual(Quantity value) {
    return Optional.ofNullable(usual).filter(u -> u.isIn(value)).map(Usual::reference);
  }

  /** What the number that is drawn is judged by. */
  Reference reference(Observation observation, boolean adult) {
    return this == BLOOD_PRESSURE
        ? component(observation, SYSTOLIC)
            .map(part -> Reference.of(part, adult))
            .orElse(Reference.NONE)
        : Reference.of(observation, adult);
  }

  /** How {@code observation} stands to its reference; of a blood pressure, both numbers. */
  Flag flag(Observation observation, boolean adult) {
    if (this != BLOOD_PRESSURE) {
      return Flag.of(observation, Reference.of(observation, adult));
    }
    Flag parts =
        Stream.of(SYSTOLIC, DIASTOLIC)
            .flatMap(number -> component(observation, number).stream())
            .map(part -> Flag.of(part, Reference.of(part, adult)))
            .reduce(Flag::graver)
            .orElse(Flag.NONE);
    return Flag.said(observation.getInterpretation()).map(parts::graver).orElse(parts);
  }
}
