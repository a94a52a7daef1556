package emr.validation;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;

/** Makes resources of any type as the definitions allow them, and spoils them. */
public final class AnyResource {

  private static final FhirContext R4 = FhirContext.forR4Cached();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEPTH = 4;
  private static final Set<String> LEFT_OUT =
      Set.of("extension", "modifierExtension", "contained", "id", "div");

  private final Random random;

  public AnyResource(long seed) {
    random = new Random(seed);
  }

  public ObjectNode next() {
    List<String> types = R4.getResourceTypes().stream().sorted().toList();
    String type = types.get(random.nextInt(types.size()));
    ObjectNode resource = JSON.objectNode().put("resourceType", type).put("id", "a-1");
    fill(resource, R4.getResourceDefinition(type), 0);
    return resource;
  }

  private void fill(
      ObjectNode into, BaseRuntimeElementCompositeDefinition<?> definition, int depth) {
    for (BaseRuntimeChildDefinition child : definition.getChildren()) {
      boolean wanted = child.getMin() > 0 || (depth < DEPTH && random.nextInt(4) == 0);
      if (!wanted || LEFT_OUT.contains(child.getElementName())) {
        continue;
      }
      var names =
          new ArrayList<>(
              child.getValidChildNames().stream()
                  .filter(each -> !isMadeUp(child, each))
                  .sorted()
                  .toList());
      Collections.shuffle(names, random);
      for (String name : names) { // not every kind of value is made here
        JsonNode value = value(child, name, depth);
        if (value != null) {
          into.set(name, child.getMax() == 1 ? value : list(value, child, name, depth));
          break;
        }
      }
    }
    boolean isExtensible =
        !(definition instanceof RuntimeResourceDefinition)
            || DomainResource.class.isAssignableFrom(definition.getImplementingClass());
    if (isExtensible && random.nextInt(12) == 0) {
      into.putArray("extension").addObject().put("url", "http://e").put("valueInteger", 1);
    }
  }

  /** HAPI lets references be named by the types to which they lead. */
  private static boolean isMadeUp(BaseRuntimeChildDefinition child, String name) {
    String element = child.getElementName().replace("[x]", "");
    return child instanceof RuntimeChildChoiceDefinition
        ? child.getChildByName(name).getName().equals("Reference")
            && !name.equals(element + "Reference")
        : !name.equals(element);
  }

  private ArrayNode list(JsonNode first, BaseRuntimeChildDefinition child, String name, int depth) {
    ArrayNode list = JSON.arrayNode().add(first);
    JsonNode second = random.nextInt(3) == 0 ? value(child, name, depth) : null;
    return second == null ? list : list.add(second);
  }

  private @Nullable JsonNode value(BaseRuntimeChildDefinition child, String name, int depth) {
    BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
    if (child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition codes) {
      return JSON.textNode(code(codes.getBoundEnumType()));
    }
    if (element instanceof RuntimePrimitiveDatatypeDefinition) {
      return primitive(element.getName());
    }
    if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite
        && !(element instanceof RuntimeResourceDefinition)
        && !element.getName().equals("Narrative")) {
      ObjectNode object = JSON.objectNode();
      if (element.getName().equals("Reference")) {
        return object.put("display", "shown");
      }
      fill(object, composite, depth + 1);
      return object.isEmpty() ? object.put("id", "e") : object;
    }
    return null;
  }

  private String code(Class<? extends Enum<?>> bound) {
    try {
      Enum<?>[] all = bound.getEnumConstants();
      return (String) bound.getMethod("toCode").invoke(all[random.nextInt(all.length - 1)]);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable JsonNode primitive(String type) {
    return switch (type) {
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer", "positiveInt", "unsignedInt" -> JSON.numberNode(1 + random.nextInt(99));
      case "decimal" -> JSON.numberNode(random.nextInt(999) / 10.0);
      case "date" -> JSON.textNode(one("2026", "2026-02", "2026-02-28"));
      case "dateTime" -> JSON.textNode(one("2024-02-29", "2026-02-03T23:59:59.1Z", "1999"));
      case "instant" -> JSON.textNode(one("2026-02-03T04:05:06Z", "2026-02-03T04:05:06.7+09:00"));
      case "time" -> JSON.textNode(one("04:05:06", "23:59:59.123"));
      case "base64Binary" -> JSON.textNode("AAEC");
      case "oid" -> JSON.textNode("urn:oid:1.2.3");
      case "uuid" -> JSON.textNode("urn:uuid:c757873d-ec9a-4326-a141-556f43239520");
      case "uri", "url", "canonical" -> JSON.textNode("http://example.org/a");
      case "code", "id", "string", "markdown" -> JSON.textNode(one("a", "b-1"));
      default -> null;
    };
  }

  private String one(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** Changes one element, somewhere, into something else; it may still be right. */
  void spoil(ObjectNode resource) {
    ObjectNode at = resource;
    while (random.nextInt(3) > 0) {
      List<JsonNode> parts = at.findParents(names(at).get(0));
      at = (ObjectNode) parts.get(random.nextInt(parts.size()));
      JsonNode below = at.get(one(names(at)));
      if (below.isArray() && !below.isEmpty()) {
        below = below.get(random.nextInt(below.size()));
      }
      if (!(below instanceof ObjectNode object) || object.isEmpty()) {
        break;
      }
      at = object;
    }
    String name = one(names(at));
    JsonNode value = at.get(name);
    switch (random.nextInt(10)) {
      case 0 -> at.set(name, JSON.textNode(one("", " ", "x y", "2026-02-30", "#no", "tru", "1,5")));
      case 1 -> at.set(name, JSON.numberNode(random.nextInt(9) - 4));
      case 2 -> at.set(name, JSON.booleanNode(true));
      case 3 -> at.set(name, JSON.arrayNode().add(value));
      case 4 -> at.set(name, value.isArray() && !value.isEmpty() ? value.get(0) : value);
      case 5 -> at.set(name, JSON.objectNode());
      case 6 -> at.set(name, JSON.nullNode());
      case 7 -> at.set(one("nonsense", "_nonsense", "resourceType", "value", "valueString"), value);
      case 8 -> at.set("_" + name, one("id", "x").equals("id") ? value : JSON.objectNode());
      default -> at.set(name, JSON.objectNode().put("reference", "#nowhere"));
    }
  }

  private static List<String> names(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
