package emr.storage;

import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import com.fasterxml.jackson.databind.JsonNode;
import emr.access.RecordTypes;
import emr.storage.SearchParameter.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All search parameters of one resource type, from FHIR's own definitions, and what a record is
 * found by.
 */
final class SearchParameters {

  private static final Map<String, SearchParameters> BY_TYPE = new ConcurrentHashMap<>();

  /** Of a type's date parameters the first of these is when it happened; else any. */
  private static final List<String> PRINCIPAL =
      List.of(
          "authoredon",
          "date",
          "authored-on",
          "authored",
          "recorded-date",
          "onset-date",
          "birthdate",
          "created",
          "recorded",
          "period",
          "sent",
          "issued",
          "started");

  /** Kept in columns of their own. */
  private static final Set<String> COLUMNS = Set.of("_id", "_lastUpdated");

  private static final Set<String> NAME_PARTS =
      Set.of(
          "text",
          "family",
          "given",
          "prefix",
          "suffix",
          "line",
          "city",
          "district",
          "state",
          "postalCode",
          "country");

  /** More words than this in one element are prose, not a name. */
  private static final int MOST_WORDS = 24;

  private final String type;
  private final Map<String, SearchParameter> byName = new TreeMap<>();
  private final Map<String, Indexed> indexed = new HashMap<>();
  private final @Nullable SearchParameter principalDate;

  /** One set of elements whose values become terms. */
  private record Indexed(ElementPath path, Kind kind) {}

  private SearchParameters(RuntimeResourceDefinition definition) {
    this.type = definition.getName();
    for (RuntimeSearchParam parameter : definition.getSearchParams()) {
      if (!isSupported(parameter)) {
        continue;
      }
      SearchParameter compiled = SearchParameter.of(definition, parameter);
      byName.put(compiled.name(), compiled);
      if (compiled.kind() != Kind.DATE && !COLUMNS.contains(compiled.name())) {
        for (ElementPath path : compiled.paths()) {
          indexed.putIfAbsent(
              compiled.kind() + " " + path.name(), new Indexed(path, compiled.kind()));
        }
      }
    }
    this.principalDate =
        PRINCIPAL.stream()
            .map(byName::get)
            .filter(Objects::nonNull)
            .findFirst()
            .or(
                () ->
                    byName.values().stream()
                        .filter(p -> p.kind() == Kind.DATE && !COLUMNS.contains(p.name()))
                        .findFirst())
            .orElse(null);
  }

  private static boolean isSupported(RuntimeSearchParam parameter) {
    if (parameter.getPath() == null || parameter.getPath().isBlank()) {
      return false;
    }
    return switch (parameter.getParamType()) {
      case TOKEN, STRING, REFERENCE, URI, DATE -> true;
      case NUMBER, QUANTITY, COMPOSITE, HAS, SPECIAL -> false;
    };
  }

  static SearchParameters of(String type) {
    return BY_TYPE.computeIfAbsent(
        type,
        t -> {
          RecordTypes.number(t);
          return new SearchParameters(FhirJson.R4.getResourceDefinition(t));
        });
  }

  Optional<SearchParameter> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Collection<SearchParameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** Those by which a record belongs to the compartment of a {@code type}. */
  List<SearchParameter> membership(String type) {
    return all().stream().filter(parameter -> parameter.compartments().contains(type)).toList();
  }

  /** Says when a record of this type happened. */
  Optional<SearchParameter> principalDate() {
    return Optional.ofNullable(principalDate);
  }

  Optional<DateRange> date(JsonNode resource) {
    return principalDate().flatMap(parameter -> date(parameter, resource));
  }

  /** The time that all values of a date parameter cover together. */
  static Optional<DateRange> date(SearchParameter parameter, JsonNode resource) {
    var ranges = new ArrayList<DateRange>();
    for (ElementPath path : parameter.paths()) {
      path.values(resource, element -> DateRange.of(element).ifPresent(ranges::add));
    }
    return ranges.stream()
        .reduce(
            (a, b) ->
                new DateRange(
                    a.from().isBefore(b.from()) ? a.from() : b.from(),
                    a.until().isAfter(b.until()) ? a.until() : b.until()));
  }

  /**
   * The terms a record is found by, in clear.
   *
   * @param patient whose record it is, {@code Patient/x}: no term, for searches ask by its key
   */
  Set<String> terms(JsonNode resource, @Nullable String patient) {
    var terms = new LinkedHashSet<String>();
    for (Indexed elements : indexed.values()) {
      ElementPath path = elements.path;
      path.values(
          resource,
          element -> {
            switch (elements.kind) {
              case TOKEN -> addTokens(path, element, terms);
              case STRING -> addStrings(path, element, terms);
              case REFERENCE -> addReferences(path, element, patient, terms);
              case URI -> {
                if (element.isTextual()) {
                  terms.add(uri(path, element.asText()));
                }
              }
              case DATE -> {}
            }
          });
    }
    return terms;
  }

  private static void addTokens(ElementPath path, JsonNode element, Set<String> terms) {
    if (element.isValueNode()) {
      addToken(path, null, element.asText(), terms);
    } else if (element.has("coding")) {
      element.path("coding").forEach(coding -> addTokens(path, coding, terms));
    } else if (element.has("code") && element.path("code").isTextual()) {
      addToken(path, system(element), element.path("code").asText(), terms);
    } else if (element.path("value").isTextual()) {
      addToken(path, system(element), element.path("value").asText(), terms);
    }
  }

  private static @Nullable String system(JsonNode element) {
    return element.path("system").isTextual() ? element.path("system").asText() : null;
  }

  private static void addToken(
      ElementPath path, @Nullable String system, String code, Set<String> terms) {
    terms.add(token(path, code));
    if (system == null) {
      terms.add(token(path, "|" + code));
    } else {
      terms.add(token(path, system + "|" + code));
      terms.add(token(path, system + "|"));
    }
  }

  private static void addStrings(ElementPath path, JsonNode element, Set<String> terms) {
    if (element.isObject()) {
      element
          .fields()
          .forEachRemaining(
              field -> {
                if (NAME_PARTS.contains(field.getKey())) {
                  addStrings(path, field.getValue(), terms);
                }
              });
    } else if (element.isArray()) {
      element.forEach(each -> addStrings(path, each, terms));
    } else if (element.isTextual()) {
      List<String> words = Fold.words(element.asText());
      for (String word : words.subList(0, Math.min(words.size(), MOST_WORDS))) {
        terms.addAll(prefixes(path, word));
      }
    }
  }

  private static void addReferences(
      ElementPath path, JsonNode element, @Nullable String patient, Set<String> terms) {
    String reference = element.isTextual() ? element.asText() : element.path("reference").asText();
    if (reference.isEmpty() || reference.startsWith("#") || reference.equals(patient)) {
      return;
    }
    terms.add(reference(path, withoutVersion(reference)));
  }

  private static String withoutVersion(String reference) {
    int history = reference.indexOf("/_history/");
    return history < 0 ? reference : reference.substring(0, history);
  }

  static String token(ElementPath path, String value) {
    return "t " + path.name() + " " + value;
  }

  static String uri(ElementPath path, String value) {
    return "u " + path.name() + " " + value;
  }

  static String reference(ElementPath path, String value) {
    return "r " + path.name() + " " + value;
  }

  /** What finds texts with a word that begins with {@code word}, which is folded. */
  static String beginning(ElementPath path, String word) {
    return "s " + path.name() + " " + word.substring(0, end(word, LONGEST_PREFIX));
  }

  private static final int LONGEST_PREFIX = 12;

  private static Set<String> prefixes(ElementPath path, String word) {
    var prefixes = new LinkedHashSet<String>();
    int length = word.codePointCount(0, word.length());
    for (int i = 1; i <= Math.min(length, LONGEST_PREFIX); i++) {
      prefixes.add(beginning(path, word.substring(0, end(word, i))));
    }
    return prefixes;
  }

  private static int end(String word, int letters) {
    return word.codePointCount(0, word.length()) <= letters
        ? word.length()
        : word.offsetByCodePoints(0, letters);
  }

  String type() {
    return type;
  }
}
