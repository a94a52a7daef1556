package emr.hospital.communication;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.net.URI;

/** One address of the centre, as the administrator entered it. */
@Entity
@Table(name = "centre_endpoint")
@NamedQuery(name = CentreEndpoint.ALL, query = "select e from CentreEndpoint e order by e.place")
@NamedQuery(name = CentreEndpoint.CLEAR, query = "delete from CentreEndpoint e")
class CentreEndpoint {

  static final String ALL = "CentreEndpoint.all";
  static final String CLEAR = "CentreEndpoint.clear";

  @Id private int place;

  @Column(nullable = false)
  private String address;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields in
  protected CentreEndpoint() {}

  CentreEndpoint(int place, URI address) {
    this.place = place;
    this.address = address.toString();
  }

  URI address() {
    return URI.create(address);
  }
}
