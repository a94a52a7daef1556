package emr.faces;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCriticality;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceSeverity;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The first page of a chart: what the records given say now. Records that were entered in error are
 * counted nowhere.
 *
 * @param attention latest values out of range, critical first
 * @param problems active ones, latest first
 * @param pastProblems how many are over
 * @param vitals at most eight, in the order of {@link Measure}
 * @param visits latest first
 * @param documents notes and documents, latest first
 * @param latest records of every kind, latest first
 * @param more how many records {@code latest} leaves out
 * @param underWay how many records are not yet at the centre
 */
public record ChartSummary(
    List<ChartItem> attention,
    List<ChartItem> problems,
    int pastProblems,
    List<ChartItem> allergies,
    List<ChartItem> medication,
    List<Vital> vitals,
    List<ChartItem> visits,
    List<ChartItem> documents,
    List<ChartItem> latest,
    int more,
    long underWay)
    implements Serializable {

  private static final int CARD = 6;
  private static final int VITALS = 8;

  private static final Set<String> ACTIVE = Set.of("active", "recurrence", "relapse");
  private static final Set<String> VOID = Set.of("entered-in-error", "refuted");

  /** Records without interest of their own on a chart's first page. */
  private static final Set<String> SILENT =
      Set.of(
          "Patient",
          "Binary",
          "Provenance",
          "Claim",
          "ExplanationOfBenefit",
          "AuditEvent",
          "Consent");

  /**
   * A value with its course.
   *
   * @param value as reported, without unit
   * @param flag how it stands to its reference
   * @param when it was taken, for people
   * @param spark null with fewer than two values
   */
  public record Vital(
      String type,
      String id,
      String label,
      String value,
      String unit,
      Flag flag,
      String when,
      @Nullable Spark spark,
      @Nullable CustodyState state)
      implements Serializable {}

  /** With the latest 15 records. */
  public static ChartSummary of(Collection<ChartRecord> records, Viewpoint viewpoint) {
    return of(records, 15, viewpoint);
  }

  /**
   * @param records newest versions only, each once, in any order; what is usual in adults judges
   *     values only if the patient's own is among them
   * @param latest how many of them to list one by one
   */
  public static ChartSummary of(Collection<ChartRecord> records, int latest, Viewpoint viewpoint) {
    List<ChartRecord> sorted = records.stream().sorted(RecordWords.newestFirst()).toList();
    List<Vital> vitals = vitals(sorted, born(sorted, viewpoint), viewpoint);
    List<ChartRecord> conditions = valid(sorted, Condition.class, ChartSummary::isValid);
    List<ChartRecord> listed =
        sorted.stream().filter(r -> !SILENT.contains(r.resource().fhirType())).toList();
    return new ChartSummary(
        vitals.stream()
            .filter(v -> v.flag().getArrow().length() > 0)
            .sorted(Collections.reverseOrder((a, b) -> a.flag().compareTo(b.flag())))
            .map(v -> attention(v, viewpoint))
            .limit(CARD)
            .toList(),
        conditions.stream()
            .filter(r -> isActive(r.resource()))
            .map(r -> problem(r, viewpoint))
            .toList(),
        (int) conditions.stream().filter(r -> !isActive(r.resource())).count(),
        valid(sorted, AllergyIntolerance.class, ChartSummary::isInForce).stream()
            .map(r -> allergy(r, viewpoint))
            .toList(),
        medication(sorted, viewpoint),
        vitals,
        valid(sorted, Encounter.class, v -> true).stream()
            .limit(CARD)
            .map(r -> item(r, viewpoint))
            .toList(),
        Stream.concat(
                valid(sorted, Composition.class, v -> true).stream(),
                valid(sorted, DocumentReference.class, v -> true).stream())
            .sorted(RecordWords.newestFirst())
            .limit(CARD)
            .map(r -> item(r, viewpoint))
            .toList(),
        listed.stream().limit(latest).map(r -> item(r, viewpoint)).toList(),
        Math.max(0, listed.size() - latest),
        records.stream().filter(r -> r.state() != null && r.state().isUnderWay()).count());
  }

  private static <T extends Resource> List<ChartRecord> valid(
      List<ChartRecord> records, Class<T> type, Function<T, Boolean> valid) {
    return records.stream()
        .filter(r -> type.isInstance(r.resource()))
        .filter(r -> valid.apply(type.cast(r.resource())))
        .toList();
  }

  /** A record of any type as one line. */
  public static ChartItem item(ChartRecord record, Viewpoint viewpoint) {
    Resource resource = record.resource();
    String title = RecordWords.title(resource, viewpoint);
    String kind = RecordWords.kind(resource, viewpoint);
    String value = resource instanceof Observation observation ? value(observation, viewpoint) : "";
    return ChartItem.of(
        record,
        FhirText.joined(" ", title, value),
        RecordWords.happened(resource).map(viewpoint::when).orElse(""),
        FhirText.joined(" · ", kind.equals(title) ? "" : kind, record.hospital()),
        viewpoint);
  }

  private static String value(Observation observation, Viewpoint viewpoint) {
    return Measure.of(observation)
        .filter(measure -> measure.number(observation).isPresent())
        .map(
            measure ->
                FhirText.joined(
                    " ",
                    measure.shown(observation),
                    measure.quantity(observation).map(FhirText::unit).orElse("")))
        .orElseGet(
            () -> observation.hasValue() ? FhirText.line(observation.getValue(), viewpoint) : "");
  }

  private static ChartItem attention(Vital vital, Viewpoint viewpoint) {
    return new ChartItem(
        vital.type(),
        vital.id(),
        FhirText.joined(" ", vital.label(), vital.value(), vital.unit()),
        vital.flag().getArrow() + " " + viewpoint.text(vital.flag().getKey()),
        vital.when(),
        "",
        vital.flag().getCss(),
        "",
        vital.state());
  }

  private static boolean isValid(Condition condition) {
    return !has(condition.getVerificationStatus(), VOID);
  }

  private static boolean isActive(Resource resource) {
    return resource instanceof Condition condition
        && (!condition.hasClinicalStatus() || has(condition.getClinicalStatus(), ACTIVE));
  }

  /** Whether an allergy counts: neither refuted, nor entered in error, nor over. */
  static boolean isInForce(AllergyIntolerance allergy) {
    return !has(allergy.getVerificationStatus(), VOID)
        && (!allergy.hasClinicalStatus() || has(allergy.getClinicalStatus(), ACTIVE));
  }

  private static boolean has(CodeableConcept concept, Set<String> codes) {
    return concept.getCoding().stream().map(Coding::getCode).anyMatch(codes::contains);
  }

  private static ChartItem problem(ChartRecord record, Viewpoint viewpoint) {
    String since =
        RecordWords.happened(record.resource())
            .map(
                date ->
                    viewpoint.text(
                        "chart.since", Integer.toString(viewpoint.dayOf(date).getYear())))
            .orElse("");
    return ChartItem.of(
        record,
        RecordWords.title(record.resource(), viewpoint),
        since,
        record.hospital(),
        viewpoint);
  }

  private static ChartItem allergy(ChartRecord record, Viewpoint viewpoint) {
    var allergy = (AllergyIntolerance) record.resource();
    String reactions =
        allergy.getReaction().stream()
            .flatMap(reaction -> reaction.getManifestation().stream())
            .map(FhirText::concept)
            .filter(text -> !text.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    String since = RecordWords.happened(allergy).map(viewpoint::when).orElse("");
    ChartItem line =
        ChartItem.of(
            record,
            FhirText.concept(allergy.getCode()),
            "",
            FhirText.joined(" · ", FhirText.joined(", ", reactions, since), record.hospital()),
            viewpoint);
    boolean severe =
        allergy.getCriticality() == AllergyIntoleranceCriticality.HIGH
            || hasSeverity(allergy, AllergyIntoleranceSeverity.SEVERE);
    if (severe) {
      return line.flagged(viewpoint.text("allergy.severe"), "danger");
    }
    return hasSeverity(allergy, AllergyIntoleranceSeverity.MODERATE)
        ? line.flagged(viewpoint.text("allergy.moderate"), "warn")
        : line;
  }

  private static boolean hasSeverity(
      AllergyIntolerance allergy, AllergyIntoleranceSeverity severity) {
    return allergy.getReaction().stream().anyMatch(r -> r.getSeverity() == severity);
  }

  private static List<ChartItem> medication(List<ChartRecord> sorted, Viewpoint viewpoint) {
    var current = new ArrayList<ChartItem>();
    for (ChartRecord record : sorted) {
      if (record.resource() instanceof MedicationRequest order
          && order.getStatus() == MedicationRequestStatus.ACTIVE) {
        current.add(drug(record, order.getDosageInstruction(), viewpoint));
      } else if (record.resource() instanceof MedicationStatement use
          && use.getStatus() == MedicationStatementStatus.ACTIVE) {
        current.add(drug(record, use.getDosage(), viewpoint));
      }
    }
    return current;
  }

  private static ChartItem drug(ChartRecord record, List<Dosage> dosage, Viewpoint viewpoint) {
    return ChartItem.of(
        record,
        RecordWords.title(record.resource(), viewpoint),
        record.hospital(),
        dosage.stream()
            .map(each -> FhirText.dosage(each, viewpoint))
            .filter(d -> !d.isEmpty())
            .collect(Collectors.joining("; ")),
        viewpoint);
  }

  private static @Nullable LocalDate born(List<ChartRecord> records, Viewpoint viewpoint) {
    return records.stream()
        .map(ChartRecord::resource)
        .filter(Patient.class::isInstance)
        .flatMap(patient -> PatientBanner.birthDate((Patient) patient, viewpoint).stream())
        .findFirst()
        .orElse(null);
  }

  private static List<Vital> vitals(
      List<ChartRecord> newestFirst, @Nullable LocalDate born, Viewpoint viewpoint) {
    Map<Measure, List<ChartRecord>> courses = new EnumMap<>(Measure.class);
    for (ChartRecord record : newestFirst) {
      if (record.resource() instanceof Observation observation
          && observation.getStatus() != ObservationStatus.ENTEREDINERROR) {
        Measure.of(observation)
            .filter(measure -> measure.number(observation).isPresent())
            .ifPresent(m -> courses.computeIfAbsent(m, k -> new ArrayList<>()).add(record));
      }
    }
    return Arrays.stream(Measure.values())
        .flatMap(
            m ->
                Optional.ofNullable(courses.get(m))
                    .map(course -> vital(m, course, born, viewpoint))
                    .stream())
        .limit(VITALS)
        .toList();
  }

  private static Vital vital(
      Measure measure,
      List<ChartRecord> newestFirst,
      @Nullable LocalDate born,
      Viewpoint viewpoint) {
    ChartRecord latest = newestFirst.get(0);
    var observation = (Observation) latest.resource();
    String unit = measure.quantity(observation).map(FhirText::unit).orElse("");
    Optional<BaseDateTimeType> taken = RecordWords.happened(observation);
    boolean adult = taken.filter(day -> Reference.isAdult(born, viewpoint.dayOf(day))).isPresent();
    Reference reference = measure.reference(observation, adult);
    var course = new ArrayList<Observation>();
    newestFirst.stream().limit(8).forEach(r -> course.add(0, (Observation) r.resource()));
    String label = viewpoint.text(measure.key());
    String id = observation.getIdElement().getIdPart();
    return new Vital(
        "Observation",
        id == null ? "" : id,
        label,
        measure.shown(observation),
        unit,
        measure.flag(observation, adult),
        taken.map(viewpoint::when).orElse(""),
        course.size() < 2
            ? null
            : Spark.of(
                course.stream().flatMap(o -> measure.number(o).stream()).toList(),
                reference,
                label
                    + ": "
                    + course.stream().map(measure::shown).collect(Collectors.joining(", "))
                    + " "
                    + unit),
        latest.state());
  }

  /** Whether there is nothing to show. */
  public boolean vacant() {
    return latest.isEmpty();
  }

  public ChartSummary {
    attention = List.copyOf(attention);
    problems = List.copyOf(problems);
    allergies = List.copyOf(allergies);
    medication = List.copyOf(medication);
    vitals = List.copyOf(vitals);
    visits = List.copyOf(visits);
    documents = List.copyOf(documents);
    latest = List.copyOf(latest);
  }
}
