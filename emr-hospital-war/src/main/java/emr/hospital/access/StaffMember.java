package emr.hospital.access;

import emr.exchange.access.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A row of the staff table. */
@Entity
@Table(name = "staff")
@NamedQuery(name = StaffMember.ALL, query = "select m from StaffMember m order by m.user")
class StaffMember {

  static final String ALL = "StaffMember.all";

  @Id
  @Column(name = "user_name")
  private String user;

  @Column(name = "full_name", nullable = false)
  private String name;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  private Role role;

  @Column(name = "password_hash", nullable = false)
  private String passwordHash;

  @Column(nullable = false)
  private boolean active;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields in
  protected StaffMember() {}

  StaffMember(Staff staff, String passwordHash) {
    this.user = staff.user();
    this.name = staff.name();
    this.role = staff.role();
    this.passwordHash = passwordHash;
    this.active = true;
  }

  Staff staff() {
    return new Staff(user, name, role);
  }

  String passwordHash() {
    return passwordHash;
  }

  boolean active() {
    return active;
  }

  void changePassword(String hash) {
    this.passwordHash = hash;
  }

  void changeActive(boolean value) {
    this.active = value;
  }
}
