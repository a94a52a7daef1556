package emr.faces.entry;

import emr.faces.FhirText;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * What a chart notes: a problem, an allergy or a drug.
 *
 * @param words what it is called, for people
 * @param names everything that its record calls it, in any language
 * @param codes {@code system|code}
 */
public record Noted(String words, List<String> names, List<String> codes) implements Serializable {

  public Noted {
    names = List.copyOf(names);
    codes = List.copyOf(codes);
  }

  /** As it was typed. */
  static Noted typed(String words) {
    return new Noted(words, List.of(words), List.of());
  }

  /** As a record says it; a code without words is called what our lists call it. */
  public static Noted of(CodeableConcept concept, Viewpoint viewpoint) {
    List<String> names =
        Stream.concat(
                Stream.of(concept.getText()), concept.getCoding().stream().map(Coding::getDisplay))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    List<String> codes =
        concept.getCoding().stream()
            .filter(Coding::hasCode)
            .map(coding -> coding.getSystem() + "|" + coding.getCode())
            .toList();
    return new Noted(
        names.isEmpty()
            ? CodedList.called(codes, viewpoint).orElseGet(() -> FhirText.concept(concept))
            : names.get(0),
        names,
        codes);
  }
}
