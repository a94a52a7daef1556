package emr.communication.representation;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeDeclaredChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.communication.representation.Wanted.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of a resource what {@code _summary} or {@code _elements} wants, with whatever is mandatory
 * or modifies the meaning, and marks it as SUBSETTED. Which elements those are, FHIR's definitions
 * say.
 */
public final class Subset {

  /** Of the tag that marks what is not whole. */
  public static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

  public static final String CODE = "SUBSETTED";

  private static final FhirContext R4 = FhirContext.forR4Cached();
  private static final Set<String> ALWAYS = Set.of("resourceType", "id", "meta", "implicitRules");

  /**
   * An element as its definition has it.
   *
   * @param content what lies in it; null for a primitive or any resource
   */
  private record Element(
      boolean summary,
      boolean required,
      boolean modifier,
      @Nullable BaseRuntimeElementCompositeDefinition<?> content) {}

  private static final Map<BaseRuntimeElementCompositeDefinition<?>, Map<String, Element>> KNOWN =
      new ConcurrentHashMap<>();

  private Subset() {}

  /** Of a resource, or of each entry of a Bundle. */
  static ObjectNode of(ObjectNode resource, Wanted wanted) {
    if (wanted.part() == Part.ALL && wanted.elements().isEmpty()) {
      return resource;
    }
    if (!resource.path("resourceType").asText().equals("Bundle")) {
      return subset(resource, wanted);
    }
    for (JsonNode entry : resource.path("entry")) {
      if (entry instanceof ObjectNode holder
          && entry.path("resource") instanceof ObjectNode inner
          && isMeant(inner, entry.path("search").path("mode").asText(), wanted)) {
        holder.set("resource", subset(inner, wanted));
      }
    }
    return resource;
  }

  /**
   * <a href="http://hl7.org/fhir/R4/search.html#elements">Elements</a> are of the matches; of what
   * they bring along only if their type is named.
   */
  private static boolean isMeant(ObjectNode resource, String mode, Wanted wanted) {
    String of = resource.path("resourceType").asText() + ".";
    return switch (mode) {
      case "outcome" -> false;
      case "include" ->
          wanted.elements().isEmpty()
              || wanted.elements().stream().anyMatch(wish -> wish.startsWith(of));
      default -> true;
    };
  }

  private static ObjectNode subset(ObjectNode resource, Wanted wanted) {
    String type = resource.path("resourceType").asText();
    Map<String, Element> elements = elements(R4.getResourceDefinition(type));
    ObjectNode left = resource.objectNode();
    for (Map.Entry<String, JsonNode> member : resource.properties()) {
      String name = member.getKey();
      String plain = plain(name);
      Element element = elements.get(plain);
      boolean mandatory = element != null && (element.required || element.modifier);
      if (ALWAYS.contains(plain) || mandatory || chosen(type, plain, element, wanted)) {
        JsonNode value = member.getValue();
        if (wanted.part() == Part.SUMMARY && element != null && !plain.equals("meta")) {
          value = summary(value, element);
        }
        if (value != null) {
          left.set(name, value);
        }
      }
    }
    tag(left);
    return left;
  }

  private static boolean chosen(
      String type, String name, @Nullable Element element, Wanted wanted) {
    return switch (wanted.part()) {
      case SUMMARY -> element != null && element.summary;
      case TEXT -> name.equals("text");
      case DATA -> !name.equals("text");
      case ALL ->
          wanted.elements().stream()
              .map(wish -> wish.startsWith(type + ".") ? wish.substring(type.length() + 1) : wish)
              .map(wish -> wish.indexOf('.') < 0 ? wish : wish.substring(0, wish.indexOf('.')))
              .anyMatch(wish -> name.equals(wish) || isChoiceOf(name, wish, element));
    };
  }

  /** {@code valueQuantity} is a {@code value}. */
  private static boolean isChoiceOf(String name, String wish, @Nullable Element element) {
    return element != null
        && name.length() > wish.length()
        && name.startsWith(wish)
        && Character.isUpperCase(name.charAt(wish.length()));
  }

  /** What of an element belongs to a summary; null if nothing is left. */
  private static @Nullable JsonNode summary(JsonNode value, Element element) {
    if (element.content == null) {
      return value;
    }
    if (value instanceof ArrayNode list) {
      ArrayNode left = list.arrayNode();
      for (JsonNode each : list) {
        JsonNode kept = summary(each, element);
        if (kept != null) {
          left.add(kept);
        }
      }
      return left.isEmpty() ? null : left;
    }
    if (!(value instanceof ObjectNode object)) {
      return value;
    }
    Map<String, Element> elements = elements(element.content);
    ObjectNode left = object.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Element inner = elements.get(plain(member.getKey()));
      if (inner != null && (inner.summary || inner.required || inner.modifier)) {
        JsonNode kept = summary(member.getValue(), inner);
        if (kept != null) {
          left.set(member.getKey(), kept);
        }
      }
    }
    return left.isEmpty() ? null : left;
  }

  /** {@code _birthDate} goes where {@code birthDate} goes. */
  private static String plain(String name) {
    return name.startsWith("_") ? name.substring(1) : name;
  }

  private static void tag(ObjectNode resource) {
    resource
        .withObject("/meta")
        .withArray("/tag")
        .addObject()
        .put("system", SYSTEM)
        .put("code", CODE);
  }

  private static Map<String, Element> elements(BaseRuntimeElementCompositeDefinition<?> of) {
    Map<String, Element> known = KNOWN.get(of);
    if (known == null) {
      known = define(of);
      KNOWN.put(of, known);
    }
    return known;
  }

  private static Map<String, Element> define(BaseRuntimeElementCompositeDefinition<?> of) {
    var elements = new HashMap<String, Element>();
    for (BaseRuntimeChildDefinition child : of.getChildrenAndExtension()) {
      String element = child.getElementName();
      if (element.equals("extension") || element.equals("modifierExtension")) {
        // of several kinds in HAPI's definitions
        elements.put(element, new Element(false, false, element.startsWith("m"), null));
        continue;
      }
      for (String name : child.getValidChildNames()) {
        BaseRuntimeElementDefinition<?> type = child.getChildByName(name);
        boolean modifier =
            child instanceof BaseRuntimeDeclaredChildDefinition declared && declared.isModifier();
        elements.put(
            name,
            new Element(
                child.isSummary(),
                child.getMin() > 0,
                modifier,
                type instanceof BaseRuntimeElementCompositeDefinition<?> content ? content : null));
      }
    }
    return Map.copyOf(elements);
  }
}
