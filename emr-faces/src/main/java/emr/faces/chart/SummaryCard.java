package emr.faces.chart;

import emr.faces.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A card of a chart's first page that is asked for by itself, once the page stands. What it asks is
 * bounded, so that the longest chart opens as fast as the shortest.
 */
public enum SummaryCard {
  PROBLEMS(
      "Condition?clinical-status=active,recurrence,relapse&_count=50",
      "Condition?clinical-status:missing=true&_count=20"),
  MEDICATION(
      "MedicationRequest?status=active&_count=50", "MedicationStatement?status=active&_count=30"),
  VITALS(latest(Measure.VITALS, 100), latest(Measure.LABORATORY, 80)),
  VISITS("Encounter?_sort=-date&_count=6"),
  DOCUMENTS("Composition?_sort=-date&_count=6", "DocumentReference?_sort=-date&_count=6");

  private final List<String> searches;

  SummaryCard(String... searches) {
    this.searches = List.of(searches);
  }

  private static String latest(List<Measure> measures, int count) {
    return "Observation?code=" + codes(measures) + "&_sort=-date&_count=" + count;
  }

  private static String codes(List<Measure> measures) {
    return measures.stream()
        .flatMap(measure -> measure.loinc().stream())
        .map(code -> Measure.LOINC + "%7C" + code)
        .collect(Collectors.joining(","));
  }

  /** What the card asks about {@code patient}; together one request. */
  List<String> queries(String patient) {
    Stream<String> asked = searches.stream().map(search -> about(patient, search));
    // how a value is judged depends on the patient's age
    return (this == VITALS ? Stream.concat(Stream.of("Patient/" + patient), asked) : asked)
        .toList();
  }

  static String about(String patient, String search) {
    return search.replaceFirst("\\?", "?patient=" + patient + "&");
  }

  /** Name in addresses. */
  public String getName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** FHIR types of what it shows. */
  public Stream<String> types() {
    return searches.stream().map(search -> search.substring(0, search.indexOf('?'))).distinct();
  }

  static Optional<SummaryCard> named(String name) {
    return Arrays.stream(values()).filter(card -> card.getName().equals(name)).findFirst();
  }
}
