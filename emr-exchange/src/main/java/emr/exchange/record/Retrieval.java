package emr.exchange.record;

import java.util.List;

/**
 * What a hospital posts to {@code /exchange/retrievals} on behalf of one user (claims 2, 8, 10).
 *
 * @param statement signed by the hospital (compact JWS of an access statement)
 * @param queries 1 to {@value #MAX} FHIR R4 interactions that read, relative to the base: {@code
 *     Patient/x}, {@code Observation?patient=x&_sort=-date}, {@code Observation/y/_history}
 */
public record Retrieval(String statement, List<String> queries) {

  public static final int MAX = 50;

  public Retrieval {
    queries = List.copyOf(queries);
    if (queries.isEmpty() || queries.size() > MAX) {
      throw new IllegalArgumentException("a retrieval has 1 to " + MAX + " queries");
    }
  }
}
