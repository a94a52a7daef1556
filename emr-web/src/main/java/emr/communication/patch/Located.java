package emr.communication.patch;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.storage.FhirJson;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** A resource in HAPI's model, which knows of each element where it stands in the JSON. */
final class Located {

  private final ObjectNode json;
  private final Resource root;
  private final Map<Base, Place> places = new IdentityHashMap<>();

  Located(ObjectNode json) {
    this.json = json;
    this.root = (Resource) FhirJson.model(json);
    walk(root, json);
  }

  Resource root() {
    return root;
  }

  private void walk(Base at, @Nullable ObjectNode object) {
    for (Property property : at.children()) {
      List<Base> values = property.getValues();
      boolean isChoice = property.getName().endsWith("[x]");
      for (int i = 0; i < values.size(); i++) {
        Base value = values.get(i);
        if (value == null) {
          continue;
        }
        String base = isChoice ? property.getName().replace("[x]", "") : property.getName();
        String name = isChoice ? base + capital(value.fhirType()) : base;
        int index = property.isList() ? i : -1;
        places.put(value, new Place(object, name, index, isChoice ? base : null, value));
        walk(value, object == null ? null : object(object, name, index, value));
      }
    }
  }

  private static @Nullable ObjectNode object(ObjectNode in, String name, int index, Base value) {
    JsonNode found = in.path(value.isPrimitive() ? "_" + name : name);
    return (index < 0 ? found : found.path(index)) instanceof ObjectNode object ? object : null;
  }

  private static String capital(String type) {
    return type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
  }

  /** Where an element stands. */
  Place place(Base element) {
    Place place = places.get(element);
    if (place == null || place.object == null) {
      throw FhirPathPatch.unfitting("A path leads to nothing that can be changed.");
    }
    return place;
  }

  /** The object that an element is; of a primitive, the one beside it. */
  ObjectNode object(Base element) {
    if (element == root) {
      return json;
    }
    Place place = place(element);
    return place.asObject();
  }

  static BaseRuntimeElementCompositeDefinition<?> composite(Base element) {
    if (FhirJson.definition(element)
        instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
      return composite;
    }
    throw FhirPathPatch.unfitting("A path leads to what has no elements.");
  }

  /** Where an element stands: under a name, perhaps in a list. */
  static final class Place {

    private final @Nullable ObjectNode object;
    private final int index;
    private final @Nullable String choice;
    private final Base element;
    private String name;

    Place(
        @Nullable ObjectNode object,
        String name,
        int index,
        @Nullable String choice,
        Base element) {
      this.object = object;
      this.name = name;
      this.index = index;
      this.choice = choice;
      this.element = element;
    }

    private ObjectNode parent() {
      return Objects.requireNonNull(object);
    }

    boolean isInList() {
      return index >= 0;
    }

    boolean isBeside(Place other) {
      return object == other.object && name.equals(other.name);
    }

    int size() {
      return parent().path(name).size();
    }

    /** The name without a type; null if it is no choice of types. */
    @Nullable String choice() {
      return choice;
    }

    @Nullable BaseRuntimeElementDefinition<?> definition() {
      return element.isPrimitive() ? null : FhirJson.definition(element);
    }

    ObjectNode asObject() {
      String key = element.isPrimitive() ? "_" + name : name;
      JsonNode found = parent().path(key);
      if (index < 0) {
        if (found instanceof ObjectNode there) {
          return there;
        }
        return parent().putObject(key);
      }
      if (found.path(index) instanceof ObjectNode there) {
        return there;
      }
      ArrayNode list = found instanceof ArrayNode there ? there : parent().putArray(key);
      while (list.size() <= index) {
        list.addNull();
      }
      ObjectNode made = list.objectNode();
      list.set(index, made);
      return made;
    }

    void rename(String to) {
      if (!to.equals(name)) {
        parent().remove(List.of(name, "_" + name));
        name = to;
      }
    }

    void set(JsonNode value) {
      if (index < 0) {
        parent().remove("_" + name);
        parent().set(name, value);
        return;
      }
      list(name).set(index, value);
      if (parent().get("_" + name) instanceof ArrayNode beside && beside.size() > index) {
        beside.set(index, NullNode.instance);
        tidy();
      }
    }

    void remove() {
      if (index < 0) {
        parent().remove(List.of(name, "_" + name));
        return;
      }
      for (String key : List.of(name, "_" + name)) {
        if (parent().get(key) instanceof ArrayNode list) {
          list.remove(index);
          if (list.isEmpty()) {
            parent().remove(key);
          }
        }
      }
      tidy();
    }

    void insert(int at, JsonNode value) {
      list(name).insert(at, value);
      if (parent().get("_" + name) instanceof ArrayNode beside && beside.size() >= at) {
        beside.insertNull(at);
      }
    }

    void move(int from, int to) {
      for (String key : List.of(name, "_" + name)) {
        if (parent().get(key) instanceof ArrayNode list) {
          while (list.size() < size()) {
            list.addNull();
          }
          JsonNode moved = list.remove(from);
          list.insert(to, moved);
        }
      }
    }

    private ArrayNode list(String key) {
      return (ArrayNode) parent().path(key);
    }

    /** A list of nothing but nulls beside another says nothing. */
    private void tidy() {
      if (parent().get("_" + name) instanceof ArrayNode beside) {
        var any = new ArrayList<JsonNode>();
        beside.forEach(
            each -> {
              if (!each.isNull()) {
                any.add(each);
              }
            });
        if (any.isEmpty()) {
          parent().remove("_" + name);
        }
      }
    }
  }
}
