package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.communication.representation.Rendering;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Date;
import java.util.List;

/** Sends answers as JAX-RS would, where JAX-RS was not asked. */
final class Plain {

  private static final List<String> HEADERS =
      List.of(
          HttpHeaders.ETAG,
          HttpHeaders.LAST_MODIFIED,
          HttpHeaders.LOCATION,
          HttpHeaders.CONTENT_LOCATION,
          HttpHeaders.WWW_AUTHENTICATE,
          HttpHeaders.RETRY_AFTER);

  private Plain() {}

  /**
   * @param answer with a text, bytes or nothing
   */
  static void send(Response answer, HttpServletResponse response) throws IOException {
    for (String name : HEADERS) {
      Object value = answer.getHeaders().getFirst(name);
      if (value instanceof Date date) {
        response.setDateHeader(name, date.getTime());
      } else if (value instanceof EntityTag tag) {
        response.setHeader(name, (tag.isWeak() ? "W/\"" : "\"") + tag.getValue() + "\"");
      } else if (value != null) {
        response.setHeader(name, value.toString());
      }
    }
    Object entity = answer.getEntity();
    if (entity == null) {
      response.setStatus(answer.getStatus());
      response.setContentType(FhirResource.FHIR_JSON);
      response.setContentLength(0);
    } else {
      send(
          answer.getStatus(),
          entity instanceof byte[] bytes ? bytes : entity.toString().getBytes(UTF_8),
          response);
    }
  }

  static void send(int status, byte[] body, HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType(FhirResource.FHIR_JSON);
    if (body.length >= Rendering.WORTH_PACKING) {
      response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
