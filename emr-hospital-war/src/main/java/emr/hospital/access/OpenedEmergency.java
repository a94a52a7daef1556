package emr.hospital.access;

import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyReason;
import emr.exchange.record.PatientId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A chart that somebody here opened in an emergency. */
@Entity
@Table(name = "emergency")
@NamedQuery(
    name = OpenedEmergency.OPEN,
    query =
        "select e from OpenedEmergency e where e.user = :user and e.patient = :patient"
            + " and e.endedAt is null and e.until > :now order by e.until desc")
@NamedQuery(
    name = OpenedEmergency.OPEN_ANYWHERE,
    query =
        "select e from OpenedEmergency e where e.user = :user and e.endedAt is null"
            + " and e.until > :now order by e.until")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class OpenedEmergency {

  /** Of {@code :user} about {@code :patient}, the one that lasts longest first. */
  static final String OPEN = "OpenedEmergency.open";

  /** Of {@code :user} about anybody, the one that ends first first. */
  static final String OPEN_ANYWHERE = "OpenedEmergency.openAnywhere";

  @Id
  @Column(updatable = false)
  private String id;

  @Column(name = "user_name", nullable = false, updatable = false)
  private String user;

  @Column(nullable = false, updatable = false)
  private String patient;

  @Column(nullable = false, updatable = false)
  private String types;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false, updatable = false)
  private EmergencyReason reason;

  @Column(nullable = false, updatable = false)
  private String words;

  @Column(name = "opened_at", nullable = false, updatable = false)
  private OffsetDateTime openedAt;

  @Column(name = "open_until", nullable = false, updatable = false)
  private OffsetDateTime until;

  @Column(name = "ended_at")
  private @Nullable OffsetDateTime endedAt;

  protected OpenedEmergency() {}

  OpenedEmergency(EmergencyOpening opening) {
    this.id = opening.id().toString();
    this.user = opening.user();
    this.patient = opening.patient().value();
    this.types = String.join(",", opening.types());
    this.reason = opening.reason();
    this.words = opening.words();
    this.openedAt = utc(opening.from());
    this.until = utc(opening.until());
  }

  void end(Instant now) {
    endedAt = utc(now);
  }

  Emergencies.Open open() {
    return new Emergencies.Open(
        UUID.fromString(id),
        new PatientId(patient),
        types.isEmpty() ? Set.of() : Set.of(types.split(",")),
        reason,
        words,
        until.toInstant());
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
