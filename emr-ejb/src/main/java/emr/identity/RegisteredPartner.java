package emr.identity;

import com.nimbusds.jose.jwk.JWKSet;
import emr.exchange.record.HospitalId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.text.ParseException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A row of the register of partners; leaves the package as a {@link Partner}. */
@Entity
@Table(name = "partner")
@NamedQuery(
    name = RegisteredPartner.ALL,
    query = "select p from RegisteredPartner p order by p.client")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class RegisteredPartner {

  static final String ALL = "RegisteredPartner.all";

  @Id
  @Column(updatable = false)
  private String client;

  @Column(nullable = false, updatable = false)
  private short hospital;

  @Column(nullable = false)
  private String name;

  @Column(nullable = false)
  private String jwks;

  @Column(nullable = false)
  private String scopes;

  @Column(name = "token_seconds", nullable = false)
  private int tokenSeconds;

  @Column(name = "per_minute", nullable = false)
  private int perMinute;

  @Column(nullable = false)
  private boolean active;

  @Column(name = "tokens_from", nullable = false)
  private OffsetDateTime tokensFrom;

  @Column(name = "made_by", nullable = false, updatable = false)
  private String madeBy;

  protected RegisteredPartner() {}

  RegisteredPartner(Partner partner, short hospital, String by) {
    this.client = partner.client();
    this.hospital = hospital;
    this.madeBy = by;
    this.tokensFrom = now();
    put(partner);
  }

  /**
   * What is registered from now on; tokens that were given for something else end. When they do
   * only increases, whatever the clocks of the centre's servers say.
   */
  void become(Partner partner) {
    boolean same =
        jwks.equals(partner.keys().toString(true))
            && scopes.equals(partner.scopes())
            && active == partner.active();
    if (!same) {
      OffsetDateTime now = now();
      OffsetDateTime next = tokensFrom.plus(1, ChronoUnit.MICROS);
      tokensFrom = now.isBefore(next) ? next : now;
    }
    put(partner);
  }

  /** As exactly as the database keeps it. */
  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
  }

  private void put(Partner partner) {
    name = partner.name();
    jwks = partner.keys().toString(true);
    scopes = partner.scopes();
    tokenSeconds = (int) partner.token().toSeconds();
    perMinute = partner.perMinute();
    active = partner.active();
  }

  short hospital() {
    return hospital;
  }

  Partner toPartner(HospitalId hospital) {
    try {
      return new Partner(
          client,
          hospital,
          name,
          JWKSet.parse(jwks),
          scopes,
          Duration.ofSeconds(tokenSeconds),
          perMinute,
          active,
          tokensFrom.toInstant());
    } catch (ParseException e) {
      throw new IllegalStateException("the keys of " + client + " are none", e);
    }
  }
}
