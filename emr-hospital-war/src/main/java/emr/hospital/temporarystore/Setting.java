package emr.hospital.temporarystore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** One thing that the administrator set. */
@Entity
@Table(name = "setting")
@NamedQuery(name = Setting.ALL, query = "select s from Setting s")
class Setting {

  static final String ALL = "Setting.all";

  @Id private String name;

  @Column(name = "value_text", nullable = false)
  private String value;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields in
  protected Setting() {}

  Setting(String name, String value) {
    this.name = name;
    this.value = value;
  }

  String name() {
    return name;
  }

  String value() {
    return value;
  }
}
