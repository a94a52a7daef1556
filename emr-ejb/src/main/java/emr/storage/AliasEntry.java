package emr.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A logical id that a client chose, and the keys of the record that bears it. */
@Entity
@Table(name = "alias")
@IdClass(AliasEntry.Key.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class AliasEntry {

  @Id
  @Column(updatable = false)
  private short type;

  @Id
  @Column(updatable = false)
  private String id;

  @Column(updatable = false)
  private long patient;

  @Column(updatable = false)
  private long record;

  protected AliasEntry() {}

  AliasEntry(short type, String id, long patient, long record) {
    this.type = type;
    this.id = id;
    this.patient = patient;
    this.record = record;
  }

  long patient() {
    return patient;
  }

  long record() {
    return record;
  }

  /** The primary key. */
  static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private short type;
    private String id = "";

    public Key() {}

    Key(short type, String id) {
      this.type = type;
      this.id = id;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && type == key.type && id.equals(key.id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(type, id);
    }
  }
}
