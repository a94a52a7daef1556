package emr.hospital.access;

import emr.account.Ticket;
import emr.exchange.access.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Who a row of the staff table is. What they sign in with stands in other columns, which {@link
 * emr.account.Accounts} keeps.
 */
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

  @Column(nullable = false, updatable = false)
  private String password;

  @Column(nullable = false)
  private boolean active;

  @Column(nullable = false)
  private int epoch;

  @Column(name = "must_change", nullable = false, updatable = false)
  private boolean mustChange;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields in
  protected StaffMember() {}

  /**
   * @param password hashed
   */
  StaffMember(Staff staff, String password, boolean mustChange) {
    this.user = staff.user();
    this.name = staff.name();
    this.role = staff.role();
    this.password = password;
    this.active = true;
    this.mustChange = mustChange;
  }

  Staff staff() {
    return new Staff(user, name, role);
  }

  boolean active() {
    return active;
  }

  boolean holds(Ticket ticket, Instant now) {
    return active && ticket.holds(epoch, now);
  }

  /** Ends all sessions. */
  void activate(boolean value) {
    active = value;
    epoch++;
  }

  /** Ends all sessions. */
  void changeRole(Role value) {
    role = value;
    epoch++;
  }
}
