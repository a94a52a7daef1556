package emr.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the append-only table of versions. There is no setter, every column is {@code
 * updatable = false}, and the application's database role may only INSERT and SELECT: three locks
 * on one door. It is written here; reads are single SQL statements, see {@link RecordFinder}.
 */
@Entity
@Table(name = "version")
@IdClass(StoredVersion.Key.class)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // JPA fills the fields in, and reads them
class StoredVersion {

  @Id
  @Column(updatable = false)
  private long patient;

  @Id
  @Column(updatable = false)
  private long record;

  @Id
  @Column(updatable = false)
  private int number;

  @Column(updatable = false)
  private int octets;

  @Column(name = "stored_at", updatable = false)
  private OffsetDateTime storedAt;

  @Column(updatable = false)
  private short type;

  @Column(updatable = false)
  private short custodian;

  @Column(updatable = false)
  private short author;

  @Column(updatable = false)
  private boolean deleted;

  @Convert(converter = UuidColumn.class)
  @Column(updatable = false)
  private UUID submission;

  @Column(name = "content_hash", updatable = false)
  private byte[] contentHash;

  @Column(updatable = false)
  private byte[] hash;

  @Column(updatable = false)
  private @Nullable String alias;

  @Column(updatable = false)
  private byte[] content;

  protected StoredVersion() {}

  StoredVersion(NewVersion version, UUID submission, OffsetDateTime storedAt) {
    this.patient = version.patient();
    this.record = version.record();
    this.number = version.number();
    this.octets = version.octets();
    this.storedAt = storedAt;
    this.type = version.type();
    this.custodian = version.custodian();
    this.author = version.author();
    this.deleted = version.deleted();
    this.submission = submission;
    this.contentHash = version.contentHash();
    this.hash = version.hash();
    this.alias = version.alias();
    this.content = version.kept();
  }

  /** The primary key: a version is named by its record and its number. */
  static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long patient;
    private long record;
    private int number;

    public Key() {}

    Key(long patient, long record, int number) {
      this.patient = patient;
      this.record = record;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && patient == key.patient
          && record == key.record
          && number == key.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(patient, record, number);
    }
  }
}
