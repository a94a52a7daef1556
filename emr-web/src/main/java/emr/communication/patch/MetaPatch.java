package emr.communication.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Adds profiles, tags and security labels to a resource, or takes them away; see <a
 * href="http://hl7.org/fhir/R4/resource-operation-meta-add.html">$meta-add</a> and <a
 * href="http://hl7.org/fhir/R4/resource-operation-meta-delete.html">$meta-delete</a>. A tag or
 * label is known by its system and code, a profile by its whole address; they are sets.
 */
public final class MetaPatch {

  private static final List<String> SETS = List.of("profile", "security", "tag");

  private MetaPatch() {}

  /**
   * @param parameters with a {@code meta}
   * @throws Refusal {@link Reason#MALFORMED} if they have none
   */
  public static UnaryOperator<ObjectNode> adding(ObjectNode parameters) {
    ObjectNode given = meta(parameters);
    return resource -> {
      for (String set : SETS) {
        for (JsonNode each : given.path(set)) {
          if (place(resource.path("meta").path(set), each) < 0) {
            resource.withObject("/meta").withArray(set).add(each);
          }
        }
      }
      return resource;
    };
  }

  /** As {@link #adding}; what is not there need not be taken away. */
  public static UnaryOperator<ObjectNode> removing(ObjectNode parameters) {
    ObjectNode given = meta(parameters);
    return resource -> {
      if (resource.path("meta") instanceof ObjectNode meta) {
        SETS.forEach(set -> given.path(set).forEach(each -> remove(meta, set, each)));
        if (meta.isEmpty()) {
          resource.remove("meta");
        }
      }
      return resource;
    };
  }

  private static ObjectNode meta(ObjectNode parameters) {
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals("meta")
          && parameter.path("valueMeta") instanceof ObjectNode meta) {
        SETS.forEach(set -> require(meta, set));
        return meta;
      }
    }
    throw new Refusal(Reason.MALFORMED, "Parameters hold a meta, as valueMeta.");
  }

  private static void require(ObjectNode meta, String set) {
    if (meta.has(set) && !meta.path(set).isArray()) {
      throw new Refusal(Reason.MALFORMED, "In a meta, " + set + " is a list.");
    }
  }

  private static void remove(ObjectNode meta, String set, JsonNode which) {
    int place = place(meta.path(set), which);
    if (place < 0 || !(meta.path(set) instanceof ArrayNode there)) {
      return;
    }
    there.remove(place);
    // what is said about a primitive lies beside it
    if (meta.path("_" + set) instanceof ArrayNode beside && place < beside.size()) {
      beside.remove(place);
    }
    if (there.isEmpty()) {
      meta.remove(List.of(set, "_" + set));
    }
  }

  /** Where {@code which} is among {@code there}; -1 if it is not. */
  private static int place(JsonNode there, JsonNode which) {
    for (int i = 0; i < there.size(); i++) {
      if (same(there.get(i), which)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return one.isObject()
        ? one.path("system").asText().equals(other.path("system").asText())
            && one.path("code").asText().equals(other.path("code").asText())
        : one.equals(other);
  }
}
