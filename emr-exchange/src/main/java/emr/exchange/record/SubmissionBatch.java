package emr.exchange.record;

import java.util.List;

/**
 * What a hospital posts to {@code /exchange/submissions}: up to {@value #MAX} submissions, each
 * judged, stored and answered on its own, in this order.
 */
public record SubmissionBatch(List<Signed> submissions) {

  public static final int MAX = 100;

  /**
   * A submission on its way.
   *
   * @param manifest signed by the hospital (compact JWS of a {@link Manifest})
   * @param statement by which right its author adds it (compact JWS of an access statement)
   * @param contents in the order of the manifest's items
   */
  public record Signed(String manifest, String statement, List<String> contents) {

    public Signed {
      contents = List.copyOf(contents);
    }
  }

  public SubmissionBatch {
    submissions = List.copyOf(submissions);
    if (submissions.isEmpty() || submissions.size() > MAX) {
      throw new IllegalArgumentException("a batch has 1 to " + MAX + " submissions");
    }
  }
}
