package emr.hospital.forwarding;

import emr.exchange.record.BatchResult;
import emr.exchange.record.BatchResult.RefusalNote;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.StoredReceipt;
import emr.exchange.seal.BrokenSeal;
import emr.hospital.temporarystore.Dispatch.Outcome;
import emr.hospital.temporarystore.Dispatch.Taken;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Reads the centre's answer to a batch as what becomes of each submission in it. */
final class Results {

  private Results() {}

  /**
   * @param taken the batch as it was sent
   * @param answer the centre's
   * @param after for each number, those in the same batch that had to be stored before it
   * @param retryAt when to send again what was sent so many times
   * @return one outcome for each submission, in their order
   */
  static List<Outcome> of(
      List<Taken> taken,
      BatchResult answer,
      Map<Long, Set<Long>> after,
      X509Certificate centre,
      IntFunction<Instant> retryAt) {
    var outcomes = new ArrayList<Outcome>(taken.size());
    var notStored = new HashSet<Long>();
    for (int i = 0; i < taken.size(); i++) {
      Taken sent = taken.get(i);
      boolean answered = i < answer.results().size();
      Outcome outcome =
          answered
              ? outcome(sent, answer.results().get(i), centre, retryAt)
              : new Outcome.Later(
                  sent.number(),
                  "The centre did not answer for this entry.",
                  retryAt.apply(sent.attempts()));
      boolean waitsForAnother =
          after.getOrDefault(sent.number(), Set.of()).stream().anyMatch(notStored::contains);
      if (outcome instanceof Outcome.Refused && waitsForAnother) {
        outcome = new Outcome.Later(sent.number(), null, null);
      }
      if (!(outcome instanceof Outcome.Stored)) {
        notStored.add(sent.number());
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private static Outcome outcome(
      Taken sent, BatchResult.Result result, X509Certificate centre, IntFunction<Instant> retryAt) {
    RefusalNote refusal = result.refusal();
    String signed = result.receipt();
    if (signed != null) {
      try {
        StoredReceipt receipt = Receipts.verify(signed, centre, sent.submission());
        return new Outcome.Stored(sent.number(), receipt, signed);
      } catch (BrokenSeal broken) {
        return new Outcome.Later(
            sent.number(),
            "The centre's receipt cannot be trusted: " + broken.getMessage() + ".",
            retryAt.apply(sent.attempts()));
      }
    }
    if (refusal == null) {
      return new Outcome.Later(
          sent.number(),
          "The centre did not answer for this entry.",
          retryAt.apply(sent.attempts()));
    }
    // a statement that was not accepted is no fault of the record: the next one is made anew
    if (refusal.retry() || refusal.reason() == Reason.NOT_AUTHENTICATED) {
      return new Outcome.Later(
          sent.number(), refusal.explanation(), retryAt.apply(sent.attempts()));
    }
    return new Outcome.Refused(sent.number(), refusal.explanation());
  }
}
