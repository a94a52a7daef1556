package emr.faces.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a record of a timeline is, as people sort it. */
public enum Kind {
  VISITS("Encounter"),
  RESULTS("DiagnosticReport", "Observation", "ImagingStudy"),
  MEDICATION("MedicationRequest", "MedicationStatement", "Immunization"),
  DOCUMENTS("Composition", "DocumentReference"),
  PROBLEMS("Condition", "AllergyIntolerance", "Procedure", "CarePlan", "ServiceRequest");

  private final List<String> types;

  Kind(String... types) {
    this.types = List.of(types);
  }

  /** Name in addresses and style sheets. */
  public String getName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Key of its words. */
  public String getLabel() {
    return "kind." + getName();
  }

  /** FHIR types. */
  List<String> types() {
    return types;
  }

  static Kind of(String type) {
    return Arrays.stream(values())
        .filter(kind -> kind.types.contains(type))
        .findFirst()
        .orElse(PROBLEMS);
  }

  /** The kinds a name stands for: one, or all of them. */
  static List<Kind> named(String name) {
    List<Kind> one = Arrays.stream(values()).filter(kind -> kind.getName().equals(name)).toList();
    return one.isEmpty() ? Arrays.asList(values()) : one;
  }
}
