package emr.communication.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.storage.FhirJson;
import emr.storage.FhirXml;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Brings an answer into the form that was settled. What is wanted as it is kept is not parsed. */
@Provider
public class Rendering implements ContainerResponseFilter {

  /** Bytes; less than this fits into one packet anyway. */
  public static final int WORTH_PACKING = 1400;

  /** Links that lead to the same question, and so to answers in the same form. */
  private static final Set<String> SAME =
      Set.of("self", "first", "next", "previous", "prev", "last");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response)
      throws IOException {
    byte[] kept = bytes(response.getEntity());
    if (kept == null) {
      return;
    }
    Wanted wanted = Negotiation.wanted(request);
    byte[] answer = kept;
    if (NativeBinary.isAsked(request) && response.getStatus() == 200) {
      answer = NativeBinary.write(kept, response);
    }
    MediaType type = response.getMediaType();
    if (wanted != Wanted.PLAIN && type != null && type.getSubtype().equals("fhir+json")) {
      type = MediaType.valueOf(wanted.mediaType());
      answer =
          wanted.isPlain() && wanted.query().isEmpty() ? kept : rendered(kept, wanted, response);
    }
    response.setEntity(answer, response.getEntityAnnotations(), type);
    if (answer.length >= WORTH_PACKING) {
      response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
      if (takesGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING))) {
        response.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
        response.setEntity(packed(answer), response.getEntityAnnotations(), type);
      }
    }
  }

  /**
   * Leaves of an answer what the {@code query} by which it was asked for wants of it, where it is
   * an entry of another: the form of the whole is settled there.
   *
   * @throws Refusal as {@link Wanted#with}
   */
  public static UnaryOperator<byte[]> part(String query) {
    Wanted wanted = Wanted.isNamedIn(query) ? Wanted.PLAIN.with(query).wanted() : Wanted.PLAIN;
    return wanted.part() == Wanted.Part.ALL && wanted.elements().isEmpty()
        ? kept -> kept
        : kept -> {
          ObjectNode answer = Subset.of(FhirJson.read(kept), wanted);
          keepForm(answer, wanted);
          return FhirJson.write(answer);
        };
  }

  private static byte @Nullable [] bytes(Object entity) {
    return entity instanceof byte[] bytes
        ? bytes
        : entity instanceof String text ? text.getBytes(UTF_8) : null;
  }

  private static byte[] rendered(byte[] kept, Wanted wanted, ContainerResponseContext response) {
    ObjectNode answer = FhirJson.read(kept);
    if (response.getStatus() < 400) {
      answer = Subset.of(answer, wanted);
      keepForm(answer, wanted);
    }
    if (wanted.isXml()) {
      return FhirXml.toXml(answer, wanted.pretty()).getBytes(UTF_8);
    }
    return wanted.pretty() ? answer.toPrettyString().getBytes(UTF_8) : FhirJson.write(answer);
  }

  /** The next page comes in the form of this one. */
  private static void keepForm(ObjectNode answer, Wanted wanted) {
    if (wanted.query().isEmpty() || !answer.path("resourceType").asText().equals("Bundle")) {
      return;
    }
    for (JsonNode link : answer.path("link")) {
      if (SAME.contains(link.path("relation").asText()) && link instanceof ObjectNode same) {
        String url = same.path("url").asText();
        same.put("url", url + (url.indexOf('?') < 0 ? "?" : "&") + wanted.query());
      }
    }
  }

  static boolean takesGzip(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",")) {
      String[] parts = coding.strip().split("\\s*;\\s*");
      if (parts[0].equalsIgnoreCase("gzip")) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static byte[] packed(byte[] answer) throws IOException {
    var out = new ByteArrayOutputStream(answer.length / 4);
    try (var gzip = new Fast(out)) {
      gzip.write(answer);
    }
    return out.toByteArray();
  }

  /** Level 1: nearly as small for JSON, in a third of the time. */
  private static final class Fast extends GZIPOutputStream {

    Fast(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
