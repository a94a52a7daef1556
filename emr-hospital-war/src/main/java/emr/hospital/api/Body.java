package emr.hospital.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads what callers send, within limits of size and depth. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Body {

  private static final int DEEPEST = 100;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES) // 71.50 is not 71.5
          .build();

  @Inject
  @ConfigProperty(name = "emr.request.limit", defaultValue = "52428800")
  int limit;

  /**
   * The JSON object in {@code body}.
   *
   * @throws Refusal {@link Reason#TOO_LARGE} or {@link Reason#MALFORMED}, quoting nothing
   */
  @SuppressWarnings("UnusedException") // Jackson's messages quote the content
  ObjectNode object(InputStream body) {
    try {
      byte[] octets = body.readNBytes(limit + 1);
      if (octets.length > limit) {
        throw new Refusal(Reason.TOO_LARGE, "A request has up to " + limit + " bytes.");
      }
      JsonNode node = JSON.readTree(octets);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new Refusal(Reason.MALFORMED, "A JSON object is expected.");
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new Refusal(
          Reason.MALFORMED,
          place == null
              ? "This is not JSON that can be read."
              : "This is not JSON that can be read, at line %d, column %d."
                  .formatted(place.getLineNr(), place.getColumnNr()));
    } catch (IOException e) {
      throw new Refusal(Reason.MALFORMED, "The request broke off.");
    }
  }

  /** Reads JSON that this hospital or the centre wrote. */
  @SuppressWarnings("UnusedException") // Jackson's messages quote the content
  static JsonNode read(String content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record that is not JSON");
    }
  }

  /**
   * A text field of {@code object}.
   *
   * @throws Refusal {@link Reason#MALFORMED} if it is missing, blank or no text
   */
  static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new Refusal(Reason.MALFORMED, "The field '" + field + "' is missing.");
    }
    return value.asText();
  }
}
