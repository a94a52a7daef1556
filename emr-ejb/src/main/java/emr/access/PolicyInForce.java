package emr.access;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of a policy, for the judge. The versions themselves are records, and are never
 * changed.
 */
@Entity
@Table(name = "policy")
@IdClass(PolicyInForce.Key.class)
@NamedQuery(
    name = PolicyInForce.BETWEEN,
    query =
        "select p from PolicyInForce p where (p.hospital = :hospital or p.hospital = 0)"
            + " and p.grantor in :grantors"
            + " and (p.about is null or p.about = :about)")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class PolicyInForce {

  static final String BETWEEN = "PolicyInForce.between";

  @Id
  @Column(updatable = false)
  private long patient;

  @Id
  @Column(updatable = false)
  private long record;

  private int number;
  private short grantor;
  private @Nullable Long about;
  private short hospital;
  private @Nullable Short role;
  private @Nullable String person;

  @Convert(converter = TypeNumbers.class)
  private @Nullable Set<Short> types;

  private short sensitivity;
  private boolean refuses;
  private boolean reads;
  private boolean stores;

  @Column(name = "valid_from")
  private OffsetDateTime from;

  @Column(name = "valid_until")
  private @Nullable OffsetDateTime until;

  @Column(name = "in_force")
  private boolean inForce;

  protected PolicyInForce() {}

  PolicyInForce(long patient, long record) {
    this.patient = patient;
    this.record = record;
  }

  void become(
      AccessPolicy policy, int number, short grantor, short hospital, @Nullable Long about) {
    this.number = number;
    this.grantor = grantor;
    this.about = about;
    this.hospital = hospital;
    this.role = policy.role() == null ? null : (short) policy.role().ordinal();
    this.person = policy.user();
    var numbers = new TreeSet<Short>();
    policy.types().forEach(type -> numbers.add(RecordTypes.number(type)));
    this.types = numbers.isEmpty() ? null : numbers;
    this.sensitivity = Sensitivity.bits(policy.sensitivities());
    this.refuses = policy.refuses();
    this.reads = policy.rights().contains(AccessRight.READ);
    this.stores = policy.rights().contains(AccessRight.STORE);
    this.from = utc(policy.from());
    this.until = policy.until() == null ? null : utc(policy.until());
    this.inForce = policy.inForce();
  }

  StandingPolicy toStandingPolicy() {
    var rights = EnumSet.noneOf(AccessRight.class);
    if (reads) {
      rights.add(AccessRight.READ);
    }
    if (stores) {
      rights.add(AccessRight.STORE);
    }
    return new StandingPolicy(
        refuses,
        patient,
        record,
        number,
        grantor,
        about,
        hospital,
        role == null ? null : Role.values()[role],
        person,
        types == null ? Set.of() : types,
        sensitivity,
        rights,
        from.toInstant(),
        until == null ? null : until.toInstant(),
        inForce);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** The keys of the Consent record. */
  static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long patient;
    private long record;

    public Key() {}

    Key(long patient, long record) {
      this.patient = patient;
      this.record = record;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && patient == key.patient && record == key.record;
    }

    @Override
    public int hashCode() {
      return Objects.hash(patient, record);
    }
  }
}
