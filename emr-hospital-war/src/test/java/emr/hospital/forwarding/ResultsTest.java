package emr.hospital.forwarding;

import static emr.exchange.Fixtures.ADA;
import static emr.exchange.Fixtures.NOON;
import static emr.exchange.Fixtures.submission;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.Keys;
import emr.exchange.record.BatchResult;
import emr.exchange.record.BatchResult.RefusalNote;
import emr.exchange.record.BatchResult.Result;
import emr.exchange.record.Manifest;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signer;
import emr.hospital.temporarystore.Dispatch.Outcome;
import emr.hospital.temporarystore.Dispatch.Taken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final Keys CENTRE = Keys.of("centre");
  private static final Keys STRANGER = Keys.of("stranger");

  private final Taken first = taken(1);
  private final Taken second = taken(2);

  @Test
  void aStoredOneIsStored() {
    assertThat(outcomes(List.of(first), Map.of(), stored(first, CENTRE)))
        .hasOnlyElementsOfType(Outcome.Stored.class);
  }

  @Test
  void aReceiptThatIsNotTheCentresDeletesNothing() {
    assertThat(outcomes(List.of(first), Map.of(), stored(first, STRANGER)))
        .hasOnlyElementsOfType(Outcome.Later.class);
  }

  @Test
  void aRefusedOneIsSetBeforeAPerson() {
    assertThat(outcomes(List.of(first), Map.of(), refused(Reason.NOT_PERMITTED, false)))
        .containsExactly(new Outcome.Refused(1, "no"));
  }

  @Test
  void whatTheCentreWantsAgainIsSentAgain() {
    assertThat(outcomes(List.of(first), Map.of(), refused(Reason.NOT_SUPPORTED, true)))
        .containsExactly(new Outcome.Later(1, "no", NOON));
  }

  @Test
  void aStatementThatWasNotAcceptedIsMadeAnew() {
    assertThat(outcomes(List.of(first), Map.of(), refused(Reason.NOT_AUTHENTICATED, false)))
        .containsExactly(new Outcome.Later(1, "no", NOON));
  }

  @Test
  void aSuccessorOfARefusedOneWaitsForItInsteadOfBeingRefusedWithIt() {
    assertThat(
            outcomes(
                List.of(first, second),
                Map.of(2L, Set.of(1L)),
                refused(Reason.NOT_PERMITTED, false),
                refused(Reason.STALE_VERSION, false)))
        .containsExactly(new Outcome.Refused(1, "no"), new Outcome.Later(2, null, null));
  }

  @Test
  void aSuccessorRefusedForItsOwnFaultIsSetAside() {
    assertThat(
            outcomes(
                List.of(first, second),
                Map.of(2L, Set.of(1L)),
                stored(first, CENTRE),
                refused(Reason.STALE_VERSION, false)))
        .element(1)
        .isEqualTo(new Outcome.Refused(2, "no"));
  }

  @Test
  void whatIsNotAnsweredIsSentAgain() {
    assertThat(outcomes(List.of(first, second), Map.of(), stored(first, CENTRE)))
        .element(1)
        .isInstanceOf(Outcome.Later.class);
  }

  private static List<Outcome> outcomes(
      List<Taken> taken, Map<Long, Set<Long>> after, Result... results) {
    return Results.of(
        taken, new BatchResult(List.of(results)), after, CENTRE.certificate(), attempts -> NOON);
  }

  private static Taken taken(long number) {
    return new Taken(number, 1, submission(RecordId.fresh("Observation", Optional.of(ADA)), 0));
  }

  private static Result refused(Reason reason, boolean retry) {
    return new Result(null, new RefusalNote(reason, "no", retry));
  }

  private static Result stored(Taken taken, Keys keys) {
    Submission.Entry entry = taken.submission().entries().get(0);
    var receipt =
        new StoredReceipt(
            taken.submission().id(),
            taken.submission().hospital(),
            NOON,
            List.of(
                new StoredReceipt.Stored(
                    entry.record(),
                    entry.number(),
                    "0".repeat(64),
                    Manifest.sha256(entry.content()))));
    return new Result(
        new Signer(keys.key(), keys.certificate()).sign(PaperType.RECEIPT, receipt), null);
  }
}
