package emr.exchange.record;

import java.util.List;

/** The centre's answer to a {@link Retrieval}, one for each query in its order. */
public record RetrievalAnswer(List<Answer> answers) {

  /**
   * @param status as FHIR over HTTP would have it: 200, 403, 404, 410 …
   * @param body a FHIR resource, a Bundle, or an OperationOutcome, as JSON
   */
  public record Answer(int status, String body) {}

  public RetrievalAnswer {
    answers = List.copyOf(answers);
  }
}
