package emr.validation;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Fault;
import emr.exchange.record.Refusal.Reason;
import emr.validation.Shape.Field;
import emr.validation.Shape.Required;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a resource in <a href="http://hl7.org/fhir/R4/json.html">JSON</a>, checked in
 * one walk over its tree. Of the form: that elements are defined where they stand, that lists are
 * arrays and single elements are not, that a choice is made once, that primitives have the form of
 * their type and codes are among those that a required binding allows, that nothing is null or
 * empty, and that contained resources have the ids by which they are referred to. Of the rules:
 * that required elements are there, that references lead to types that they may lead to, and that
 * narratives hold nothing active. A test lets nothing pass that HAPI's strict parser refuses.
 */
public final class Structure {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private static final Set<String> TYPES = Set.copyOf(R4.getResourceTypes());

  private static final int MOST_FAULTS = 100;

  /** Characters; see <a href="http://hl7.org/fhir/R4/datatypes.html#string">string</a>. */
  private static final int LONGEST_TEXT = 1024 * 1024;

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

  /** References to contained resources, each with its place. */
  private final Map<Place, String> inward = new HashMap<>(0);

  private Structure() {}

  /**
   * @throws Refusal {@link Reason#MALFORMED} naming each element of the wrong form; else {@link
   *     Reason#UNPROCESSABLE} naming each that is against a rule
   */
  public static void check(ObjectNode resource) {
    var structure = new Structure();
    structure.whole(resource, null);
    if (!structure.broken.isEmpty()) {
      throw new Refusal(Reason.MALFORMED, structure.broken);
    }
    if (!structure.againstRules.isEmpty()) {
      throw new Refusal(Reason.UNPROCESSABLE, structure.againstRules);
    }
  }

  /** A resource that is contained in no other: what it refers to inwards is in it. */
  private void whole(ObjectNode resource, @Nullable Place place) {
    Map<Place, String> outer = inward.isEmpty() ? Map.of() : Map.copyOf(inward);
    inward.clear();
    resource(resource, place);
    if (!inward.isEmpty()) {
      Set<String> contained = new HashSet<>();
      resource.path("contained").forEach(each -> contained.add(each.path("id").asText()));
      inward.forEach(
          (at, id) -> {
            if (!contained.contains(id)) {
              broken(at, "refers to nothing in this resource");
            }
          });
      inward.clear();
    }
    inward.putAll(outer);
  }

  private void resource(ObjectNode resource, @Nullable Place place) {
    JsonNode type = resource.path("resourceType");
    if (!type.isTextual() || !TYPES.contains(type.asText())) {
      throw new Refusal(Reason.MALFORMED, "A resource says its resourceType, one of FHIR R4's.");
    }
    String name = type.asText();
    narrative(resource, place, name);
    object(
        resource,
        R4.getResourceDefinition(name),
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
    Shape shape = Shape.of(definition);
    Map<String, String> chosen = null;
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      Field field = shape.fields().get(name);
      if (field == null) {
        field = beside(name, entry.getValue(), shape, place);
      } else {
        element(object, name, entry.getValue(), field, place);
      }
      if (field != null && field.choice() != null) {
        chosen = chosen == null ? new HashMap<>(4) : chosen;
        String type = name.startsWith("_") ? name.substring(1) : name;
        String other = chosen.put(field.choice(), type);
        if (other != null && !other.equals(type)) {
          broken(place.child(name), "is one type too many");
        }
      }
    }
    if (chosen != null && definition == Shape.EXTENSION.composite() && object.has("extension")) {
      broken(place, "has both a value and extensions");
    }
    for (Required required : shape.required()) {
      if (!isThere(object, required)) {
        againstRules(place.child(required.element()), "required", "is required");
      }
    }
  }

  /**
   * What is beside the elements: the type of a resource, and ids and extensions of primitives.
   *
   * @return of the primitive; null if there is none
   */
  private @Nullable Field beside(String name, JsonNode value, Shape shape, Place place) {
    if (name.equals("resourceType") && shape.isResource()) {
      return null;
    }
    Field field = name.startsWith("_") ? shape.fields().get(name.substring(1)) : null;
    if (field == null || field.primitive() == null) {
      broken(place.child(safe(name)), "is not defined here");
      return null;
    }
    if (value.isArray() != field.isList()) {
      broken(place.child(name), field.isList() ? "is a list" : "is no list");
    } else if (!field.isList()) {
      ofPrimitive(value, place.child(name));
    } else {
      for (int i = 0; i < value.size(); i++) {
        if (!value.get(i).isNull()) {
          ofPrimitive(value.get(i), new Place(place, name, i));
        }
      }
    }
    return field;
  }

  /** An id and extensions, no value. */
  private void ofPrimitive(JsonNode value, Place place) {
    if (!(value instanceof ObjectNode object) || object.isEmpty()) {
      broken(place, "is not an object with elements");
      return;
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      Field field = Shape.OF_PRIMITIVE.fields().get(entry.getKey());
      if (field == null) {
        broken(place.child(safe(entry.getKey())), "is not defined here");
      } else {
        element(object, entry.getKey(), entry.getValue(), field, place);
      }
    }
  }

  /** A name that a client made up is repeated only if it looks like one. */
  private static String safe(String name) {
    boolean plain =
        name.length() <= 64
            && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    return plain ? name : "?";
  }

  private static boolean isThere(ObjectNode object, Required required) {
    for (String name : required.names()) {
      if (object.has(name)) {
        return true;
      }
    }
    return false;
  }

  private void element(ObjectNode object, String name, JsonNode value, Field field, Place place) {
    if (value.isArray() != field.isList()) {
      broken(place.child(name), field.isList() ? "is a list" : "is no list");
      return;
    }
    if (!field.isList()) {
      one(value, field, place.child(name));
      return;
    }
    if (value.isEmpty()) {
      broken(place.child(name), "is empty");
    }
    for (int i = 0; i < value.size(); i++) {
      Place at = new Place(place, name, i);
      if (!value.get(i).isNull()) {
        one(value.get(i), field, at);
      } else if (!object.path("_" + name).path(i).isObject()) {
        broken(at, "is null");
      }
    }
  }

  private void one(JsonNode value, Field field, Place place) {
    if (value.isNull()) {
      broken(place, "is null");
    } else if (field.primitive() != null) {
      primitive(value, field, field.primitive(), place);
    } else if (!(value instanceof ObjectNode object) || object.isEmpty()) {
      broken(place, "is not an object with elements");
    } else if (field.composite() != null) {
      if (object.has("reference")) {
        target(object.path("reference").asText(), field, place);
      }
      object(object, field.composite(), place);
    } else if (place.name.equals("contained")) {
      if (!object.has("id")) {
        broken(place, "has no id");
      }
      resource(object, place);
    } else {
      whole(object, place);
    }
  }

  private void primitive(JsonNode value, Field field, Primitive type, Place place) {
    if (!type.fits(value)) {
      broken(place, "is not written as a " + type.type());
    } else if (!field.codes().isEmpty() && !field.codes().contains(value.textValue())) {
      broken(place, "has a code that is not among those it may have");
    } else if (value.isTextual()
        && value.textValue().length() > LONGEST_TEXT
        && type != Primitive.BASE64_BINARY) {
      againstRules(place, "too-long", "is longer than a megabyte");
    }
  }

  private void target(String reference, Field field, Place place) {
    if (reference.startsWith("#")) {
      if (reference.length() > 1) {
        inward.put(place.child("reference"), reference.substring(1));
      }
      return;
    }
    int slash = reference.indexOf('/');
    if (slash > 0 && !field.targets().isEmpty()) {
      String type = reference.substring(0, slash);
      if (TYPES.contains(type) && !field.targets().contains(type)) {
        againstRules(
            place.child("reference"),
            "invariant",
            "leads to a " + type + ", and may lead to " + String.join(", ", field.targets()));
      }
    }
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
