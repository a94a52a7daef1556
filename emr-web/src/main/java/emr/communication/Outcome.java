package emr.communication;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;

/** An <a href="http://hl7.org/fhir/R4/operationoutcome.html">OperationOutcome</a> of one issue. */
final class Outcome {

  private Outcome() {}

  static String of(Refusal refusal) {
    return of("error", refusal.reason().issueCode(), refusal.explanation());
  }

  /**
   * @param code from <a href="http://hl7.org/fhir/R4/valueset-issue-type.html">IssueType</a>
   * @param diagnostics for the person at the other end, never with clinical content
   */
  static String of(String severity, String code, String diagnostics) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.put("resourceType", "OperationOutcome");
    outcome
        .putArray("issue")
        .addObject()
        .put("severity", severity)
        .put("code", code)
        .put("diagnostics", diagnostics);
    return outcome.toString();
  }
}
