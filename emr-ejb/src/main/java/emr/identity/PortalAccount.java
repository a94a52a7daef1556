package emr.identity;

import emr.exchange.access.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** An account at the portal; leaves the package as a {@link Staff}, without its password. */
@Entity
@Table(name = "portal_staff")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class PortalAccount {

  private static final String OPERATOR = "OPERATOR";

  @Id
  @Column(name = "user_name", updatable = false)
  private String user;

  @Column(updatable = false)
  private @Nullable Short hospital;

  @Column(nullable = false, updatable = false)
  private String role;

  @Column(nullable = false)
  private String name;

  @Column(nullable = false)
  private String password;

  @Column(nullable = false)
  private boolean active = true;

  protected PortalAccount() {}

  PortalAccount(Staff staff, @Nullable Short hospital, String password) {
    this.user = staff.user();
    this.hospital = hospital;
    this.role = staff.role() == null ? OPERATOR : staff.role().name();
    this.name = staff.name();
    this.password = password;
  }

  String password() {
    return password;
  }

  /** Null for one who is no longer there, or whose hospital is not. */
  @Nullable Staff toStaff(Hospitals hospitals) {
    if (!active) {
      return null;
    }
    if (hospital == null) {
      return new Staff(user, name, null, null);
    }
    return hospitals
        .find(hospital)
        .filter(Hospital::active)
        .map(place -> new Staff(user, name, place.id(), Role.valueOf(role)))
        .orElse(null);
  }
}
