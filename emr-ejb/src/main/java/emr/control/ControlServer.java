package emr.control;

import emr.exchange.access.AccessStatement;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Submission;
import emr.storage.Page;
import emr.storage.Search;
import jakarta.ejb.Stateless;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control server: the only door to the records. Each method judges, acts and counts in one
 * transaction, so nothing is stored, shown or charged by halves.
 */
@Stateless
public class ControlServer {

  /**
   * Stores a submission, whole or not at all, for a user who has the second access right (claims 3,
   * 12). A hospital that missed the answer may send the same again; it is stored and charged once.
   *
   * @param manifest signed by the hospital, kept as evidence; null where it has no server
   */
  public Stored store(Submission submission, AccessStatement by, @Nullable String manifest) {
    throw new UnsupportedOperationException();
  }

  /** The newest version of a record, for a user who has the first access right (claims 2, 8). */
  public RecordVersion read(RecordId record, AccessStatement by) {
    throw new UnsupportedOperationException();
  }

  /** The version of that number. */
  public RecordVersion read(RecordId record, int number, AccessStatement by) {
    throw new UnsupportedOperationException();
  }

  /** Every version of a record, newest first. */
  public List<RecordVersion> history(RecordId record, AccessStatement by) {
    throw new UnsupportedOperationException();
  }

  /** What a search finds among the records the user may read. */
  public Page search(Search search, AccessStatement by) {
    throw new UnsupportedOperationException();
  }
}
