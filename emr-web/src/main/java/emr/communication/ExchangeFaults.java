package emr.communication;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.BrokenSeal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * What goes wrong before a seal is open is answered in clear: 4xx with an OperationOutcome, which
 * says nothing that the sender did not know.
 */
final class ExchangeFaults {

  private ExchangeFaults() {}

  /** For a {@link Refusal}. */
  @Provider
  public static class ForRefusal implements ExceptionMapper<Refusal> {

    @Override
    public Response toResponse(Refusal refusal) {
      return outcome(refusal.reason(), refusal.explanation());
    }
  }

  /** For a {@link BrokenSeal}: 400. */
  @Provider
  public static class ForBrokenSeal implements ExceptionMapper<BrokenSeal> {

    @Override
    public Response toResponse(BrokenSeal broken) {
      return outcome(Reason.MALFORMED, explanation(broken));
    }
  }

  /** Why a seal is broken; says nothing of the content. */
  static String explanation(BrokenSeal broken) {
    String message = broken.getMessage();
    return message == null ? "The seal is broken." : message;
  }

  private static Response outcome(Reason reason, String explanation) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.put("resourceType", "OperationOutcome");
    outcome
        .putArray("issue")
        .addObject()
        .put("severity", "error")
        .put("code", reason.issueCode())
        .put("diagnostics", explanation);
    return Response.status(reason.httpStatus())
        .type("application/fhir+json")
        .entity(outcome.toString())
        .build();
  }
}
