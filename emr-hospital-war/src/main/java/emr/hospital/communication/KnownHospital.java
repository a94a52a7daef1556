package emr.hospital.communication;

import emr.exchange.record.HospitalId;
import emr.exchange.record.HospitalNames;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A hospital of the exchange, as the centre last told. */
@Entity
@Table(name = "known_hospital")
@NamedQuery(name = KnownHospital.ALL, query = "select h from KnownHospital h order by h.place")
@NamedQuery(name = KnownHospital.CLEAR, query = "delete from KnownHospital h")
class KnownHospital {

  static final String ALL = "KnownHospital.all";
  static final String CLEAR = "KnownHospital.clear";

  @Id private int place;

  @Column(nullable = false)
  private String id;

  @Column(nullable = false)
  private String name;

  private boolean active;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields in
  protected KnownHospital() {}

  KnownHospital(int place, HospitalNames.Named hospital) {
    this.place = place;
    this.id = hospital.id().value();
    this.name = hospital.name();
    this.active = hospital.active();
  }

  HospitalNames.Named named() {
    return new HospitalNames.Named(new HospitalId(id), name, active);
  }
}
