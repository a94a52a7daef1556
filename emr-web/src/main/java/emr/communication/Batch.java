package emr.communication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import emr.storage.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A FHIR <a href="http://hl7.org/fhir/R4/http.html#transaction">batch</a>: entries that have
 * nothing to do with each other, each done and answered on its own.
 */
final class Batch {

  private Batch() {}

  /**
   * @param write does a transaction of one entry and answers with its response Bundle
   * @param read answers a relative URL
   * @throws Refusal {@link Reason#MALFORMED} if it has no entries, or too many
   */
  static String answer(
      ObjectNode batch,
      Function<ObjectNode, String> write,
      Function<String, FhirReader.Answer> read) {
    JsonNode entries = batch.path("entry");
    if (!entries.isArray() || entries.isEmpty() || entries.size() > Submission.MAX_ENTRIES) {
      throw new Refusal(
          Reason.MALFORMED, "A batch has 1 to " + Submission.MAX_ENTRIES + " entries.");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("resourceType", "Bundle").put("type", "batch-response");
    ArrayNode answers = answer.putArray("entry");
    for (JsonNode entry : entries) {
      try {
        answers.add(one(entry, write, read));
      } catch (Refusal refusal) {
        ObjectNode response = answers.addObject().putObject("response");
        response.put("status", Integer.toString(refusal.reason().httpStatus()));
        response.set("outcome", json(Outcome.of(refusal)));
      }
    }
    return answer.toString();
  }

  private static JsonNode one(
      JsonNode entry,
      Function<ObjectNode, String> write,
      Function<String, FhirReader.Answer> read) {
    if (entry.path("request").path("method").asText().equals("GET")) {
      FhirReader.Answer answer = read.apply(entry.path("request").path("url").asText());
      ObjectNode found = JsonNodeFactory.instance.objectNode();
      found.set("resource", json(answer.body()));
      found.putObject("response").put("status", Integer.toString(answer.status()));
      return found;
    }
    ObjectNode transaction = JsonNodeFactory.instance.objectNode();
    transaction.put("resourceType", "Bundle").put("type", "transaction");
    transaction.putArray("entry").add(entry);
    return json(write.apply(transaction)).path("entry").path(0);
  }

  private static ObjectNode json(String text) {
    return FhirJson.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
