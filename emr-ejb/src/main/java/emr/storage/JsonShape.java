package emr.storage;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks what HAPI's parser is generous about: that lists are arrays and single elements are not,
 * that booleans, numbers and texts are JSON's booleans, numbers and texts, and that nothing is null
 * or empty. See <a href="http://hl7.org/fhir/R4/json.html">JSON representation</a>.
 */
final class JsonShape {

  private static final Set<String> NUMBERS =
      Set.of("decimal", "integer", "positiveInt", "unsignedInt");

  /** What may stand under a name; the element is null where a whole resource stands. */
  private record Field(boolean isList, @Nullable BaseRuntimeElementDefinition<?> element) {}

  private static final Map<BaseRuntimeElementCompositeDefinition<?>, Map<String, Field>> KNOWN =
      new ConcurrentHashMap<>();

  private JsonShape() {}

  /**
   * @throws Refusal {@link Reason#MALFORMED} naming the element
   */
  static void check(ObjectNode resource) {
    JsonNode type = resource.path("resourceType");
    if (!type.isTextual() || !RecordTypes.exists(type.asText())) {
      throw new Refusal(Reason.MALFORMED, "A resource says its resourceType, one of FHIR R4's.");
    }
    check(resource, FhirJson.R4.getResourceDefinition(type.asText()));
  }

  private static void check(
      ObjectNode object, BaseRuntimeElementCompositeDefinition<?> definition) {
    Map<String, Field> fields = KNOWN.computeIfAbsent(definition, key -> new ConcurrentHashMap<>());
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      if (name.equals("resourceType") || name.startsWith("_")) {
        continue;
      }
      Field field = fields.get(name);
      if (field == null) {
        field = field(definition, name);
        if (field == null) {
          continue; // HAPI's parser names what is not defined
        }
        fields.put(name, field);
      }
      if (value.isArray() != field.isList) {
        throw refused(name, field.isList ? "is a list" : "is no list");
      }
      if (!field.isList) {
        check(name, value, field, false);
        continue;
      }
      if (value.isEmpty()) {
        throw refused(name, "is empty");
      }
      boolean hasSibling = object.has("_" + name);
      for (JsonNode each : value) {
        check(name, each, field, hasSibling);
      }
    }
  }

  private static void check(String name, JsonNode value, Field field, boolean mayBeNull) {
    if (value.isNull()) {
      if (!mayBeNull) {
        throw refused(name, "is null");
      }
      return;
    }
    BaseRuntimeElementDefinition<?> element = field.element;
    if (element instanceof RuntimePrimitiveDatatypeDefinition) {
      String type = element.getName();
      boolean right =
          type.equals("boolean")
              ? value.isBoolean()
              : NUMBERS.contains(type)
                  ? value.isNumber()
                  : value.isTextual() && !value.asText().isEmpty();
      if (!right) {
        throw refused(name, "is not written as a " + type);
      }
    } else if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
      if (!(value instanceof ObjectNode object) || object.isEmpty()) {
        throw refused(name, "is not an object with elements");
      }
      check(object, composite);
    } else if (element == null) {
      if (!(value instanceof ObjectNode resource)) {
        throw refused(name, "is not a resource");
      }
      check(resource);
    }
  }

  private static @Nullable Field field(
      BaseRuntimeElementCompositeDefinition<?> definition, String name) {
    for (BaseRuntimeChildDefinition child : definition.getChildrenAndExtension()) {
      if (child.getValidChildNames().contains(name)) {
        boolean isResource = name.equals("contained") || name.equals("resource");
        BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
        boolean isPlain =
            element instanceof RuntimePrimitiveDatatypeDefinition
                || element instanceof BaseRuntimeElementCompositeDefinition;
        return isPlain && !element.getName().equals("xhtml")
            ? new Field(child.getMax() != 1, element)
            : isResource ? new Field(child.getMax() != 1, null) : null;
      }
    }
    return null;
  }

  private static Refusal refused(String name, String fault) {
    return new Refusal(Reason.MALFORMED, "Element " + name + " " + fault + ".");
  }
}
