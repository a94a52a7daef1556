package emr.search;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.search.SearchParameter.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A resource that has a value for a search parameter, and nothing else, and what finds it. Made
 * from the definitions by walking the elements' names, not by the code that searches.
 */
record Sample(ObjectNode resource, String query) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PART =
      Pattern.compile(
          "(\\w+)(?:\\[\\d+])?(?:\\.(?:as|ofType)\\((\\w+)\\))?"
              + "(?:\\.where\\((\\w+)='([^']*)'\\))?(?:\\.|$)");

  static ObjectNode empty(String type) {
    return JsonNodeFactory.instance.objectNode().put("resourceType", type);
  }

  /** One for each way to have a value. */
  static List<Sample> of(String type, SearchParameter parameter) {
    return switch (parameter.name()) {
      case "_id", "_lastUpdated" -> {
        ObjectNode resource = empty(type).put("id", "own");
        yield List.of(new Sample(resource, parameter.name().equals("_id") ? "own" : "ge2020"));
      }
      default ->
          parameter.kind() == Kind.COMPOSITE ? composites(type, parameter) : all(type, parameter);
    };
  }

  private static List<Sample> composites(String type, SearchParameter composite) {
    var samples = new ArrayList<Sample>();
    for (ElementPath base : composite.paths()) {
      List<Sample> first = within(type, composite, 0, base);
      List<Sample> second = within(type, composite, 1, base);
      for (Sample one : first) {
        for (Sample other : second) {
          ObjectNode both = one.resource.deepCopy();
          merge(both, other.resource);
          samples.add(new Sample(both, one.query + "$" + other.query));
        }
      }
    }
    return samples;
  }

  private static List<Sample> within(
      String type, SearchParameter composite, int i, ElementPath base) {
    var samples = new ArrayList<Sample>();
    for (ElementPath path : composite.components().get(i).paths()) {
      boolean deeper =
          composite.paths().stream()
              .anyMatch(
                  other ->
                      other.name().length() > base.name().length()
                          && path.name().startsWith(other.name() + "."));
      boolean elsewhere = composite.paths().stream().noneMatch(each -> lies(path, each));
      if ((lies(path, base) && !deeper) || elsewhere) {
        samples.addAll(of(type, composite.components().get(i), path));
      }
    }
    return samples;
  }

  private static boolean lies(ElementPath path, ElementPath base) {
    return base.name().isEmpty() || path.name().startsWith(base.name() + ".");
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      JsonNode there = into.get(field.getKey());
      if (there instanceof ObjectNode object && field.getValue() instanceof ObjectNode other) {
        merge(object, other);
      } else if (there instanceof ArrayNode array
          && field.getValue() instanceof ArrayNode others
          && array.get(0) instanceof ObjectNode object
          && others.get(0) instanceof ObjectNode other) {
        merge(object, other);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }

  private static List<Sample> all(String type, SearchParameter parameter) {
    var samples = new ArrayList<Sample>();
    parameter.paths().forEach(path -> samples.addAll(of(type, parameter, path)));
    return samples;
  }

  private static List<Sample> of(String type, SearchParameter parameter, ElementPath path) {
    var samples = new ArrayList<Sample>();
    for (Value value : values(type, parameter, path)) {
      ObjectNode resource = empty(type);
      put(resource, type, path.name(), value);
      samples.add(new Sample(resource, value.query));
    }
    return samples;
  }

  /** An element of a data type, and what finds it. */
  private record Value(String datatype, JsonNode json, String query) {}

  private static List<Value> values(String type, SearchParameter parameter, ElementPath path) {
    var values = new ArrayList<Value>();
    for (String datatype : datatypes(type, path.name())) {
      Value value = value(parameter, path, datatype);
      if (value != null) {
        values.add(value);
      }
    }
    if (values.isEmpty()) {
      throw new IllegalStateException(
          type + " " + parameter.name() + " " + datatypes(type, path.name()));
    }
    return values;
  }

  private static @Nullable Value value(
      SearchParameter parameter, ElementPath path, String datatype) {
    String target =
        path.target() != null
            ? path.target()
            : parameter.targets().isEmpty() ? "Basic" : parameter.targets().iterator().next();
    String reference = target + "/own";
    return switch (parameter.kind()) {
      case TOKEN ->
          switch (datatype) {
            case "CodeableConcept" ->
                new Value(
                    datatype, json("{'coding':[{'system':'http://s','code':'C'}]}"), "http://s|c");
            case "Coding" ->
                new Value(datatype, json("{'system':'http://s','code':'C'}"), "http://s|C");
            case "Identifier", "ContactPoint" ->
                new Value(datatype, json("{'system':'http://s','value':'V'}"), "V");
            case "boolean", "dateTime" ->
                new Value(datatype, json(datatype.equals("boolean") ? "true" : "'2020'"), "true");
            case "code", "string", "uri", "id", "url", "canonical", "oid" ->
                new Value(datatype, json("'final'"), "final");
            case "Age", "Range", "Period", "Reference", "Quantity" -> null;
            default -> null;
          };
      case STRING ->
          switch (datatype) {
            case "HumanName" -> new Value(datatype, json("{'family':'Müller'}"), "mul");
            case "Address" -> new Value(datatype, json("{'city':'Ōsaka'}"), "osa");
            case "string", "markdown", "code", "id" ->
                new Value(datatype, json("'Some Words'"), "wor");
            default -> null;
          };
      case REFERENCE ->
          switch (datatype) {
            case "Reference" ->
                new Value(datatype, json("{'reference':'" + reference + "'}"), reference);
            case "canonical", "uri" -> new Value(datatype, json("'http://e/x|1'"), "http://e/x");
            case "Resource" ->
                new Value(
                    datatype, json("{'resourceType':'" + target + "','id':'own'}"), reference);
            default -> null;
          };
      case URI -> new Value(datatype, json("'http://e/x'"), "http://e/x");
      case DATE ->
          switch (datatype) {
            case "date", "dateTime" -> new Value(datatype, json("'2020-05-05'"), "2020-05");
            case "instant" -> new Value(datatype, json("'2020-05-05T10:00:00Z'"), "2020-05-05");
            case "Period" -> new Value(datatype, json("{'start':'2020-05-05'}"), "gt2020");
            case "Timing" -> new Value(datatype, json("{'event':['2020-05-05']}"), "le2020-05-05");
            default -> null;
          };
      case NUMBER -> datatype.equals("Range") ? null : new Value(datatype, json("5"), "5.0");
      case QUANTITY ->
          switch (datatype) {
            case "Range" ->
                new Value(datatype, json("{'low':{'value':4},'high':{'value':6}}"), "gt5");
            case "SampledData" ->
                new Value(
                    datatype, json("{'origin':{'value':0},'lowerLimit':1,'upperLimit':2}"), "lt2");
            case "Money" -> new Value(datatype, json("{'value':5,'currency':'EUR'}"), "5||EUR");
            case "Quantity", "Age", "Duration", "SimpleQuantity", "Count", "Distance" ->
                new Value(
                    datatype,
                    json("{'value':5.0,'system':'http://u','code':'mg'}"),
                    "5|http://u|mg");
            default -> null;
          };
      case SPECIAL ->
          new Value(datatype, json("{'latitude':35.7,'longitude':139.7}"), "35.71|139.71|5|km");
      case COMPOSITE -> throw new IllegalStateException();
    };
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> datatypes(String type, String path) {
    if (path.equals("meta.tag") || path.equals("meta.security")) {
      return List.of("Coding");
    }
    if (path.startsWith("meta.")) {
      return List.of("uri");
    }
    BaseRuntimeElementDefinition<?> at = FhirContext.forR4Cached().getResourceDefinition(type);
    Matcher part = PART.matcher(path);
    while (part.find() && !part.group().isEmpty()) {
      var composite = (BaseRuntimeElementCompositeDefinition<?>) at;
      BaseRuntimeChildDefinition choice = composite.getChildByName(part.group(1) + "[x]");
      if (choice != null && part.group(2) == null) {
        return choice.getValidChildNames().stream()
            .map(name -> choice.getChildByName(name).getName())
            .toList();
      }
      at =
          choice != null
              ? choice.getChildByName(part.group(1) + capital(part.group(2)))
              : composite.getChildByName(part.group(1)).getChildByName(part.group(1));
      if (at == null) {
        return List.of("Resource");
      }
    }
    return List.of(
        at instanceof BaseRuntimeElementCompositeDefinition<?>
                || at instanceof RuntimePrimitiveDatatypeDefinition
            ? at.getName()
            : "Resource");
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Puts {@code value} where {@code path} leads. */
  private static void put(ObjectNode resource, String type, String path, Value value) {
    if (path.startsWith("meta.")) {
      ObjectNode meta = resource.putObject("meta");
      String name = path.substring(5);
      if (name.equals("source")) {
        meta.set(name, value.json);
      } else {
        meta.putArray(name).add(value.json);
      }
      return;
    }
    BaseRuntimeElementDefinition<?> at = FhirContext.forR4Cached().getResourceDefinition(type);
    ObjectNode object = resource;
    Matcher part = PART.matcher(path);
    while (part.find() && !part.group().isEmpty()) {
      boolean last = part.end() == path.length();
      var composite = (BaseRuntimeElementCompositeDefinition<?>) at;
      String name = part.group(1);
      BaseRuntimeChildDefinition child = composite.getChildByName(name + "[x]");
      if (child != null) {
        name += capital(part.group(2) == null ? value.datatype : part.group(2));
      } else {
        child = composite.getChildByName(name);
      }
      at = child.getChildByName(name);
      boolean many = child.getMax() != 1;
      JsonNode next = last ? value.json.deepCopy() : JsonNodeFactory.instance.objectNode();
      if (part.group(3) != null && next instanceof ObjectNode filtered) {
        filtered.put(part.group(3), part.group(4));
      }
      if (many) {
        object.putArray(name).add(next);
      } else {
        object.set(name, next);
      }
      if (next instanceof ObjectNode deeper) {
        object = deeper;
      }
    }
  }
}
