package emr.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What people keep for their writing: drafts, and stamps of text. It is no part of any chart and
 * leaves the server on which it was written in no other way than through a signature. A draft's
 * words are sealed, since they are about a patient; a draft that nobody changes is given up. Called
 * outside of transactions: each change stands by itself.
 */
public final class Notebook {

  /** The longest draft, in characters. */
  public static final int LONGEST_DRAFT = 100_000;

  /** How many drafts one person may have. */
  public static final int MOST_DRAFTS = 30;

  /** How long a draft is kept after it was changed last. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final String PURPOSE = "emr draft seal ";

  private final Sql sql;
  private final SecretKey master;
  private final DraftFiles files;

  public Notebook(DataSource database, SecretKey master) {
    this.sql = new Sql(database);
    this.master = master;
    this.files = new DraftFiles(sql, master);
  }

  /** What is attached to drafts. */
  public DraftFiles files() {
    return files;
  }

  /**
   * Keeps {@code draft} in place of the one with the same id, and gives up everybody's that were
   * kept long enough.
   *
   * @throws Refusal {@link Reason#TOO_LARGE}, {@link Reason#CONFLICT} if the person has as many
   *     drafts as they may, or {@link Reason#NOT_PERMITTED} if that one is somebody else's
   */
  public void keep(Draft draft) {
    if (draft.json().length() > LONGEST_DRAFT) {
      throw tooLong();
    }
    giveUp(draft.changedAt());
    String id = draft.id().toString();
    byte[] sealed = seal(id, draft.user(), draft.json());
    int changed =
        sql.update(
            "update draft set sealed = ?, changed_at = ? where id = ? and user_name = ?",
            sealed,
            draft.changedAt(),
            id,
            draft.user());
    if (changed == 0) {
      begin(draft, id, sealed);
    }
  }

  /** The refusal of a draft with more than {@link #LONGEST_DRAFT} characters. */
  public static Refusal tooLong() {
    return new Refusal(
        Reason.TOO_LARGE,
        "This draft is longer than 100000 characters. Sign it, and write the rest as another"
            + " entry.");
  }

  /** Two pages that begin at the same moment may exceed the number by one. */
  private void begin(Draft draft, String id, byte[] sealed) {
    if (number(draft.user()) >= MOST_DRAFTS) {
      throw new Refusal(
          Reason.CONFLICT,
          "You have 30 drafts, as many as one person may have. Sign or discard one of those on your"
              + " first page; what you wrote here stays on this page meanwhile.");
    }
    boolean begun =
        isNew(
            "insert into draft (id, user_name, patient, kind, changed_at, sealed)"
                + " values (?, ?, ?, ?, ?, ?)",
            id,
            draft.user(),
            draft.patient() == null ? null : draft.patient().value(),
            draft.kind(),
            draft.changedAt(),
            sealed);
    if (!begun) {
      throw Refusal.notPermitted();
    }
  }

  private long number(String user) {
    return sql.list("select count(*) from draft where user_name = ?", row -> row.getLong(1), user)
        .get(0);
  }

  /** Deletes every draft that was changed last before {@link #KEPT} ago, with its files. */
  private void giveUp(Instant now) {
    sql.update("delete from draft where changed_at < ?", now.minus(KEPT));
  }

  /** Seals what was kept in clear before drafts were sealed. */
  public void sealEarlier() {
    record Clear(String id, String user, String json) {}
    List<Clear> all =
        sql.list(
            "select id, user_name, json from draft where json is not null",
            row -> new Clear(row.getString(1), row.getString(2), row.getString(3)));
    all.forEach(
        each ->
            sql.update(
                "update draft set sealed = ?, json = null where id = ? and json is not null",
                seal(each.id(), each.user(), each.json()),
                each.id()));
  }

  private byte[] seal(String id, String user, String json) {
    return Seal.of(master, PURPOSE + user).seal(json.getBytes(UTF_8), id);
  }

  /** The draft, if it is {@code user}'s. */
  public Optional<Draft> draft(UUID id, String user) {
    return drafts("id = ? and user_name = ?", id.toString(), user).stream().findFirst();
  }

  /** All of {@code user}'s drafts, the one changed last first. */
  public List<Draft> drafts(String user) {
    return drafts("user_name = ? and changed_at >= ?", user, Instant.now().minus(KEPT));
  }

  /** {@code user}'s drafts for {@code patient}, the one changed last first. */
  public List<Draft> drafts(String user, PatientId patient) {
    return drafts(
        "user_name = ? and patient = ? and changed_at >= ?",
        user,
        patient.value(),
        Instant.now().minus(KEPT));
  }

  private List<Draft> drafts(String which, Object... values) {
    return sql.list(
        "select id, user_name, patient, kind, sealed, changed_at from draft where sealed is not"
            + " null and "
            + which
            + " order by changed_at desc",
        this::draft,
        values);
  }

  private Draft draft(ResultSet row) throws SQLException {
    String id = row.getString("id");
    String user = row.getString("user_name");
    String patient = row.getString("patient");
    return new Draft(
        UUID.fromString(id),
        user,
        patient == null ? null : new PatientId(patient),
        row.getString("kind"),
        new String(Seal.of(master, PURPOSE + user).open(row.getBytes("sealed"), id), UTF_8),
        Sql.instant(row, "changed_at"));
  }

  /** Deletes the draft with its files, if it is {@code user}'s. */
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
