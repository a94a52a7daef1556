package emr.communication;

import emr.exchange.access.AccessStatement;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers FHIR interactions that read, for HTTP and for sealed retrievals alike. */
@ApplicationScoped
public class FhirReader {

  /**
   * @param status as in FHIR over HTTP
   * @param body a resource, a Bundle or an OperationOutcome
   */
  public record Answer(int status, String body) {}

  /**
   * Answers {@code Patient/x}, {@code Observation?patient=x}, {@code Observation/y/_history},
   * {@code Observation/y/_history/1}. What cannot be answered becomes an OperationOutcome.
   */
  public Answer answer(String relativeUrl, AccessStatement by) {
    throw new UnsupportedOperationException();
  }
}
