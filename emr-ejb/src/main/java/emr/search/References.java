package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import emr.access.RecordTypes;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * <a href="http://hl7.org/fhir/R4/search.html#reference">References</a>. Below one of our {@link
 * OwnAddresses} an absolute one means a record here; every other stands for itself alone.
 */
final class References {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private References() {}

  static String term(String place, String reference) {
    return "r " + place + " " + reference;
  }

  /** Where the identifier of a reference is kept among terms. */
  static String identifier(String place) {
    return place + ".identifier";
  }

  /**
   * Adds what {@code element} is found by.
   *
   * @param except no term for this; null for none
   */
  static void index(
      String place, JsonNode element, @Nullable String except, Consumer<String> terms) {
    if (element.path("identifier").isObject() && !element.has("resourceType")) {
      Tokens.index(identifier(place), element.path("identifier"), terms);
    }
    String reference = OwnAddresses.relative(of(element));
    if (reference.isEmpty() || reference.startsWith("#")) {
      return;
    }
    String current = withoutVersion(reference);
    if (!current.equals(except)) {
      terms.accept(term(place, current));
    }
    if (current.length() < reference.length()) {
      terms.accept(term(place, reference));
    }
  }

  /** The reference as it is written; empty if there is none. */
  static String of(JsonNode element) {
    if (element.isTextual()) {
      return element.asText();
    }
    if (element.path("resourceType").isTextual()) { // a resource in a Bundle
      return element.path("resourceType").asText() + "/" + element.path("id").asText();
    }
    return element.path("reference").asText();
  }

  /** Without the version of a record, or of a canonical address. */
  static String withoutVersion(String reference) {
    int history = reference.indexOf("/_history/");
    if (history >= 0) {
      return reference.substring(0, history);
    }
    int bar = reference.indexOf('|');
    return bar < 0 ? reference : reference.substring(0, bar);
  }

  /** {@code Type/id} of a record here; null if it is none. */
  static @Nullable String local(String reference) {
    String relative = OwnAddresses.relative(reference);
    return isAbsolute(relative) || type(relative) == null ? null : withoutVersion(relative);
  }

  private static boolean isAbsolute(String reference) {
    return reference.startsWith("http://") || reference.startsWith("https://");
  }

  /** The type of a record, here or elsewhere; null if the reference does not say. */
  static @Nullable String type(String reference) {
    String[] parts = withoutVersion(reference).split("/", -1);
    if (parts.length < 2 || (parts.length > 2 && !isAbsolute(reference))) {
      return null;
    }
    String type = parts[parts.length - 2];
    return RecordTypes.exists(type) && ID.matcher(parts[parts.length - 1]).matches() ? type : null;
  }

  /**
   * The references that a search's value may mean.
   *
   * @param ofType the type that the search names; null if it names none
   */
  static List<String> meant(SearchParameter parameter, @Nullable String ofType, String value) {
    if (ID.matcher(value).matches()) {
      Set<String> types = ofType == null ? parameter.targets() : Set.of(ofType);
      return (types.isEmpty() ? RecordTypes.names() : types)
          .stream().map(type -> type + "/" + value).toList();
    }
    return ofType == null || ofType.equals(type(value))
        ? List.of(OwnAddresses.relative(value))
        : List.of();
  }

  /** Whether what {@code path} leads to may be {@code reference}. */
  static boolean fits(ElementPath path, String reference) {
    String target = path.target();
    String type = target == null ? null : type(reference);
    return type == null || type.equals(target);
  }
}
