package emr.storage;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Fault;
import emr.exchange.record.Refusal.Reason;
import emr.validation.Narrative;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * Checks what HAPI's parser is generous about. Of the form: that lists are arrays and single
 * elements are not, that booleans, numbers and texts are JSON's booleans, numbers and texts, and
 * that nothing is null or empty (<a href="http://hl7.org/fhir/R4/json.html">JSON
 * representation</a>). Of the rules: that required elements are there, that references lead to
 * types that they may lead to, and that narratives hold nothing active. Tables are made once of
 * HAPI's definitions.
 */
final class JsonShape {

  private static final Set<String> NUMBERS =
      Set.of("decimal", "integer", "positiveInt", "unsignedInt");

  private static final int MOST_FAULTS = 100;

  /** Characters; see <a href="http://hl7.org/fhir/R4/datatypes.html#string">string</a>. */
  private static final int LONGEST_TEXT = 1024 * 1024;

  /**
   * What may stand under a name.
   *
   * @param element null where a whole resource stands
   * @param targets the types that a reference may lead to; empty for all
   */
  private record Field(
      boolean isList, @Nullable BaseRuntimeElementDefinition<?> element, Set<String> targets) {}

  /**
   * An element that must be there.
   *
   * @param names under which it may be; several for a choice of types
   */
  private record Required(String element, Set<String> names) {}

  private record Shape(Map<String, Field> fields, List<Required> required) {}

  /** HAPI has several kinds of definitions for them. */
  private static final Set<String> EXTENSIONS = Set.of("extension", "modifierExtension");

  private static final Field EXTENSION =
      new Field(true, FhirJson.R4.getElementDefinition("Extension"), Set.of());

  private static final Map<BaseRuntimeElementCompositeDefinition<?>, Shape> KNOWN =
      new ConcurrentHashMap<>();

  /** Where in the resource; written out only to name a fault. */
  private record Place(@Nullable Place in, String name, int index) {

    private Place child(String element) {
      return new Place(this, element, -1);
    }

    private String expression() {
      return (in == null ? "" : in.expression() + ".")
          + name
          + (index < 0 ? "" : "[" + index + "]");
    }
  }

  private final List<Fault> broken = new ArrayList<>(0);
  private final List<Fault> againstRules = new ArrayList<>(0);

  private JsonShape() {}

  /**
   * @return what is against the rules
   * @throws Refusal {@link Reason#MALFORMED} naming each element of the wrong form
   */
  static List<Fault> check(ObjectNode resource) {
    var shape = new JsonShape();
    shape.resource(resource, null);
    if (!shape.broken.isEmpty()) {
      throw new Refusal(Reason.MALFORMED, shape.broken);
    }
    return shape.againstRules;
  }

  private void resource(ObjectNode resource, @Nullable Place place) {
    JsonNode type = resource.path("resourceType");
    if (!type.isTextual() || !RecordTypes.exists(type.asText())) {
      throw new Refusal(Reason.MALFORMED, "A resource says its resourceType, one of FHIR R4's.");
    }
    String name = type.asText();
    narrative(resource, place, name);
    object(
        resource,
        FhirJson.R4.getResourceDefinition(name),
        place == null ? new Place(null, name, -1) : place);
  }

  private void narrative(ObjectNode resource, @Nullable Place place, String type) {
    JsonNode div = resource.path("text").path("div");
    if (div.isTextual()) {
      String fault = Narrative.fault(div.asText());
      if (fault != null) {
        Place at = place == null ? new Place(null, type, -1) : place;
        againstRules(at.child("text").child("div"), "invariant", fault);
      }
    }
  }

  private void object(
      ObjectNode object, BaseRuntimeElementCompositeDefinition<?> definition, Place place) {
    if (broken.size() + againstRules.size() > MOST_FAULTS) {
      return;
    }
    Shape shape = KNOWN.get(definition);
    if (shape == null) {
      shape = shape(definition);
      KNOWN.put(definition, shape);
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      Field field = shape.fields.get(entry.getKey());
      if (field != null) { // HAPI's parser names what is not defined
        element(object, entry.getKey(), entry.getValue(), field, place);
      }
    }
    for (Required required : shape.required) {
      if (!isThere(object, required)) {
        againstRules(place.child(required.element), "required", "is required");
      }
    }
  }

  private static boolean isThere(ObjectNode object, Required required) {
    for (String name : required.names) {
      if (object.has(name) || object.has("_" + name)) {
        return true;
      }
    }
    return false;
  }

  private void element(ObjectNode object, String name, JsonNode value, Field field, Place place) {
    if (value.isArray() != field.isList) {
      broken(place.child(name), field.isList ? "is a list" : "is no list");
      return;
    }
    if (!field.isList) {
      one(value, field, false, place.child(name));
      return;
    }
    if (value.isEmpty()) {
      broken(place.child(name), "is empty");
    }
    boolean hasSibling = object.has("_" + name);
    for (int i = 0; i < value.size(); i++) {
      one(value.get(i), field, hasSibling, new Place(place, name, i));
    }
  }

  private void one(JsonNode value, Field field, boolean mayBeNull, Place place) {
    if (value.isNull()) {
      if (!mayBeNull) {
        broken(place, "is null");
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
        broken(place, "is not written as a " + type);
      } else if (value.isTextual()
          && value.textValue().length() > LONGEST_TEXT
          && !type.equals("base64Binary")) {
        againstRules(place, "too-long", "is longer than a megabyte");
      }
    } else if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
      if (!(value instanceof ObjectNode object) || object.isEmpty()) {
        broken(place, "is not an object with elements");
        return;
      }
      if (!field.targets.isEmpty()) {
        target(object.path("reference").asText(), field, place);
      }
      object(object, composite, place);
    } else if (element == null) {
      if (value instanceof ObjectNode resource) {
        resource(resource, place);
      } else {
        broken(place, "is not a resource");
      }
    }
  }

  private void target(String reference, Field field, Place place) {
    int slash = reference.indexOf('/');
    if (slash > 0) {
      String type = reference.substring(0, slash);
      if (RecordTypes.exists(type) && !field.targets.contains(type)) {
        againstRules(
            place.child("reference"),
            "invariant",
            "leads to a " + type + ", and may lead to " + String.join(", ", field.targets));
      }
    }
  }

  private static Shape shape(BaseRuntimeElementCompositeDefinition<?> definition) {
    var fields = new HashMap<String, Field>();
    var required = new ArrayList<Required>();
    for (BaseRuntimeChildDefinition child : definition.getChildrenAndExtension()) {
      if (EXTENSIONS.contains(child.getElementName())) {
        fields.put(child.getElementName(), EXTENSION);
        continue;
      }
      Set<String> names = child.getValidChildNames();
      for (String name : names) {
        Field field = field(child, name);
        if (field != null) {
          fields.put(name, field);
        }
      }
      if (child.getMin() > 0) {
        required.add(new Required(child.getElementName(), Set.copyOf(names)));
      }
    }
    return new Shape(Map.copyOf(fields), List.copyOf(required));
  }

  private static @Nullable Field field(BaseRuntimeChildDefinition child, String name) {
    boolean isList = child.getMax() != 1;
    BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
    boolean isPlain =
        element instanceof RuntimePrimitiveDatatypeDefinition
            || element instanceof BaseRuntimeElementCompositeDefinition;
    if (isPlain && !element.getName().equals("xhtml")) {
      return new Field(
          isList, element, element.getName().equals("Reference") ? targets(child) : Set.of());
    }
    boolean isResource = name.equals("contained") || name.equals("resource");
    return isResource ? new Field(isList, null, Set.of()) : null;
  }

  private static Set<String> targets(BaseRuntimeChildDefinition child) {
    List<Class<? extends IBaseResource>> classes =
        child instanceof RuntimeChildResourceDefinition reference
            ? reference.getResourceTypes()
            : child instanceof RuntimeChildChoiceDefinition choice
                ? choice.getResourceTypes()
                : List.of();
    var types = new TreeSet<String>();
    for (Class<? extends IBaseResource> type : classes) {
      if (!RecordTypes.exists(type.getSimpleName())) {
        return Set.of();
      }
      types.add(type.getSimpleName());
    }
    return types;
  }

  private void broken(Place place, String fault) {
    broken.add(new Fault("error", "structure", place.expression(), words(place, fault)));
  }

  private void againstRules(Place place, String code, String fault) {
    againstRules.add(new Fault("error", code, place.expression(), words(place, fault)));
  }

  private static String words(Place place, String fault) {
    return "Element " + place.name + " " + fault + ".";
  }
}
