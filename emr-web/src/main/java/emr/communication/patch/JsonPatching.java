package emr.communication.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonPatch;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A <a href="https://www.rfc-editor.org/rfc/rfc6902">JSON Patch</a> of a resource. */
public final class JsonPatching {

  public static final String TYPE = "application/json-patch+json";

  private static final int MOST_OPERATIONS = 500;

  /** A copy may double what there is. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final Set<String> WITH_VALUE = Set.of("add", "replace", "test");
  private static final Set<String> WITH_FROM = Set.of("move", "copy");

  private JsonPatching() {}

  /**
   * @return refuses with {@link Reason#UNPROCESSABLE} where the patch does not fit
   * @throws Refusal {@link Reason#MALFORMED} if {@code json} is no JSON Patch
   */
  public static UnaryOperator<ObjectNode> of(byte[] json) {
    ArrayNode operations = FhirJson.readArray(json);
    if (operations.isEmpty() || operations.size() > MOST_OPERATIONS) {
      throw new Refusal(
          Reason.MALFORMED, "A JSON Patch has 1 to " + MOST_OPERATIONS + " operations.");
    }
    for (JsonNode operation : operations) {
      require(operation);
    }
    return resource -> apply(operations, resource);
  }

  private static void require(JsonNode operation) {
    String op = operation.path("op").asText();
    boolean right =
        isPointer(operation.path("path"))
            && (op.equals("remove")
                || (WITH_VALUE.contains(op) && operation.has("value"))
                || (WITH_FROM.contains(op) && isPointer(operation.path("from"))));
    if (!right) {
      throw new Refusal(
          Reason.MALFORMED, "This is not a JSON Patch: an array of operations, RFC 6902.");
    }
  }

  private static boolean isPointer(JsonNode path) {
    return path.isTextual() && (path.asText().isEmpty() || path.asText().startsWith("/"));
  }

  @SuppressWarnings("UnusedException") // messages quote the content
  private static ObjectNode apply(ArrayNode operations, ObjectNode resource) {
    for (JsonNode operation : operations) {
      requireThere(operation, resource);
      try {
        JsonPatch.applyInPlace(resource.arrayNode().add(operation), resource);
      } catch (RuntimeException e) {
        throw unfitting();
      }
      if (operation.path("op").asText().equals("copy")
          && FhirJson.write(resource).length > MOST_BYTES) {
        throw new Refusal(Reason.UNPROCESSABLE, "The patch makes too large a resource.");
      }
    }
    return resource;
  }

  /** What is taken away, copied or replaced must be there, and is not the whole. */
  private static void requireThere(JsonNode operation, ObjectNode resource) {
    String op = operation.path("op").asText();
    String path = operation.path("path").asText();
    boolean right =
        switch (op) {
          case "remove", "replace" -> isPart(resource, path);
          case "move", "copy" ->
              !path.isEmpty() && isPart(resource, operation.path("from").asText());
          default -> op.equals("test") || !path.isEmpty();
        };
    if (!right) {
      throw unfitting();
    }
  }

  private static boolean isPart(ObjectNode resource, String pointer) {
    return !pointer.isEmpty() && !resource.at(pointer).isMissingNode();
  }

  private static Refusal unfitting() {
    return new Refusal(
        Reason.UNPROCESSABLE, "The patch does not fit what the record says, or tests for else.");
  }
}
