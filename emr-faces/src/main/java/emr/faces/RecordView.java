package emr.faces;

import emr.exchange.access.AccessPolicy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A record of any FHIR R4 type for people: labels and values, no markup, no JSON and no internal
 * id.
 *
 * @param kind such as "Prescription"
 * @param title what it is about
 * @param when it happened, or empty
 * @param labels how delicate it is, in words; empty for what is ordinary
 * @param lines in the order of the record
 * @param files that belong to it
 */
public record RecordView(
    String kind, String title, String when, String labels, List<Line> lines, List<File> files)
    implements Serializable {

  /** The standard extension for a note on a resource whose type has no place for one. */
  static final String NOTE = "http://hl7.org/fhir/StructureDefinition/note";

  private static final Set<String> NOT_FOR_PEOPLE =
      Set.of("id", "meta", "implicitRules", "language", "text", "subject", "patient");

  /** What only machines follow, wherever it stands. */
  private static final Set<String> INTERNAL =
      Set.of("id", "meta", "implicitRules", "fullUrl", "linkId", "system");

  private static final int DEEPEST = 6;

  /** Types whose records stand in a patient's chart, so that a reference leads to their page. */
  private static final Set<String> CHARTED =
      Set.of(
          "AllergyIntolerance",
          "CarePlan",
          "ClinicalImpression",
          "Composition",
          "Condition",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "Goal",
          "ImagingStudy",
          "Immunization",
          "MedicationAdministration",
          "MedicationDispense",
          "MedicationRequest",
          "MedicationStatement",
          "Observation",
          "Procedure",
          "QuestionnaireResponse",
          "ServiceRequest",
          "Specimen");

  private static final Pattern LOCAL = Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})");

  /**
   * One line.
   *
   * @param value empty for a heading
   * @param depth 0 for the record itself, one more for each part of a part
   * @param type of another record of the chart that the line leads to; empty for none
   * @param id of that record, for the link alone
   */
  public record Line(String label, String value, int depth, String type, String id)
      implements Serializable {

    public Line(String label, String value, int depth) {
      this(label, value, depth, "", "");
    }

    public boolean leads() {
      return !type.isEmpty();
    }

    public boolean heading() {
      return value.isEmpty();
    }
  }

  /**
   * A file that a document carries or names.
   *
   * @param binary the logical id of the Binary that holds it; empty where it is elsewhere
   */
  public record File(String title, String contentType, String size, String binary)
      implements Serializable {}

  public RecordView {
    lines = List.copyOf(lines);
    files = List.copyOf(files);
  }

  public static RecordView of(Resource resource, Viewpoint viewpoint) {
    var lines = new ArrayList<Line>();
    var files = new ArrayList<File>();
    walk(resource, 0, lines, files, viewpoint);
    if (resource instanceof DomainResource domain) {
      narrative(domain, lines, viewpoint);
    }
    return new RecordView(
        RecordWords.kind(resource, viewpoint),
        RecordWords.title(resource, viewpoint),
        RecordWords.happened(resource).map(viewpoint::when).orElse(""),
        RecordWords.labels(resource, viewpoint),
        lines,
        files);
  }

  /** A narrative is read where it says more than the elements, or where there are none. */
  private static void narrative(DomainResource resource, List<Line> lines, Viewpoint viewpoint) {
    boolean repeats = repeats(resource.getText());
    String text = FhirText.narrative(resource.getText());
    if (!text.isEmpty() && (lines.isEmpty() || !repeats)) {
      lines.add(new Line(viewpoint.text("record.narrative"), text, 0));
    }
  }

  /** Whether a narrative was made of the elements, and says no more than they do. */
  private static boolean repeats(Narrative narrative) {
    return !narrative.hasStatus() || narrative.getStatus() == NarrativeStatus.GENERATED;
  }

  private static void walk(
      Base part, int depth, List<Line> lines, List<File> files, Viewpoint viewpoint) {
    for (Property property : part.children()) {
      String name = property.getName().replace("[x]", "");
      if (depth == 0 && NOT_FOR_PEOPLE.contains(name) || INTERNAL.contains(name)) {
        continue;
      }
      for (Base value : property.getValues()) {
        show(part, name, value, depth, lines, files, viewpoint);
      }
    }
  }

  private static void show(
      Base owner,
      String name,
      Base value,
      int depth,
      List<Line> lines,
      List<File> files,
      Viewpoint viewpoint) {
    if (value instanceof Extension extension) {
      if (name.equals("modifierExtension")) {
        lines.add(
            new Line(viewpoint.text("record.qualifier"), qualifier(extension, viewpoint), depth));
      } else if (NOTE.equals(extension.getUrl()) && extension.hasValue()) {
        lines.add(
            new Line(
                label("note", viewpoint), FhirText.line(extension.getValue(), viewpoint), depth));
      } else if (AccessPolicy.REFERRAL.equals(extension.getUrl())
          && extension.getValue() instanceof Reference referral) {
        lines.addAll(reference(referral, "basedOn", depth, viewpoint));
      }
      return;
    }
    if (value instanceof Narrative told && repeats(told)) {
      return;
    }
    if (value instanceof Attachment attachment) {
      files.add(file(attachment, viewpoint));
    }
    if (value instanceof SectionComponent section) {
      section(section, depth, lines, files, viewpoint);
      return;
    }
    if (value instanceof Reference reference) {
      lines.addAll(reference(reference, name, depth, viewpoint));
      return;
    }
    String words = FhirText.line(value, viewpoint);
    if (!words.isEmpty()) {
      lines.add(new Line(label(name, viewpoint), words, depth));
      return;
    }
    boolean structured =
        !value.isPrimitive() && !(value instanceof Identifier) && !(value instanceof Attachment);
    if (structured && depth < DEEPEST && (value instanceof DomainResource || value != owner)) {
      var inner = new ArrayList<Line>();
      walk(value, depth + 1, inner, files, viewpoint);
      if (!inner.isEmpty()) {
        String heading =
            value instanceof Resource resource
                ? RecordWords.kind(resource, viewpoint)
                : label(name, viewpoint);
        lines.add(new Line(heading, "", depth));
        lines.addAll(inner);
      }
    }
  }

  /** What changes the meaning of the rest is shown even where nobody knows it. */
  private static String qualifier(Extension extension, Viewpoint viewpoint) {
    String url = extension.getUrl() == null ? "" : extension.getUrl();
    return FhirText.joined(
        ": ",
        FhirText.humanised(url.substring(url.lastIndexOf('/') + 1)),
        extension.hasValue() ? FhirText.line(extension.getValue(), viewpoint) : "");
  }

  /** By what the reference shows, else by the kind of record to which it leads; never by an id. */
  private static List<Line> reference(
      Reference reference, String name, int depth, Viewpoint viewpoint) {
    Matcher local = LOCAL.matcher(reference.hasReference() ? reference.getReference() : "");
    boolean leads = local.matches() && CHARTED.contains(local.group(1));
    String shown =
        reference.hasDisplay() && !LOCAL.matcher(reference.getDisplay()).matches()
            ? reference.getDisplay()
            : reference.hasIdentifier() ? FhirText.line(reference.getIdentifier(), viewpoint) : "";
    if (shown.isEmpty() && reference.getResource() instanceof Resource contained) {
      shown = RecordWords.title(contained, viewpoint);
    }
    if (shown.isEmpty() && leads) {
      shown = RecordWords.kind(local.group(1), viewpoint);
    }
    if (shown.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Line(
            label(name, viewpoint),
            shown,
            depth,
            leads ? local.group(1) : "",
            leads ? local.group(2) : ""));
  }

  private static void section(
      SectionComponent section,
      int depth,
      List<Line> lines,
      List<File> files,
      Viewpoint viewpoint) {
    String title = section.hasTitle() ? section.getTitle() : FhirText.concept(section.getCode());
    String text = section.hasText() ? FhirText.narrative(section.getText()) : "";
    if (!text.isEmpty()) {
      lines.add(new Line(title, text, depth));
    }
    section.getEntry().stream()
        .map(Reference::getDisplay)
        .filter(display -> display != null && !display.isBlank())
        .forEach(display -> lines.add(new Line(title, display, depth)));
    section.getSection().forEach(s -> section(s, depth + 1, lines, files, viewpoint));
  }

  private static File file(Attachment attachment, Viewpoint viewpoint) {
    String url = attachment.hasUrl() ? attachment.getUrl() : "";
    return new File(
        attachment.hasTitle() ? attachment.getTitle() : viewpoint.text("record.file"),
        attachment.hasContentType() ? attachment.getContentType() : "",
        attachment.hasSize() ? FhirText.size(attachment.getSize(), viewpoint) : "",
        url.startsWith("Binary/") ? url.substring("Binary/".length()) : "");
  }

  private static String label(String element, Viewpoint viewpoint) {
    return viewpoint.textOr("field." + element, FhirText.humanised(element));
  }
}
