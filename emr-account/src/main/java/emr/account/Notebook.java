package emr.account;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What people keep for their writing: drafts, and stamps of text. It is no part of any chart and
 * leaves the server on which it was written in no other way than through a signature. Called
 * outside of transactions: each change stands by itself.
 */
public final class Notebook {

  /** The longest draft, in characters. */
  public static final int LONGEST_DRAFT = 500_000;

  private final Sql sql;

  public Notebook(DataSource database) {
    this.sql = new Sql(database);
  }

  /**
   * Keeps {@code draft} in place of the one with the same id.
   *
   * @throws Refusal {@link Reason#TOO_LARGE}, or {@link Reason#NOT_PERMITTED} if that one is
   *     somebody else's
   */
  public void keep(Draft draft) {
    if (draft.json().length() > LONGEST_DRAFT) {
      throw new Refusal(Reason.TOO_LARGE, "A draft has at most 500000 characters.");
    }
    String id = draft.id().toString();
    int changed =
        sql.update(
            "update draft set json = ?, changed_at = ? where id = ? and user_name = ?",
            draft.json(),
            draft.changedAt(),
            id,
            draft.user());
    if (changed == 0 && !insert(draft, id)) {
      throw Refusal.notPermitted();
    }
  }

  private boolean insert(Draft draft, String id) {
    return isNew(
        "insert into draft (id, user_name, patient, kind, changed_at, json)"
            + " values (?, ?, ?, ?, ?, ?)",
        id,
        draft.user(),
        draft.patient() == null ? null : draft.patient().value(),
        draft.kind(),
        draft.changedAt(),
        draft.json());
  }

  /** The draft, if it is {@code user}'s. */
  public Optional<Draft> draft(UUID id, String user) {
    return drafts("id = ? and user_name = ?", id.toString(), user).stream().findFirst();
  }

  /** All of {@code user}'s drafts, the one changed last first. */
  public List<Draft> drafts(String user) {
    return drafts("user_name = ?", user);
  }

  private List<Draft> drafts(String which, Object... values) {
    return sql.list(
        "select id, user_name, patient, kind, json, changed_at from draft where "
            + which
            + " order by changed_at desc",
        Notebook::draft,
        values);
  }

  private static Draft draft(ResultSet row) throws SQLException {
    String patient = row.getString("patient");
    return new Draft(
        UUID.fromString(row.getString("id")),
        row.getString("user_name"),
        patient == null ? null : new PatientId(patient),
        row.getString("kind"),
        row.getString("json"),
        Sql.instant(row, "changed_at"));
  }

  /** Deletes the draft, if it is {@code user}'s. */
  public void discard(UUID id, String user) {
    sql.update("delete from draft where id = ? and user_name = ?", id.toString(), user);
  }

  /**
   * The stamps that {@code user} may use, by word; their own before those of colleagues.
   *
   * @param circle whom they share with: place and profession
   */
  public List<Stamp> stamps(String user, String circle) {
    return sql.list(
        "select id, owner, shared, word, body from stamp where owner = ? or (shared and circle = ?)"
            + " order by word, case when owner = ? then 0 else 1 end",
        row ->
            new Stamp(
                UUID.fromString(row.getString("id")),
                row.getString("owner"),
                row.getBoolean("shared"),
                row.getString("word"),
                row.getString("body")),
        user,
        circle,
        user);
  }

  /** Keeps {@code stamp} in place of its owner's stamp of the same word, whose id stays. */
  public void keep(Stamp stamp, String circle) {
    if (!replace(stamp, circle) && !insert(stamp, circle)) {
      replace(stamp, circle); // it was kept meanwhile
    }
  }

  private boolean replace(Stamp stamp, String circle) {
    return sql.update(
            "update stamp set circle = ?, shared = ?, body = ?, changed_at = ?"
                + " where owner = ? and word = ?",
            circle,
            stamp.shared(),
            stamp.text(),
            Instant.now(),
            stamp.owner(),
            stamp.word())
        == 1;
  }

  private boolean insert(Stamp stamp, String circle) {
    return isNew(
        "insert into stamp (id, owner, circle, shared, word, body, changed_at)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        stamp.id().toString(),
        stamp.owner(),
        circle,
        stamp.shared(),
        stamp.word(),
        stamp.text(),
        Instant.now());
  }

  /** Inserts a row; false if one of its key is there already. */
  private boolean isNew(String insertion, @Nullable Object... values) {
    try {
      return sql.update(insertion, values) == 1;
    } catch (Sql.Failed e) {
      if (e.taken()) {
        return false;
      }
      throw e;
    }
  }

  /** Throws the stamp away, if it is {@code user}'s. */
  public void discardStamp(UUID id, String user) {
    sql.update("delete from stamp where id = ? and owner = ?", id.toString(), user);
  }
}
