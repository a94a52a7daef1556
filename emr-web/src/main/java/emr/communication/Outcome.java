package emr.communication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import java.util.List;

/** An <a href="http://hl7.org/fhir/R4/operationoutcome.html">OperationOutcome</a>. */
final class Outcome {

  private Outcome() {}

  static String of(Refusal refusal) {
    return refusal.faults().isEmpty()
        ? of("error", refusal.reason().issueCode(), refusal.explanation())
        : of(refusal.faults());
  }

  /** One issue for each fault. */
  static String of(List<Refusal.Fault> faults) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.put("resourceType", "OperationOutcome");
    ArrayNode issues = outcome.putArray("issue");
    for (Refusal.Fault fault : faults) {
      issues
          .addObject()
          .put("severity", fault.severity())
          .put("code", fault.code())
          .put("diagnostics", fault.diagnostics())
          .putArray("expression")
          .add(fault.expression());
    }
    return outcome.toString();
  }

  /**
   * @param code from <a href="http://hl7.org/fhir/R4/valueset-issue-type.html">IssueType</a>
   * @param diagnostics for the person at the other end, never with clinical content
   */
  static String of(String severity, String code, String diagnostics) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.put("resourceType", "OperationOutcome");
    issue(outcome.putArray("issue"), severity, code, diagnostics);
    return outcome.toString();
  }

  /** How something ended, and what whoever asked for it shall know beside that. */
  static String warning(String ended, String warning) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    ArrayNode issues = outcome.put("resourceType", "OperationOutcome").putArray("issue");
    issue(issues, "information", "informational", ended);
    issue(issues, "warning", "informational", warning);
    return outcome.toString();
  }

  private static void issue(ArrayNode issues, String severity, String code, String diagnostics) {
    issues.addObject().put("severity", severity).put("code", code).put("diagnostics", diagnostics);
  }
}
