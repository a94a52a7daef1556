package emr.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts ids in the place of what a <a href="http://hl7.org/fhir/R4/http.html#trules">transaction</a>
 * refers by: the full URLs of its own entries, and conditions.
 */
final class References {

  private static final Pattern PLACEHOLDER = Pattern.compile("urn:(?:uuid|oid):[0-9A-Za-z.\\-]+");
  private static final Pattern RESTFUL =
      Pattern.compile("https?://.+/([A-Za-z]+/[A-Za-z0-9\\-.]+)");

  private final Map<String, String> known = new HashMap<>();
  private final Map<String, String> relative = new HashMap<>();
  private final Map<String, String> conditions = new HashMap<>();
  private final Function<String, String> conditional;

  /**
   * @param conditional the {@code Type/id} that {@code Type?condition} means, or refuses
   */
  References(Function<String, String> conditional) {
    this.conditional = conditional;
  }

  /**
   * @param isNew whether what went by {@code fullUrl} until now has become {@code record}
   * @throws Refusal {@link Reason#MALFORMED} if two go by the same
   */
  void add(@Nullable String fullUrl, RecordId record, boolean isNew) {
    if (fullUrl == null) {
      return;
    }
    String other = known.put(fullUrl, record.toString());
    if (other != null && !other.equals(record.toString())) {
      throw new Refusal(Reason.MALFORMED, "Two entries have the same fullUrl.");
    }
    Matcher restful = RESTFUL.matcher(fullUrl);
    if (isNew && restful.matches()) {
      relative.put(restful.group(1), record.toString());
    }
  }

  /** What a reference is in the end. */
  String resolve(String reference) {
    String plain = known.get(reference);
    if (plain == null) {
      plain = relative.get(reference);
    }
    if (plain != null) {
      return plain;
    }
    if (isCondition(reference)) {
      String found = conditions.get(reference);
      if (found == null) {
        found = conditional.apply(reference);
        conditions.put(reference, found);
      }
      return found;
    }
    return reference;
  }

  private static boolean isCondition(String reference) {
    int mark = reference.indexOf('?');
    return mark > 0 && reference.substring(0, mark).chars().allMatch(Character::isLetter);
  }

  /**
   * Resolves all references and links of a resource.
   *
   * @throws Refusal {@link Reason#MALFORMED} for a placeholder that stands for nothing
   */
  void resolveIn(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String resolved = resolved(field.getKey(), field.getValue());
        if (resolved == null) {
          resolveIn(field.getValue());
        } else {
          field.setValue(TextNode.valueOf(resolved));
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        String resolved = resolved("", array.get(i));
        if (resolved == null) {
          resolveIn(array.get(i));
        } else {
          array.set(i, TextNode.valueOf(resolved));
        }
      }
    }
  }

  /** Null for what stays. */
  private @Nullable String resolved(String name, JsonNode value) {
    if (!value.isTextual()) {
      return null;
    }
    String text = value.asText();
    switch (name) {
      case "reference" -> {
        String resolved = resolve(text);
        if (resolved.equals(text) && PLACEHOLDER.matcher(text).matches()) {
          throw new Refusal(Reason.MALFORMED, "A reference is to no entry of the transaction.");
        }
        return resolved;
      }
      case "div" -> {
        return PLACEHOLDER
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(known.getOrDefault(found.group(), found.group())));
      }
      default -> {
        return text.startsWith("urn:") || text.startsWith("http") ? known.get(text) : null;
      }
    }
  }
}
