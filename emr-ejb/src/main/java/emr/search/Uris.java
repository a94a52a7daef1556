package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** <a href="http://hl7.org/fhir/R4/search.html#uri">URIs</a>: equal, letter for letter. */
final class Uris {

  private Uris() {}

  static String term(String place, String uri) {
    return "u " + place + " " + uri;
  }

  static void index(String place, JsonNode element, Consumer<String> terms) {
    if (element.isTextual()) {
      terms.accept(term(place, element.asText()));
    }
  }

  static Predicate<JsonNode> equal(String uri) {
    return element -> element.asText().equals(uri);
  }

  /** For {@code :below}: at {@code uri}, or under it by whole steps of the path. */
  static Predicate<JsonNode> below(String uri) {
    String under = uri.endsWith("/") ? uri : uri + "/";
    return element -> element.asText().equals(uri) || element.asText().startsWith(under);
  }

  /** For {@code :above}: {@code uri} and what it lies under. */
  static Set<String> above(String uri) {
    var above = new LinkedHashSet<String>();
    above.add(uri);
    int authority = uri.indexOf("://");
    for (int slash = uri.lastIndexOf('/');
        slash > authority + 2;
        slash = uri.lastIndexOf('/', slash - 1)) {
      above.add(uri.substring(0, slash));
      above.add(uri.substring(0, slash + 1));
    }
    return above;
  }
}
