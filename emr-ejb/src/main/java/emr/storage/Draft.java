package emr.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is to be stored in one chart, whole or not at all, before it is known on which versions it
 * builds.
 *
 * @param chart key of the patient; 0 for none
 * @param patient whom it is about; null for nobody, or where only the chart's key is known
 * @param recordedAt when it was saved where it was made; null if that is when it is stored
 * @param signed whether its author signed each content: then even one that changes nothing is a
 *     version
 * @param entries records, each at most once
 */
public record Draft(
    UUID id,
    HospitalId hospital,
    long chart,
    @Nullable PatientId patient,
    Author author,
    @Nullable Instant recordedAt,
    boolean signed,
    List<Entry> entries) {

  /** For {@link Entry#basedOn}: whichever version is the latest, or none. */
  public static final int LATEST = -1;

  public Draft {
    entries = List.copyOf(entries);
  }

  /**
   * An id that nobody has, by the time it was made (version 7 of <a
   * href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562</a>): new ones lie side by
   * side in the database's index.
   */
  public static UUID freshId() {
    UUID random = UUID.randomUUID();
    long version = 0x7000 | (random.getMostSignificantBits() & 0xfff);
    return new UUID(System.currentTimeMillis() << 16 | version, random.getLeastSignificantBits());
  }

  /**
   * One record: either its new content, or what is to be done to its present one; neither to say
   * that it is no longer in use.
   *
   * @param basedOn number of the version that its author had before them, 0 for a new record, or
   *     {@link #LATEST}
   * @param resource {@code content}, as it was read; not to be changed any more
   * @param content the bytes to be kept; empty if there is no resource
   * @param revision makes the new content of a copy of the present one
   */
  public record Entry(
      RecordId record,
      RecordAddress at,
      int basedOn,
      @Nullable ObjectNode resource,
      byte[] content,
      @Nullable UnaryOperator<ObjectNode> revision) {

    private static final byte[] NOTHING = {};

    /** A new content. */
    public static Entry content(
        RecordId record, RecordAddress at, int basedOn, ObjectNode resource, byte[] content) {
      return new Entry(record, at, basedOn, resource, content, null);
    }

    /** The record is no longer in use. */
    public static Entry deletion(RecordId record, RecordAddress at, int basedOn) {
      return new Entry(record, at, basedOn, null, NOTHING, null);
    }

    /** A change to the content that there is. */
    public static Entry revision(
        RecordId record, RecordAddress at, int basedOn, UnaryOperator<ObjectNode> revision) {
      return new Entry(record, at, basedOn, null, NOTHING, revision);
    }

    boolean deletes() {
      return resource == null && revision == null;
    }
  }
}
