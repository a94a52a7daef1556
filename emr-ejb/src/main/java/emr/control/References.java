package emr.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.validation.Shape;
import emr.validation.Shape.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts ids in the place of what a <a href="http://hl7.org/fhir/R4/http.html#trules">transaction</a>
 * refers by: the full URLs of its own entries, and conditions. What is a reference, its type says,
 * never its text.
 */
final class References {

  private static final Pattern PLACEHOLDER = Pattern.compile("urn:(?:uuid|oid):[0-9A-Za-z.\\-]+");
  private static final Pattern RESTFUL =
      Pattern.compile("https?://.+/([A-Za-z]+/[A-Za-z0-9\\-.]+)");

  /** In a narrative: the beginning of a tag, or what is not looked into. */
  private static final Pattern MARKUP =
      Pattern.compile("<!--.*?-->|<!\\[CDATA\\[.*?]]>|<[A-Za-z][^\\s<>/]*", Pattern.DOTALL);

  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s+([\\w:.-]+)\\s*=\\s*(?:\"([^\"<]*)\"|'([^'<]*)')");

  private static final Set<String> LINKS = Set.of("href", "src");

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
   * Resolves what leads somewhere in a resource: references, elements of type uri, url, oid and
   * uuid, and {@code href} and {@code src} in narratives. Everything else that reads like a full
   * URL stays: texts, canonicals, and uris by which something is named.
   *
   * @throws Refusal {@link Reason#MALFORMED} for a placeholder that stands for nothing
   */
  void resolveIn(ObjectNode resource) {
    Shape shape = Shape.ofResource(resource.path("resourceType").asText());
    if (shape != null) { // else it is refused later
      resolveIn(resource, shape);
    }
  }

  private void resolveIn(ObjectNode object, Shape shape) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      Field field = shape.fields().get(name);
      JsonNode value = member.getValue();
      if (field == null) {
        if (name.startsWith("_")) {
          resolveBeside(value);
        }
      } else if (value instanceof ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
          String resolved = resolved(list.get(i), name, field, shape);
          if (resolved != null) {
            list.set(i, TextNode.valueOf(resolved));
          }
        }
      } else {
        String resolved = resolved(value, name, field, shape);
        if (resolved != null) {
          member.setValue(TextNode.valueOf(resolved));
        }
      }
    }
  }

  /** In the extensions of primitives. */
  private void resolveBeside(JsonNode value) {
    if (value instanceof ObjectNode beside) {
      resolveIn(beside, Shape.OF_PRIMITIVE);
    } else {
      value.forEach(this::resolveBeside);
    }
  }

  /** Null for what stays, or has been resolved inside. */
  private @Nullable String resolved(JsonNode value, String name, Field field, Shape in) {
    if (value instanceof ObjectNode object) {
      if (field.composite() != null) {
        resolveIn(object, Shape.of(field.composite()));
      } else if (field.primitive() == null) {
        resolveIn(object);
      }
      return null;
    }
    if (field.primitive() == null || !value.isTextual()) {
      return null;
    }
    String text = value.textValue();
    return switch (field.primitive()) {
      case STRING -> name.equals("reference") && in.type().equals("Reference") ? led(text) : null;
      case XHTML -> known.isEmpty() ? null : linked(text);
      case URI, URL, OID, UUID -> isName(name, in) ? null : known.get(text);
      default -> null;
    };
  }

  private String led(String reference) {
    String resolved = resolve(reference);
    if (resolved.equals(reference) && PLACEHOLDER.matcher(reference).matches()) {
      throw new Refusal(Reason.MALFORMED, "A reference is to no entry of the transaction.");
    }
    return resolved;
  }

  /**
   * Whether a uri names something and does not lead to it: resources that define something go by
   * their {@code url} wherever they are, as if it were a canonical, and so do extensions and code
   * systems. By the letter of the rule they would be replaced, and nobody would know them any more.
   * Of the resources' own urls only a Device's is an address.
   */
  private static boolean isName(String name, Shape in) {
    return switch (name) {
      case "system", "fullUrl" -> true;
      case "url" -> in.type().equals("Extension") || in.isResource() && !in.type().equals("Device");
      default -> false;
    };
  }

  /** With the narrative's links replaced, and nothing of what it says. */
  private String linked(String div) {
    if (!div.contains("href") && !div.contains("src")) {
      return div;
    }
    var replaced = new StringBuilder(div.length());
    int kept = 0;
    Matcher markup = MARKUP.matcher(div);
    Matcher attribute = ATTRIBUTE.matcher(div);
    for (int at = 0; markup.find(at); ) {
      at = markup.end();
      boolean isTag = div.charAt(markup.start() + 1) != '!';
      while (isTag && attribute.region(at, div.length()).lookingAt()) {
        at = attribute.end();
        int value = attribute.start(2) < 0 ? 3 : 2;
        String link = LINKS.contains(attribute.group(1)) ? known.get(attribute.group(value)) : null;
        if (link != null) {
          replaced.append(div, kept, attribute.start(value)).append(link);
          kept = attribute.end(value);
        }
      }
    }
    return replaced.append(div, kept, div.length()).toString();
  }
}
