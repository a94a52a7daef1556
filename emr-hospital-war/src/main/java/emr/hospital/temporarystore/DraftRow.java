package emr.hospital.temporarystore;

import emr.exchange.record.PatientId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the draft table. */
@Entity
@Table(name = "draft")
@NamedQuery(
    name = DraftRow.OF_USER,
    query = "select d from DraftRow d where d.user = :user order by d.changedAt desc")
class DraftRow {

  static final String OF_USER = "DraftRow.ofUser";

  @Id private String id;

  @Column(name = "user_name", nullable = false)
  private String user;

  private @Nullable String patient;

  @Column(nullable = false)
  private String kind;

  @Column(name = "changed_at", nullable = false)
  private OffsetDateTime changedAt;

  @Lob
  @Column(nullable = false)
  private String json;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields in
  protected DraftRow() {}

  DraftRow(Draft draft) {
    this.id = draft.id().toString();
    this.user = draft.user();
    this.patient = draft.patient() == null ? null : draft.patient().value();
    this.kind = draft.kind();
    this.changedAt = Sql.time(draft.changedAt());
    this.json = draft.json();
  }

  String user() {
    return user;
  }

  Draft draft() {
    return new Draft(
        UUID.fromString(id),
        user,
        patient == null ? null : new PatientId(patient),
        kind,
        json,
        changedAt.toInstant());
  }
}
