package emr.identity;

import emr.account.Ticket;
import emr.exchange.access.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose account it is, at the portal; leaves the package as a {@link Staff}. What they sign in with
 * stands in other columns, which {@link emr.account.Accounts} keeps.
 */
@Entity
@Table(name = "portal_staff")
@NamedQuery(name = PortalAccount.ALL, query = "select a from PortalAccount a order by a.user")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class PortalAccount {

  static final String ALL = "PortalAccount.all";

  private static final String OPERATOR = "OPERATOR";

  @Id
  @Column(name = "user_name", updatable = false)
  private String user;

  @Column(updatable = false)
  private @Nullable Short hospital;

  @Column(nullable = false)
  private String role;

  @Column(nullable = false)
  private String name;

  @Column(nullable = false, updatable = false)
  private String password;

  @Column(nullable = false)
  private boolean active = true;

  @Column(nullable = false)
  private int epoch;

  @Column(name = "must_change", nullable = false, updatable = false)
  private boolean mustChange;

  protected PortalAccount() {}

  /**
   * @param password hashed
   */
  PortalAccount(Staff staff, @Nullable Short hospital, String password, boolean mustChange) {
    this.user = staff.user();
    this.hospital = hospital;
    this.role = staff.role() == null ? OPERATOR : staff.role().name();
    this.name = staff.name();
    this.password = password;
    this.mustChange = mustChange;
  }

  boolean active() {
    return active;
  }

  boolean holds(Ticket ticket, Instant now) {
    return ticket.holds(epoch, now);
  }

  /** Ends all sessions. */
  void activate(boolean value) {
    active = value;
    epoch++;
  }

  /** Ends all sessions. */
  void changeRole(Role value) {
    role = value.name();
    epoch++;
  }

  /** Null for one who is no longer there, or whose hospital is not. */
  @Nullable Staff toStaff(Hospitals hospitals) {
    return active && (hospital == null || place(hospitals).filter(Hospital::active).isPresent())
        ? whoever(hospitals)
        : null;
  }

  /** The person, whether or not they may sign in. */
  Staff whoever(Hospitals hospitals) {
    return place(hospitals)
        .map(place -> new Staff(user, name, place.id(), Role.valueOf(role)))
        .orElseGet(() -> new Staff(user, name, null, null));
  }

  private Optional<Hospital> place(Hospitals hospitals) {
    return hospital == null ? Optional.empty() : hospitals.find(hospital);
  }
}
