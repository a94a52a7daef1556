package emr.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import emr.storage.Search;
import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Whether an entry of a transaction is what a conditional reference of another means: it is made on
 * the very condition, or has the identifier.
 */
final class OwnEntries {

  private static final String IDENTIFIER = "identifier=";

  private final String type;
  private final String query;

  /**
   * @param reference {@code Type?query}
   */
  OwnEntries(String reference) {
    int mark = reference.indexOf('?');
    this.type = reference.substring(0, mark);
    this.query = reference.substring(mark + 1);
  }

  boolean fulfils(String otherType, JsonNode resource, @Nullable Search condition) {
    if (!type.equals(otherType)) {
      return false;
    }
    if (condition != null && condition.self().equals(Search.parse(type + "?" + query).self())) {
      return true;
    }
    return query.startsWith(IDENTIFIER)
        && query.indexOf('&') < 0
        && hasIdentifier(resource, URLDecoder.decode(query.substring(IDENTIFIER.length()), UTF_8));
  }

  private static boolean hasIdentifier(JsonNode resource, String wanted) {
    int bar = wanted.indexOf('|');
    String system = bar < 0 ? null : wanted.substring(0, bar);
    String value = wanted.substring(bar + 1);
    JsonNode identifiers = resource.path("identifier");
    if (identifiers.isObject()) {
      return fits(identifiers, system, value);
    }
    for (JsonNode identifier : identifiers) {
      if (fits(identifier, system, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(JsonNode identifier, @Nullable String system, String value) {
    return identifier.path("value").asText().equals(value)
        && (system == null || identifier.path("system").asText().equals(system));
  }
}
