package emr.hospital.temporarystore;

import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the hospital knows of a submission, kept for ever: everything but its content.
 *
 * @param id of the submission
 * @param number in the order of saving at this hospital
 * @param patient null for the directory and for policies about all patients
 * @param due when it is or was to be sent; null while it waits for somebody to release it
 * @param reason why it was set aside, recalled or could not be sent yet; for people
 * @param attempts how often it was sent
 * @param records in the submission's order
 * @param steps its way so far, oldest first
 * @param receipt the centre's signed word that it keeps it (compact JWS); null before
 */
public record Custody(
    UUID id,
    long number,
    @Nullable PatientId patient,
    Author author,
    Instant recordedAt,
    CustodyState state,
    @Nullable Instant due,
    @Nullable String reason,
    int attempts,
    List<Item> records,
    List<Step> steps,
    @Nullable String receipt)
    implements Serializable {

  /**
   * One record of the submission.
   *
   * @param sha256 64 hex digits over the content's UTF-8 bytes
   * @param octets of the content
   */
  public record Item(RecordId record, int basedOn, String sha256, long octets)
      implements Serializable {}

  /**
   * A step that was taken.
   *
   * @param by the user who caused it; null if nobody did
   * @param reason in the words of the one who caused it
   */
  public record Step(CustodyState state, Instant at, @Nullable String by, @Nullable String reason)
      implements Serializable {}

  public Custody {
    records = List.copyOf(records);
    steps = List.copyOf(steps);
  }

  /** When it reached {@code wanted} last. */
  public Optional<Instant> reached(CustodyState wanted) {
    return steps.stream()
        .filter(step -> step.state() == wanted)
        .map(Step::at)
        .reduce((first, second) -> second);
  }
}
