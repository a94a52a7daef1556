package emr.communication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.communication.patch.FhirPathPatch;
import emr.communication.patch.JsonPatching;
import emr.control.Change;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a <a href="http://hl7.org/fhir/R4/http.html#transaction">batch or transaction</a>:
 * either what is to be changed, or what is asked for.
 *
 * @param change null for one that reads
 * @param read a relative URL; null for one that writes
 * @param ifNoneMatch for one that reads
 * @param headOnly nothing but how the record stands is asked for
 */
record BundleRequest(
    @Nullable Change change,
    @Nullable String read,
    @Nullable String ifNoneMatch,
    boolean headOnly) {

  private static final Pattern OPERATION = Pattern.compile("(?:^|/)(?:\\$|%24)");

  /**
   * @throws Refusal {@link Reason#MALFORMED} or {@link Reason#NOT_SUPPORTED} for what is no request
   */
  static BundleRequest of(JsonNode entry) {
    JsonNode request = entry.path("request");
    String url = relative(request.path("url").asText());
    String method = request.path("method").asText();
    if (method.equals("POST") && OPERATION.matcher(url).find()) {
      throw new Refusal(
          Reason.NOT_SUPPORTED,
          "Operations that are posted are asked for one by one, not in a Bundle.");
    }
    if (method.equals("GET") || method.equals("HEAD")) {
      return new BundleRequest(null, url, text(request, "ifNoneMatch"), method.equals("HEAD"));
    }
    return new BundleRequest(
        change(method, url, entry, request).as(text(entry, "fullUrl")), null, null, false);
  }

  private static Change change(String method, String url, JsonNode entry, JsonNode request) {
    int mark = url.indexOf('?');
    String path = mark < 0 ? url : url.substring(0, mark);
    String query = mark < 0 ? null : url.substring(mark + 1);
    int slash = path.indexOf('/');
    String type = slash < 0 ? path : path.substring(0, slash);
    String id = slash < 0 ? null : path.substring(slash + 1);
    String ifMatch = text(request, "ifMatch");
    return switch (method) {
      case "POST" -> {
        if (id != null || query != null) {
          throw malformed("The url of a POST is the resource's type.");
        }
        yield Writing.create(resource(entry), type, text(request, "ifNoneExist"));
      }
      case "PUT" ->
          id == null
              ? Writing.update(type, query, resource(entry), ifMatch)
              : Writing.update(FhirReader.record(type, id), resource(entry), ifMatch);
      case "PATCH" ->
          id == null
              ? Writing.patch(type, query, patch(entry), ifMatch)
              : Writing.patch(FhirReader.record(type, id), patch(entry), ifMatch);
      case "DELETE" ->
          id == null
              ? Writing.delete(type, query, ifMatch)
              : Writing.delete(FhirReader.record(type, id), ifMatch);
      default ->
          throw new Refusal(
              Reason.NOT_SUPPORTED, "Entries are GET, HEAD, POST, PUT, PATCH or DELETE.");
    };
  }

  private static String relative(String url) {
    return url.startsWith("/") ? url.substring(1) : url;
  }

  private static ObjectNode resource(JsonNode entry) {
    if (entry.path("resource") instanceof ObjectNode resource) {
      return resource;
    }
    throw malformed("An entry that writes has a resource.");
  }

  /** A Binary holds a JSON Patch, Parameters are a FHIRPath Patch. */
  private static UnaryOperator<ObjectNode> patch(JsonNode entry) {
    ObjectNode resource = resource(entry);
    if (!resource.path("resourceType").asText().equals("Binary")) {
      return FhirPathPatch.of(resource);
    }
    if (!resource.path("contentType").asText().startsWith(JsonPatching.TYPE)) {
      throw new Refusal(Reason.NOT_SUPPORTED, "The Binary of a patch holds " + JsonPatching.TYPE);
    }
    try {
      return JsonPatching.of(Base64.getDecoder().decode(resource.path("data").asText()));
    } catch (IllegalArgumentException e) {
      throw (Refusal) malformed("The Binary of a patch is not base64.").initCause(e);
    }
  }

  private static @Nullable String text(JsonNode node, String name) {
    String text = node.path(name).asText();
    return text.isEmpty() ? null : text;
  }

  private static Refusal malformed(String explanation) {
    return new Refusal(Reason.MALFORMED, explanation);
  }

  /** The resource that stands in an answer. */
  static ObjectNode json(String text) {
    return FhirJson.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
