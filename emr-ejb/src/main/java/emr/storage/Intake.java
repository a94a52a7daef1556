package emr.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordFacts;
import emr.exchange.record.Submission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A submission that was read, checked and put in its place, and now waits for the judge.
 *
 * @param patient key of the patient it is about; 0 for none
 * @param newPatient whether it is the one that registers the patient
 */
public record Intake(
    Submission submission, long patient, boolean newPatient, byte[] digest, List<Item> items) {

  /**
   * One of its records.
   *
   * @param facts what the judge must know; of a new record, whose custodian governs its making
   * @param resource as it was read; not to be changed
   */
  public record Item(
      Submission.Entry entry,
      RecordFacts facts,
      ObjectNode resource,
      RecordAddress at,
      byte[] content,
      byte[] contentHash,
      @Nullable CurrentRecord before) {

    /** The hospital that will be, or is, custodian. */
    short custodian(short author) {
      return before == null ? author : before.custodian();
    }

    /** Keys of the record, for what is projected from it. */
    public long patientKey() {
      return at.patient();
    }

    public long recordKey() {
      return at.record();
    }

    /** Bytes of its content. */
    public long octets() {
      return content.length;
    }
  }
}
