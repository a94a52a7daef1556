package emr.communication;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Everything that goes wrong is answered with an OperationOutcome. */
final class FhirFaults {

  private static final Logger LOG = Logger.getLogger(FhirFaults.class.getName());

  private FhirFaults() {}

  /** For a {@link Refusal}. */
  @Provider
  public static class ForRefusal implements ExceptionMapper<Refusal> {

    @Override
    public Response toResponse(Refusal refusal) {
      return answer(refusal);
    }
  }

  /** For what the server of HTTP refuses: no such path, method, or form. */
  @Provider
  public static class ForHttp implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException refused) {
      int status = refused.getResponse().getStatus();
      String explanation =
          switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not know the method.";
            case 406 -> "Answers are application/fhir+json or application/fhir+xml.";
            case 415 ->
                "Send application/fhir+json or application/fhir+xml, in UTF-8, plain or as gzip.";
            default -> "The request cannot be understood.";
          };
      String code = status == 404 ? "not-found" : status < 500 ? "not-supported" : "exception";
      Response.ResponseBuilder answer =
          Response.status(status)
              .type(FhirResource.FHIR_JSON)
              .entity(Outcome.of("error", code, explanation));
      if (refused instanceof NotAllowedException) {
        answer.header(HttpHeaders.ALLOW, refused.getResponse().getHeaderString(HttpHeaders.ALLOW));
      }
      return answer.build();
    }
  }

  /** For a fault of our own: logged, and not described to anybody. */
  @Provider
  public static class ForFault implements ExceptionMapper<RuntimeException> {

    @Override
    public Response toResponse(RuntimeException fault) {
      return answer(fault);
    }
  }

  /** What is said of a refusal, or of a fault of our own. */
  static Response answer(RuntimeException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return answer(refusal);
      }
    }
    LOG.log(Level.SEVERE, "a request failed", fault);
    return Response.status(500)
        .type(FhirResource.FHIR_JSON)
        .entity(Outcome.of("fatal", "exception", "The centre failed; nothing was done."))
        .build();
  }

  private static Response answer(Refusal refusal) {
    Response.ResponseBuilder answer =
        Response.status(refusal.reason().httpStatus())
            .type(FhirResource.FHIR_JSON)
            .entity(Outcome.of(refusal));
    if (refusal.reason() == Reason.NOT_AUTHENTICATED) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"emr\"");
    }
    if (refusal.retryAfter() > 0) {
      answer.header(HttpHeaders.RETRY_AFTER, refusal.retryAfter());
    }
    return answer.build();
  }
}
