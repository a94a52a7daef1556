package emr.communication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.function.UnaryOperator;

/** later */
final class FhirPathPatch {
  private FhirPathPatch() {}

  static UnaryOperator<ObjectNode> of(ObjectNode parameters) {
    throw new Refusal(Reason.NOT_SUPPORTED, "later");
  }
}
