package emr.hospital.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers what a caller did wrong with a FHIR OperationOutcome. Faults of our own have no mapper:
 * the container logs them and sends a bare 500.
 */
final class Faults {

  private Faults() {}

  /** For a {@link Refusal}. */
  @Provider
  public static class ForRefusal implements ExceptionMapper<Refusal> {

    @Override
    public Response toResponse(Refusal refusal) {
      return outcome(
          refusal.reason().httpStatus(), refusal.reason().issueCode(), refusal.explanation());
    }
  }

  /** For a path, method or media type that is not served. */
  @Provider
  public static class ForHttp implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException fault) {
      int status = fault.getResponse().getStatus();
      return status >= 500
          ? Response.status(status).build()
          : outcome(
              status, status == 404 ? "not-found" : "not-supported", "This is not served here.");
    }
  }

  /** 429 with the seconds after which to try again. */
  static Response tooMany(String explanation, long seconds) {
    return Response.fromResponse(outcome(429, "throttled", explanation))
        .header(HttpHeaders.RETRY_AFTER, seconds)
        .build();
  }

  private static Response outcome(int status, String code, String explanation) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.put("resourceType", "OperationOutcome");
    outcome
        .putArray("issue")
        .addObject()
        .put("severity", "error")
        .put("code", code)
        .put("diagnostics", explanation);
    return Response.status(status).type(Api.FHIR).entity(outcome.toString()).build();
  }
}
