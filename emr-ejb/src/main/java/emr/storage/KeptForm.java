package emr.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.List;

/**
 * The form in which a content is kept that nobody signed: as it came, without what the centre says
 * in {@code meta} of each version. So who sends back what they have read sends what is kept.
 */
public final class KeptForm {

  private static final List<String> OURS =
      List.of("versionId", "_versionId", "lastUpdated", "_lastUpdated");

  private KeptForm() {}

  /** Makes {@code resource} what is kept of it; the id comes right after the type. */
  public static ObjectNode of(ObjectNode resource, String id) {
    if (resource.path("meta") instanceof ObjectNode meta) {
      clear(meta);
      if (meta.isEmpty()) {
        resource.remove("meta");
      }
    }
    if (resource.has("id")) {
      resource.set("id", TextNode.valueOf(id));
      return resource;
    }
    ObjectNode kept = resource.objectNode();
    kept.set("resourceType", resource.path("resourceType"));
    kept.put("id", id);
    resource.remove("resourceType");
    kept.setAll(resource);
    return kept;
  }

  private static void clear(ObjectNode meta) {
    meta.remove(OURS);
    if (meta.path("source").asText().startsWith(MetaSplice.SOURCE)) {
      meta.remove("source");
    }
    if (meta.path("extension") instanceof ArrayNode extensions) {
      for (Iterator<JsonNode> each = extensions.iterator(); each.hasNext(); ) {
        if (each.next().path("url").asText().startsWith(MetaSplice.EXTENSION)) {
          each.remove();
        }
      }
      if (extensions.isEmpty()) {
        meta.remove("extension");
      }
    }
  }

  /**
   * Whether two contents say the same: the order of members does not count, each digit of a number
   * does.
   */
  static boolean same(ObjectNode one, ObjectNode other) {
    return one.equals(
        (a, b) -> a.getNodeType() == b.getNodeType() && a.asText().equals(b.asText()) ? 0 : 1,
        other);
  }
}
