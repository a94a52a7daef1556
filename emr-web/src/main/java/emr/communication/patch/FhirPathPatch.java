package emr.communication.patch;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/**
 * A <a href="http://hl7.org/fhir/R4/fhirpatch.html">FHIRPath Patch</a>: {@code Parameters} that
 * name elements by FHIRPath. The paths are evaluated on HAPI's model; what they lead to is changed
 * in the JSON, so that the rest stays as it is, digit for digit.
 */
public final class FhirPathPatch {

  private static final int MOST_OPERATIONS = 100;
  private static final int NOWHERE = -1;

  private FhirPathPatch() {}

  /** A value as its parameter gives it. */
  private record Value(JsonNode part) {

    /** The member that holds it: {@code valueQuantity}; null if it is made of parts. */
    @Nullable String member() {
      for (Map.Entry<String, JsonNode> field : part.properties()) {
        if (field.getKey().startsWith("value")) {
          return field.getKey();
        }
      }
      return part.has("resource") ? "resource" : null;
    }

    /** {@code Quantity} of {@code valueQuantity}. */
    String type() {
      String member = member();
      if (member == null || !member.startsWith("value")) {
        throw unfitting("A choice of type needs a value of one type.");
      }
      return member.substring("value".length());
    }
  }

  private record Operation(
      String type, String path, String name, @Nullable Value value, int index, int from, int to) {}

  /**
   * @return refuses with {@link Reason#UNPROCESSABLE} where the patch does not fit
   * @throws Refusal {@link Reason#MALFORMED} if {@code parameters} are no FHIRPath Patch
   */
  public static UnaryOperator<ObjectNode> of(ObjectNode parameters) {
    if (!parameters.path("resourceType").asText().equals("Parameters")) {
      throw malformed("A patch is a JSON Patch, or Parameters.");
    }
    var operations = new ArrayList<Operation>();
    for (JsonNode parameter : parameters.path("parameter")) {
      operations.add(operation(parameter));
    }
    if (operations.isEmpty() || operations.size() > MOST_OPERATIONS) {
      throw malformed("A FHIRPath Patch has 1 to " + MOST_OPERATIONS + " operations.");
    }
    return resource -> {
      operations.forEach(operation -> apply(operation, resource));
      return resource;
    };
  }

  private static Operation operation(JsonNode parameter) {
    if (!parameter.path("name").asText().equals("operation")) {
      throw malformed("The parameters of a FHIRPath Patch are operations.");
    }
    String type = "";
    String path = "";
    String name = "";
    Value value = null;
    int index = NOWHERE;
    int from = NOWHERE;
    int to = NOWHERE;
    for (JsonNode part : parameter.path("part")) {
      switch (part.path("name").asText()) {
        case "type" -> type = part.path("valueCode").asText();
        case "path" -> path = part.path("valueString").asText();
        case "name" -> name = part.path("valueString").asText();
        case "value" -> value = new Value(part);
        case "index" -> index = part.path("valueInteger").asInt(NOWHERE);
        case "source" -> from = part.path("valueInteger").asInt(NOWHERE);
        case "destination" -> to = part.path("valueInteger").asInt(NOWHERE);
        default -> throw malformed("An operation has a part that is not known.");
      }
    }
    boolean right =
        !path.isEmpty()
            && switch (type) {
              case "add" -> !name.isEmpty() && value != null;
              case "insert" -> index >= 0 && value != null;
              case "delete" -> true;
              case "replace" -> value != null;
              case "move" -> from >= 0 && to >= 0;
              default -> false;
            };
    if (!right) {
      throw malformed("An operation lacks what its type needs.");
    }
    Paths.check(path);
    return new Operation(type, path, name, value, index, from, to);
  }

  private static void apply(Operation operation, ObjectNode resource) {
    var model = new Located(resource);
    List<Base> found = Paths.evaluate(operation.path, model.root());
    switch (operation.type) {
      case "delete" -> {
        if (!found.isEmpty()) {
          model.place(only(found)).remove();
        }
      }
      case "replace" -> replace(model.place(only(found)), value(operation));
      case "add" -> add(model, only(found), operation);
      case "insert" -> {
        Located.Place first = sibling(model, found);
        JsonNode made = json(value(operation), first.definition());
        if (operation.index > first.size()) {
          throw unfitting("The index is behind the end of the list.");
        }
        first.insert(operation.index, made);
      }
      case "move" -> {
        Located.Place first = sibling(model, found);
        if (Math.max(operation.from, operation.to) >= first.size()) {
          throw unfitting("The index is behind the end of the list.");
        }
        first.move(operation.from, operation.to);
      }
      default -> throw malformed("There is no such operation.");
    }
  }

  private static Value value(Operation operation) {
    if (operation.value == null) {
      throw malformed("An operation lacks what its type needs.");
    }
    return operation.value;
  }

  private static Base only(List<Base> found) {
    if (found.size() != 1) {
      throw unfitting("A path leads to " + (found.isEmpty() ? "nothing." : "several elements."));
    }
    return found.get(0);
  }

  /** Any of the elements, all of which are of one list. */
  private static Located.Place sibling(Located model, List<Base> found) {
    if (found.isEmpty()) {
      throw unfitting("A path leads to nothing.");
    }
    Located.Place first = model.place(found.get(0));
    if (!first.isInList()
        || first.size() != found.size()
        || !found.stream().allMatch(each -> model.place(each).isBeside(first))) {
      throw unfitting("A path does not lead to one list.");
    }
    return first;
  }

  private static void replace(Located.Place place, Value value) {
    if (place.choice() != null) {
      place.rename(place.choice() + value.type());
    }
    place.set(json(value, place.definition()));
  }

  private static void add(Located model, Base to, Operation operation) {
    BaseRuntimeElementCompositeDefinition<?> definition = Located.composite(to);
    BaseRuntimeChildDefinition child = child(definition, operation.name);
    Value value = value(operation);
    String member =
        child instanceof RuntimeChildChoiceDefinition
            ? operation.name + value.type()
            : operation.name;
    JsonNode made = json(value, value.member() == null ? child.getChildByName(member) : null);
    ObjectNode object = model.object(to);
    if (child.getMax() != 1) {
      object.withArray("/" + member).add(made);
      return;
    }
    boolean isThere = child.getValidChildNames().stream().anyMatch(object::has);
    if (isThere) {
      throw unfitting("What is to be added is there, and does not repeat.");
    }
    object.set(member, made);
  }

  private static BaseRuntimeChildDefinition child(
      BaseRuntimeElementCompositeDefinition<?> definition, String name) {
    BaseRuntimeChildDefinition child = definition.getChildByName(name);
    if (child == null) {
      child = definition.getChildByName(name + "[x]");
    }
    if (child == null) {
      throw unfitting("There is no element of that name.");
    }
    return child;
  }

  /** A value in JSON; one that is made of parts is an object of type {@code definition}. */
  private static JsonNode json(Value value, @Nullable BaseRuntimeElementDefinition<?> definition) {
    String member = value.member();
    if (member != null) {
      return value.part.path(member);
    }
    if (!(definition instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
      throw unfitting("A value is missing.");
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (JsonNode part : value.part.path("part")) {
      String name = part.path("name").asText();
      BaseRuntimeChildDefinition child = child(composite, name);
      var each = new Value(part);
      String to = child instanceof RuntimeChildChoiceDefinition ? name + each.type() : name;
      JsonNode made = json(each, each.member() == null ? child.getChildByName(to) : null);
      if (child.getMax() == 1) {
        object.set(to, made);
      } else {
        object.withArray("/" + to).add(made);
      }
    }
    if (object.isEmpty()) {
      throw unfitting("A value is missing.");
    }
    return object;
  }

  private static Refusal malformed(String explanation) {
    return new Refusal(Reason.MALFORMED, explanation);
  }

  static Refusal unfitting(String explanation) {
    return new Refusal(Reason.UNPROCESSABLE, explanation);
  }
}
