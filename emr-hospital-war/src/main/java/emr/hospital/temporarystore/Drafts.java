package emr.hospital.temporarystore;

import emr.exchange.record.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What people have begun to write. A draft is its author's alone, and never leaves the hospital.
 */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Drafts {

  @PersistenceContext(unitName = "hospital")
  EntityManager database;

  /**
   * Keeps {@code draft} in place of the one with the same id.
   *
   * @throws Refusal if that one is somebody else's
   */
  public void save(Draft draft) {
    DraftRow before = database.find(DraftRow.class, draft.id().toString());
    if (before != null && !before.user().equals(draft.user())) {
      throw Refusal.notPermitted();
    }
    database.merge(new DraftRow(draft));
  }

  /** The draft, if it is {@code user}'s. */
  public Optional<Draft> load(UUID id, String user) {
    return own(id, user).map(DraftRow::draft);
  }

  /** All of {@code user}'s drafts, the one changed last first. */
  public List<Draft> of(String user) {
    return database
        .createNamedQuery(DraftRow.OF_USER, DraftRow.class)
        .setParameter("user", user)
        .getResultStream()
        .map(DraftRow::draft)
        .toList();
  }

  /** Deletes the draft, if it is {@code user}'s. */
  public void delete(UUID id, String user) {
    own(id, user).ifPresent(database::remove);
  }

  private Optional<DraftRow> own(UUID id, String user) {
    return Optional.ofNullable(database.find(DraftRow.class, id.toString()))
        .filter(d -> d.user().equals(user));
  }
}
