package emr.exchange.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The centre's answer to a batch, one result for each submission in its order. */
public record BatchResult(List<Result> results) {

  /**
   * Exactly one of the two is there.
   *
   * @param receipt signed by the centre (compact JWS of a {@link StoredReceipt})
   * @param refusal why it was not stored; a person at the hospital must look at it
   */
  public record Result(@Nullable String receipt, @Nullable RefusalNote refusal) {}

  /**
   * A {@link Refusal} in writing.
   *
   * @param retry whether the same may be sent again later, unchanged: the fault was the centre's
   */
  public record RefusalNote(Refusal.Reason reason, String explanation, boolean retry) {}

  public BatchResult {
    results = List.copyOf(results);
  }
}
