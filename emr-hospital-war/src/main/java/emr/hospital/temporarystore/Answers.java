package emr.hospital.temporarystore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.record.RecordId;
import emr.exchange.record.RetrievalAnswer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Reads the centre's answers, FHIR resources and Bundles, as versions of records. */
final class Answers {

  private static final String HOSPITAL = "urn:emr:hospital:";
  private static final String AUTHOR = "urn:emr:author";
  private static final String HASH = "urn:emr:version-hash";

  private Answers() {}

  /** Every resource in {@code answer}; none if it is not a 200. */
  static List<JsonNode> resources(RetrievalAnswer.Answer answer) {
    if (answer.status() != 200) {
      return List.of();
    }
    JsonNode body = read(answer.body());
    if (!body.path("resourceType").asText().equals("Bundle")) {
      return List.of(body);
    }
    var resources = new ArrayList<JsonNode>();
    for (JsonNode entry : body.path("entry")) {
      String mode = entry.path("search").path("mode").asText("match");
      if (entry.has("resource") && !mode.equals("outcome")) {
        resources.add(entry.get("resource"));
      }
    }
    return resources;
  }

  /** Whether the centre has more than it gave. */
  static boolean more(RetrievalAnswer.Answer answer) {
    if (answer.status() != 200) {
      return false;
    }
    for (JsonNode link : read(answer.body()).path("link")) {
      if (link.path("relation").asText().equals("next")) {
        return true;
      }
    }
    return false;
  }

  /** A stored version, as the centre gave it. */
  static Chart.Entry entry(JsonNode resource) {
    JsonNode meta = resource.path("meta");
    String source = meta.path("source").asText("");
    return new Chart.Entry(
        new RecordId(resource.path("resourceType").asText(), resource.path("id").asText()),
        meta.path("versionId").asInt(1),
        source.startsWith(HOSPITAL) ? source.substring(HOSPITAL.length()) : "",
        said(meta, AUTHOR),
        instant(meta.path("lastUpdated").asText("")),
        null,
        null,
        resource.toString());
  }

  /** Hash of a stored version as the centre gave it, 64 hex digits; empty if it does not say. */
  static String hash(String content) {
    return said(read(content).path("meta"), HASH);
  }

  private static String said(JsonNode meta, String url) {
    for (JsonNode extension : meta.path("extension")) {
      if (extension.path("url").asText().equals(url)) {
        return extension.path("valueString").asText("");
      }
    }
    return "";
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.EPOCH; // the centre always says when; without it a record sorts last
    }
  }

  @SuppressWarnings("UnusedException") // Jackson's messages quote the content
  private static JsonNode read(String body) {
    try {
      return SubmissionRules.read(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the centre's answer is not JSON");
    }
  }
}
