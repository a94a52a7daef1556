package emr.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The newest version of a record, with what it is found by: the one row that searches use. */
@Entity
@Table(name = "current")
@IdClass(CurrentRecord.Key.class)
@NamedQuery(
    name = CurrentRecord.OF_PATIENT,
    query =
        "select c from CurrentRecord c where c.patient = :patient and c.record in :records"
            + " order by c.record")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // JPA fills the fields in, and reads them
class CurrentRecord {

  /** Records of {@code :patient} by their keys; in order, so that all lock them in one order. */
  static final String OF_PATIENT = "CurrentRecord.ofPatient";

  /** Larger contents are kept in the table of versions only. */
  private static final int MOST_OCTETS = 1_800;

  @Id
  @Column(updatable = false)
  private long patient;

  @Id
  @Column(updatable = false)
  private long record;

  private int number;
  private int octets;

  @Column(name = "stored_at")
  private OffsetDateTime storedAt;

  private @Nullable OffsetDateTime date;
  private @Nullable OffsetDateTime until;

  @Column(updatable = false)
  private short type;

  @Column(updatable = false)
  private short custodian;

  private short author;
  private boolean deleted;
  private byte[] hash;

  @Column(updatable = false)
  private @Nullable String alias;

  @Convert(converter = TermsColumn.class)
  private long[] terms;

  private long present;

  private byte @Nullable [] content;

  protected CurrentRecord() {}

  CurrentRecord(NewVersion version, OffsetDateTime storedAt) {
    this.patient = version.patient();
    this.record = version.record();
    this.type = version.type();
    this.custodian = version.custodian();
    this.alias = version.alias();
    become(version, storedAt);
  }

  void become(NewVersion version, OffsetDateTime storedAt) {
    this.number = version.number();
    this.octets = version.octets();
    this.storedAt = storedAt;
    this.date = version.date();
    this.until = version.until();
    this.author = version.author();
    this.deleted = version.deleted();
    this.hash = version.hash();
    this.terms = version.terms();
    this.present = version.present();
    this.content = version.kept().length > MOST_OCTETS ? null : version.kept();
  }

  long record() {
    return record;
  }

  int number() {
    return number;
  }

  short type() {
    return type;
  }

  short custodian() {
    return custodian;
  }

  short author() {
    return author;
  }

  int octets() {
    return octets;
  }

  boolean deleted() {
    return deleted;
  }

  OffsetDateTime storedAt() {
    return storedAt;
  }

  /** Null if it is large, and kept in the table of versions only. */
  byte @Nullable [] content() {
    return content;
  }

  byte[] hash() {
    return hash;
  }

  @Nullable String alias() {
    return alias;
  }

  /** The primary key. */
  static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long patient;
    private long record;

    public Key() {}

    Key(long patient, long record) {
      this.patient = patient;
      this.record = record;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && patient == key.patient && record == key.record;
    }

    @Override
    public int hashCode() {
      return Objects.hash(patient, record);
    }
  }
}
