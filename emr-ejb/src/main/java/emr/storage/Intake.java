package emr.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordFacts;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A draft that was checked and put in its place, and now waits for the judge. The rows that it adds
 * to are locked.
 *
 * @param patient whom it is about; null for nobody
 * @param newPatient whether it is the one that registers the patient
 * @param closed whether the chart is no longer in use
 */
public record Intake(
    Draft draft,
    @Nullable PatientId patient,
    boolean newPatient,
    boolean closed,
    List<Item> items) {

  public Intake {
    items = List.copyOf(items);
  }

  /** Key of the chart; 0 for none. */
  public long chart() {
    return draft.chart();
  }

  public UUID id() {
    return draft.id();
  }

  /** Whether its author signed each content, and is told in return what became of it. */
  public boolean isSigned() {
    return draft.signed();
  }

  /** The same with some of its records only, or with those in another state. */
  public Intake with(List<Item> others) {
    return new Intake(draft, patient, newPatient, closed, others);
  }

  /**
   * One of its records.
   *
   * @param facts what the judge must know; of a new record, whose custodian governs its making
   * @param resource as it was read, not to be changed; null for a deletion, and for a revision that
   *     was not made yet
   * @param isSame whether it says what the latest version says
   * @param latest number of the newest version that there was when it was taken in; 0 for none
   * @param isGone whether nothing was known of it then, or only that it is no longer in use
   */
  public record Item(
      Draft.Entry entry,
      RecordFacts facts,
      @Nullable ObjectNode resource,
      byte[] content,
      boolean isSame,
      @Nullable CurrentRecord before,
      int latest,
      boolean isGone) {

    Item(Draft.Entry entry, RecordFacts facts, @Nullable CurrentRecord before) {
      this(
          entry,
          facts,
          entry.resource(),
          entry.content(),
          false,
          before,
          before == null ? 0 : before.number(),
          before == null || before.deleted());
    }

    Item saying(@Nullable ObjectNode said, byte[] bytes, boolean same) {
      return new Item(entry, facts, said, bytes, same, before, latest, isGone);
    }

    public RecordId record() {
      return entry.record();
    }

    /** The number that its version will have. */
    public int number() {
      return basedOn() + 1;
    }

    int basedOn() {
      return entry.basedOn() == Draft.LATEST ? latest : entry.basedOn();
    }

    public boolean deletes() {
      return entry.deletes();
    }

    /** Whether it builds on what its author may not have seen. */
    public boolean revises() {
      return entry.revision() != null;
    }

    /** The hospital that will be, or is, custodian: who wrote its original. */
    public short custodian(short author) {
      return before == null ? author : before.custodian();
    }

    /** Keys of the record, for what is projected from it. */
    public long patientKey() {
      return entry.at().patient();
    }

    public long recordKey() {
      return entry.at().record();
    }

    /** Bytes of its content. */
    public long octets() {
      return content.length;
    }

    /** Bytes of the newest version there is. */
    public long octetsBefore() {
      return before == null ? 0 : before.octets();
    }
  }
}
