package emr.faces;

import emr.exchange.access.Sensitivity;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/** What a record of any type is about, and when it happened, in a few words. */
public final class RecordWords {

  /** Elements that name a record, in the order in which they are asked. */
  private static final List<String> NAMING =
      List.of(
          "code",
          "medication[x]",
          "vaccineCode",
          "type",
          "title",
          "description",
          "serviceType",
          "category",
          "name",
          "class");

  /** Elements that say when it happened, in the order in which they are asked. */
  private static final List<String> DATING =
      List.of(
          "effective[x]",
          "performed[x]",
          "occurrence[x]",
          "onset[x]",
          "period",
          "authoredOn",
          "date",
          "started",
          "start",
          "recordedDate",
          "dateTime",
          "created",
          "created[x]",
          "whenHandedOver",
          "issued",
          "servicedDate",
          "billablePeriod",
          "recorded");

  private RecordWords() {}

  /** The kind of record, such as "Progress note" or "Observation". */
  public static String kind(Resource resource, Viewpoint viewpoint) {
    return kind(resource.fhirType(), viewpoint);
  }

  /** The same, by its FHIR type. */
  public static String kind(String type, Viewpoint viewpoint) {
    return viewpoint.textOr("type." + type, FhirText.humanised(type));
  }

  /** What it is about; the kind of record if it says nothing. */
  public static String title(Resource resource, Viewpoint viewpoint) {
    if (resource instanceof Patient patient) {
      return PatientName.of(patient.getName()).inLine();
    }
    if (resource instanceof Composition note && note.hasTitle()) {
      return note.getTitle();
    }
    if (resource instanceof Encounter visit) {
      return encounter(visit, viewpoint);
    }
    if (resource instanceof DocumentReference document) {
      return document(document, viewpoint);
    }
    return NAMING.stream()
        .flatMap(element -> values(resource, element).stream())
        .map(value -> naming(value, viewpoint))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseGet(() -> kind(resource, viewpoint));
  }

  private static String naming(Base value, Viewpoint viewpoint) {
    return value instanceof CodeableConcept
            || value instanceof HumanName
            || value instanceof StringType
            || value.fhirType().equals("Coding")
        ? FhirText.line(value, viewpoint)
        : "";
  }

  private static String encounter(Encounter visit, Viewpoint viewpoint) {
    String where =
        visit.hasClass_() && visit.getClass_().hasCode()
            ? viewpoint.textOr(
                "visit." + visit.getClass_().getCode(), viewpoint.text("type.Encounter"))
            : viewpoint.text("type.Encounter");
    String why =
        visit.getReasonCode().stream()
            .map(FhirText::concept)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElseGet(() -> visit.hasType() ? FhirText.concept(visit.getTypeFirstRep()) : "");
    return FhirText.joined(", ", where, why);
  }

  private static String document(DocumentReference document, Viewpoint viewpoint) {
    String title =
        document.hasContent() ? document.getContentFirstRep().getAttachment().getTitle() : null;
    if (title != null && !title.isBlank()) {
      return title;
    }
    String type = FhirText.concept(document.getType());
    return type.isEmpty()
        ? FhirText.joined(
            "",
            document.getDescription(),
            document.hasDescription() ? "" : kind(document, viewpoint))
        : type;
  }

  /** How delicate it is: the labels that policies know; empty for what is ordinary. */
  public static Set<Sensitivity> sensitivities(Resource resource) {
    var labels = EnumSet.noneOf(Sensitivity.class);
    for (Coding label : resource.getMeta().getSecurity()) {
      Sensitivity.of(String.valueOf(label.getCode())).ifPresent(labels::add);
    }
    labels.remove(Sensitivity.NORMAL);
    return labels;
  }

  /** The same in words, such as "Restricted, Mental health"; empty for what is ordinary. */
  public static String labels(Resource resource, Viewpoint viewpoint) {
    return sensitivities(resource).stream()
        .map(each -> viewpoint.text("sensitivity." + each))
        .collect(Collectors.joining(", "));
  }

  /** When it happened, or was written, as far as the record says. */
  public static Optional<BaseDateTimeType> happened(Resource resource) {
    return DATING.stream()
        .flatMap(element -> values(resource, element).stream())
        .flatMap(value -> date(value).stream())
        .filter(date -> date.getValue() != null)
        .findFirst()
        .or(
            () ->
                Optional.<BaseDateTimeType>ofNullable(resource.getMeta().getLastUpdatedElement())
                    .filter(date -> date.getValue() != null));
  }

  private static Optional<BaseDateTimeType> date(Base value) {
    if (value instanceof BaseDateTimeType date) {
      return Optional.of(date);
    }
    return value instanceof Period period && period.hasStart()
        ? Optional.of(period.getStartElement())
        : Optional.empty();
  }

  private static List<Base> values(Resource resource, String element) {
    return resource.children().stream()
        .filter(property -> property.getName().equals(element))
        .findFirst()
        .map(property -> property.getValues())
        .orElse(List.of());
  }

  /** Newest first; what has no date comes last. */
  public static Comparator<ChartRecord> newestFirst() {
    return Comparator.comparing(
        (ChartRecord record) ->
            happened(record.resource())
                .map(date -> date.getValue().toInstant())
                .orElse(Instant.MIN),
        Comparator.reverseOrder());
  }
}
