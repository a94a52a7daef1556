package emr.faces;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
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
 * @param lines in the order of the record
 * @param files that belong to it
 */
public record RecordView(String kind, String title, String when, List<Line> lines, List<File> files)
    implements Serializable {

  /** The standard extension for a note on a resource whose type has no place for one. */
  static final String NOTE = "http://hl7.org/fhir/StructureDefinition/note";

  private static final Set<String> NOT_FOR_PEOPLE =
      Set.of(
          "id",
          "meta",
          "implicitRules",
          "language",
          "text",
          "modifierExtension",
          "subject",
          "patient");
  private static final int DEEPEST = 6;

  /**
   * One line.
   *
   * @param value empty for a heading
   * @param depth 0 for the record itself, one more for each part of a part
   */
  public record Line(String label, String value, int depth) implements Serializable {

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
    return new RecordView(
        RecordWords.kind(resource, viewpoint),
        RecordWords.title(resource, viewpoint),
        RecordWords.happened(resource).map(viewpoint::when).orElse(""),
        lines,
        files);
  }

  private static void walk(
      Base part, int depth, List<Line> lines, List<File> files, Viewpoint viewpoint) {
    for (Property property : part.children()) {
      String name = property.getName().replace("[x]", "");
      if (depth == 0 && NOT_FOR_PEOPLE.contains(name) || name.equals("id")) {
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
      if (NOTE.equals(extension.getUrl()) && extension.hasValue()) {
        lines.add(
            new Line(
                label("note", viewpoint), FhirText.line(extension.getValue(), viewpoint), depth));
      }
      return;
    }
    if (value instanceof Attachment attachment) {
      files.add(file(attachment, viewpoint));
    }
    if (value instanceof SectionComponent section) {
      section(section, depth, lines, files, viewpoint);
      return;
    }
    String words = FhirText.line(value, viewpoint);
    if (!words.isEmpty()) {
      lines.add(new Line(label(name, viewpoint), words, depth));
      return;
    }
    boolean structured =
        !value.isPrimitive()
            && !(value instanceof Reference)
            && !(value instanceof Identifier)
            && !(value instanceof Attachment);
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
