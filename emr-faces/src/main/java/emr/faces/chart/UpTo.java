package emr.faces.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for what happened up to a day, by what pages say that it happened. */
final class UpTo {

  /** By which search parameters records of a type are dated: the first that has a value. */
  private static final Map<String, List<String>> DATED =
      Map.ofEntries(
          Map.entry("CarePlan", List.of("date")),
          Map.entry("Composition", List.of("date")),
          Map.entry("Condition", List.of("onset-date", "recorded-date")),
          Map.entry("DiagnosticReport", List.of("date")),
          Map.entry("DocumentReference", List.of("date")),
          Map.entry("Encounter", List.of("date")),
          Map.entry("ImagingStudy", List.of("started")),
          Map.entry("Immunization", List.of("date")),
          Map.entry("Media", List.of("created")),
          Map.entry("MedicationRequest", List.of("authoredon")),
          Map.entry("MedicationStatement", List.of("effective")),
          Map.entry("Observation", List.of("date")),
          Map.entry("Procedure", List.of("date")));

  private UpTo() {}

  /**
   * Conditions of searches that together find every record of {@code type} that happened up to
   * {@code last}: of what is dated, and of what is not. A day more is asked for, since a centre
   * counts days elsewhere than the reader.
   *
   * @param last null for everything, which is one search without a condition; so is a type whose
   *     records are dated by no parameter
   * @return each empty or beginning with an ampersand
   */
  static List<String> conditions(String type, @Nullable LocalDate last) {
    List<String> parameters = DATED.getOrDefault(type, List.of());
    if (last == null || parameters.isEmpty()) {
      return List.of("");
    }
    var conditions = new ArrayList<String>();
    String undated = "";
    for (String parameter : parameters) {
      conditions.add(undated + "&" + parameter + "=le" + last.plusDays(1));
      undated += "&" + parameter + ":missing=true";
    }
    conditions.add(undated);
    return conditions;
  }

  /** Whether a search for records of {@code type}, newest first, goes by what they are dated by. */
  static boolean isInOrder(String type) {
    return DATED.getOrDefault(type, List.of()).size() == 1;
  }
}
