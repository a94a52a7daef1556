package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * <a href="http://hl7.org/fhir/R4/search.html#token">Tokens</a>: codes without regard to case, with
 * their systems.
 */
final class Tokens {

  private Tokens() {}

  /**
   * What a search asks for.
   *
   * @param system null for any, empty for none
   * @param code null for any
   */
  record Value(@Nullable String system, @Nullable String code) {

    /** Reads {@code code}, {@code system|code}, {@code |code} or {@code system|}. */
    static Value parse(String text) {
      int bar = bar(text);
      if (bar < 0) {
        return new Value(null, QueryText.unescape(text));
      }
      String code = QueryText.unescape(text.substring(bar + 1));
      return new Value(QueryText.unescape(text.substring(0, bar)), code.isEmpty() ? null : code);
    }

    private static int bar(String text) {
      String system = QueryText.split(text, '|').get(0);
      return system.length() == text.length() ? -1 : system.length();
    }

    /** The terms of which a record that has it has one. */
    List<String> terms(ElementPath path) {
      if (path.bound().isEmpty() || system == null || system.isEmpty()) {
        return List.of(term(path.name(), path.isPrimitive()));
      }
      return path.bound().getOrDefault(system, Set.of()).stream()
          .map(Tokens::fold)
          .filter(each -> code == null || each.equals(fold(code)))
          .map(each -> Tokens.term(path.name(), each))
          .toList();
    }

    String term(String place, boolean primitive) {
      if (code == null) {
        return Tokens.term(place, system + "|");
      }
      // the system of a code alone is implied, and it has none of its own
      boolean any = system == null || primitive;
      return Tokens.term(place, any ? fold(code) : system + "|" + fold(code));
    }

    boolean passes(JsonNode element) {
      var found = new boolean[1];
      codes(
          element,
          (has, primitive, text) ->
              found[0] |=
                  (code == null || fold(code).equals(fold(text)))
                      && (system == null
                          || (primitive && !system.isEmpty())
                          || system.equals(has == null ? "" : has)));
      return found[0];
    }
  }

  private interface Code {
    void is(@Nullable String system, boolean primitive, String code);
  }

  private static void codes(JsonNode element, Code code) {
    if (element.isValueNode()) {
      code.is(null, true, element.asText());
    } else if (element.has("coding")) {
      element.path("coding").forEach(coding -> codes(coding, code));
    } else if (element.path("code").isTextual()) {
      code.is(system(element), false, element.path("code").asText());
    } else if (element.path("value").isTextual()) {
      code.is(system(element), false, element.path("value").asText());
    }
  }

  private static @Nullable String system(JsonNode element) {
    return element.path("system").isTextual() ? element.path("system").asText() : null;
  }

  /** Adds what {@code element} is found by. */
  static void index(String place, JsonNode element, Consumer<String> terms) {
    codes(
        element,
        (system, primitive, text) -> {
          String code = fold(text);
          terms.accept(term(place, code));
          if (system == null && !primitive) {
            terms.accept(term(place, "|" + code));
          } else if (system != null) {
            terms.accept(term(place, system + "|" + code));
            terms.accept(term(place, system + "|"));
          }
        });
  }

  static String term(String place, String value) {
    return "t " + place + " " + value;
  }

  private static String fold(String code) {
    return code.toLowerCase(Locale.ROOT);
  }

  /** The code that comes first, to sort by; null if there is none. */
  static @Nullable String first(JsonNode element) {
    var first = new String[1];
    codes(element, (system, primitive, code) -> first[0] = first[0] == null ? code : first[0]);
    return first[0] == null ? null : fold(first[0]);
  }

  /** For {@code :text}: that the words beside a code begin with {@code text}. */
  static Predicate<JsonNode> saying(String text) {
    String folded = Fold.fold(QueryText.unescape(text));
    return element -> says(element, folded);
  }

  private static boolean says(JsonNode element, String folded) {
    for (String name : new String[] {"text", "display"}) {
      JsonNode words = element.path(name);
      if (words.isTextual() && Fold.fold(words.asText()).startsWith(folded)) {
        return true;
      }
    }
    for (JsonNode coding : element.path("coding")) {
      if (says(coding, folded)) {
        return true;
      }
    }
    JsonNode type = element.path("type"); // of an identifier
    return type.isObject() && says(type, folded);
  }

  /** For {@code :of-type}: an identifier with that type and value, {@code system|code|value}. */
  static Predicate<JsonNode> ofType(String system, String code, String value) {
    var type = new Value(system.isEmpty() ? null : system, code);
    return element ->
        type.passes(element.path("type"))
            && fold(element.path("value").asText()).equals(fold(value));
  }
}
