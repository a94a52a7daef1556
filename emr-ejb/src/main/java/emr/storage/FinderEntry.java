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
import org.jspecify.annotations.Nullable;

/** What a record is found by when the search does not say whose it is. */
@Entity
@Table(name = "finder")
@IdClass(FinderEntry.Key.class)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // JPA fills the fields in, and reads them
class FinderEntry {

  @Id
  @Column(updatable = false)
  private long patient;

  @Id
  @Column(updatable = false)
  private long record;

  @Column(updatable = false)
  private short type;

  @Convert(converter = TermsColumn.class)
  private long[] terms;

  private @Nullable OffsetDateTime date;

  protected FinderEntry() {}

  FinderEntry(NewVersion version) {
    this.patient = version.patient();
    this.record = version.record();
    this.type = version.type();
    become(version);
  }

  final void become(NewVersion version) {
    this.terms = version.terms();
    this.date = version.date();
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
