package emr.identity;

import emr.exchange.record.HospitalId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** A row of the register of hospitals; leaves the package as a {@link Hospital}. */
@Entity
@Table(name = "hospital")
@NamedQuery(
    name = RegisteredHospital.ALL,
    query = "select h from RegisteredHospital h order by h.number")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class RegisteredHospital {

  static final String ALL = "RegisteredHospital.all";

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private short number;

  @Column(nullable = false, updatable = false)
  private String id;

  @Column(nullable = false)
  private String name;

  @Column(nullable = false, updatable = false)
  private boolean hosted;

  @Column(nullable = false)
  private boolean active = true;

  @Column(name = "onboarded_by", nullable = false, updatable = false)
  private String onboardedBy;

  protected RegisteredHospital() {}

  RegisteredHospital(HospitalId id, String name, boolean hosted, String onboardedBy) {
    this.id = id.value();
    this.name = name;
    this.hosted = hosted;
    this.onboardedBy = onboardedBy;
  }

  short number() {
    return number;
  }

  void activate(boolean active) {
    this.active = active;
  }

  Hospital toHospital(@Nullable X509Certificate certificate) {
    return new Hospital(number, new HospitalId(id), name, certificate, hosted, active);
  }
}
