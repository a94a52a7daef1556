package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * <a href="http://hl7.org/fhir/R4/search.html#string">Strings</a>: each word that is asked for must
 * begin a word of the text, without regard to case, accents, width and kind of kana. So names are
 * found by any of their parts, in any order.
 */
final class Texts {

  /** Words of an element that the database knows: more are prose, not a name. */
  static final int MOST_WORDS = 24;

  /** Letters of a word that the database knows. */
  static final int LONGEST_PREFIX = 12;

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

  private Texts() {}

  /** What finds texts with a word that begins with {@code word}, which is folded. */
  static String term(String place, String word) {
    return "s " + place + " " + word.substring(0, end(word, LONGEST_PREFIX));
  }

  /** Whether {@link #term} is as much as {@code word}. */
  static boolean fits(String word) {
    return end(word, LONGEST_PREFIX) == word.length();
  }

  private static int end(String word, int letters) {
    return word.codePointCount(0, word.length()) <= letters
        ? word.length()
        : word.offsetByCodePoints(0, letters);
  }

  /** Adds what {@code element} is found by. */
  static void index(String place, JsonNode element, Consumer<String> terms) {
    leaves(
        element,
        text -> {
          for (String word : words(text)) {
            int length = Math.min(LONGEST_PREFIX, word.codePointCount(0, word.length()));
            for (int i = 1; i <= length; i++) {
              terms.accept(term(place, word.substring(0, end(word, i))));
            }
          }
        });
  }

  /** The texts of which an element consists. */
  private static void leaves(JsonNode element, Consumer<String> leaf) {
    if (element.isTextual()) {
      leaf.accept(element.asText());
    } else if (element.isArray()) {
      element.forEach(each -> leaves(each, leaf));
    } else if (element.isObject()) {
      for (Map.Entry<String, JsonNode> field : element.properties()) {
        if (NAME_PARTS.contains(field.getKey())) {
          leaves(field.getValue(), leaf);
        }
      }
    }
  }

  private static List<String> words(String text) {
    List<String> words = Fold.words(text);
    return words.subList(0, Math.min(words.size(), MOST_WORDS));
  }

  /** That a word of the element begins with {@code word}, which is folded. */
  static Predicate<JsonNode> beginning(String word) {
    return any(text -> Fold.words(text).stream().anyMatch(each -> each.startsWith(word)));
  }

  static Predicate<JsonNode> equal(String exact) {
    return any(text -> text.equals(exact));
  }

  static Predicate<JsonNode> containing(String part) {
    String folded = Fold.fold(part);
    return any(text -> Fold.fold(text).contains(folded));
  }

  private static Predicate<JsonNode> any(Predicate<String> test) {
    return element -> {
      var found = new boolean[1];
      leaves(element, text -> found[0] |= test.test(text));
      return found[0];
    };
  }

  /** The element's text, folded, to sort by. */
  static String sortable(JsonNode element) {
    var text = new LinkedHashSet<String>();
    leaves(element, leaf -> text.add(Fold.fold(leaf)));
    return String.join(" ", text);
  }
}
