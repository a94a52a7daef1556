package emr.exchange.seal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** The one way in which the records of this module become JSON and come back. */
public final class Json {

  /** A content may be as long as a whole envelope, which {@link Envelope#open} limits. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private Json() {}

  /** UTF-8 JSON; times as ISO 8601 in UTC. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value.getClass() + " cannot be written as JSON", e);
    }
  }

  /**
   * @throws BrokenSeal if {@code json} does not have the shape of {@code as}; the cause is left
   *     out, for Jackson's messages quote the content
   */
  @SuppressWarnings("UnusedException")
  public static <T> T read(byte[] json, Class<T> as) {
    try {
      T value = MAPPER.readValue(json, as);
      if (value == null) {
        throw new BrokenSeal("nothing where a " + as.getSimpleName() + " should be");
      }
      return value;
    } catch (IOException e) {
      throw new BrokenSeal("does not have the shape of a " + as.getSimpleName());
    }
  }
}
