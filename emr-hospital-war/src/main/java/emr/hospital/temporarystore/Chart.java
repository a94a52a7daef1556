package emr.hospital.temporarystore;

import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The records of one patient that one user may see now: the centre's beside the hospital's own that
 * wait.
 *
 * @param entries the newest version of each record, newest first
 * @param awaySince since when the centre has not answered; null if it just did
 * @param fetchedAt how old the centre's part is when it is away; null if there is none, or it is
 *     new
 * @param more whether the centre has more of what was asked for
 */
public record Chart(
    PatientId patient,
    List<Entry> entries,
    @Nullable Instant awaySince,
    @Nullable Instant fetchedAt,
    boolean more)
    implements Serializable {

  /**
   * A version of a record.
   *
   * @param hospital whose author wrote it; empty if the centre did not say
   * @param author the person's name, if known here
   * @param at when the centre stored it, or, while it waits, when it was saved here
   * @param state null once the centre keeps it; otherwise where it is on its way
   * @param submission null once the centre keeps it
   * @param content FHIR R4 JSON
   */
  public record Entry(
      RecordId record,
      int number,
      String hospital,
      String author,
      Instant at,
      @Nullable CustodyState state,
      @Nullable UUID submission,
      String content)
      implements Serializable {}

  public Chart {
    entries = List.copyOf(entries);
  }
}
