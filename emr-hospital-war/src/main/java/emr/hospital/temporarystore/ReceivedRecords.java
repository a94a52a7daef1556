package emr.hospital.temporarystore;

import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records received from the centre, kept for a while for the one user to whom they were given
 * (claim 4): so a chart stays readable while the centre is away. Judged once, for that user in that
 * role, and that patient; nobody else sees them, and after their time they are deleted.
 */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class ReceivedRecords {

  private static final String OWNER = "user_name = ? and patient = ? and record = ? and number = ?";

  @Inject Sql sql;
  @Inject HospitalSettings settings;

  /**
   * What is still kept of an answer.
   *
   * @param fetchedAt of the oldest of them; null if there is none
   */
  record Kept(List<Chart.Entry> entries, @Nullable Instant fetchedAt) {}

  /** Keeps what the centre gave to {@code who}, in place of the same versions given before. */
  void keep(Author who, PatientId patient, List<Chart.Entry> entries) {
    Duration kept = settings.receivedKept();
    if (kept.isZero() || entries.isEmpty()) {
      return;
    }
    Instant now = Instant.now();
    var old = new ArrayList<@Nullable Object[]>();
    var rows = new ArrayList<@Nullable Object[]>();
    var pieces = new ArrayList<@Nullable Object[]>();
    var once = new HashMap<String, Chart.Entry>();
    entries.forEach(entry -> once.put(entry.record() + "/" + entry.number(), entry));
    for (Chart.Entry entry : once.values()) {
      String record = entry.record().toString();
      old.add(new Object[] {who.user(), patient.value(), record, entry.number()});
      rows.add(
          new Object[] {
            who.user(),
            patient.value(),
            record,
            entry.number(),
            entry.hospital(),
            entry.author(),
            entry.at(),
            now,
            now.plus(kept),
            who.role()
          });
      List<byte[]> parts = Pieces.of(entry.content());
      for (int piece = 0; piece < parts.size(); piece++) {
        pieces.add(
            new Object[] {
              who.user(), patient.value(), record, entry.number(), piece, parts.get(piece)
            });
      }
    }
    sql.batch("delete from received where " + OWNER, old);
    sql.batch(
        "insert into received (user_name, patient, record, number, hospital, author, stored_at,"
            + " fetched_at, expires_at, role) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
    sql.batch(
        "insert into received_content (user_name, patient, record, number, piece, octets)"
            + " values (?, ?, ?, ?, ?, ?)",
        pieces);
  }

  /** What is kept for {@code who} about {@code patient}; whoever shows it notes it. */
  Kept given(Author who, PatientId patient, Instant now) {
    Map<String, Pieces> contents = new HashMap<>();
    sql.list(
        "select record, number, octets from received_content"
            + " where user_name = ? and patient = ? order by record, number, piece",
        row -> {
          contents
              .computeIfAbsent(row.getString(1) + "/" + row.getInt(2), key -> new Pieces())
              .add(row.getBytes(3));
          return row.getInt(2);
        },
        who.user(),
        patient.value());
    var fetched = new ArrayList<Instant>();
    List<Chart.Entry> entries =
        sql.list(
            "select * from received where user_name = ? and role = ? and patient = ?"
                + " and expires_at > ? order by stored_at desc",
            row -> {
              fetched.add(Sql.instant(row, "fetched_at"));
              String record = row.getString("record");
              int number = row.getInt("number");
              return new Chart.Entry(
                  RecordId.parse(record),
                  number,
                  row.getString("hospital"),
                  row.getString("author"),
                  Sql.instant(row, "stored_at"),
                  null,
                  null,
                  String.valueOf(contents.get(record + "/" + number)));
            },
            who.user(),
            who.role(),
            patient.value(),
            now);
    return new Kept(entries, fetched.stream().min(Instant::compareTo).orElse(null));
  }

  /** The right is gone, and with it what was received by it. */
  void forget(Author who, PatientId patient) {
    sql.update(
        "delete from received where user_name = ? and patient = ?", who.user(), patient.value());
  }

  /**
   * What was received of a type before a time, and is not shown now.
   *
   * @param shown what the centre has just given
   */
  void forget(Author who, PatientId patient, String type, Instant before, List<Chart.Entry> shown) {
    Set<String> again =
        shown.stream()
            .map(entry -> entry.record() + "/" + entry.number())
            .collect(Collectors.toSet());
    var old = new ArrayList<@Nullable Object[]>();
    sql.list(
        "select record, number from received where user_name = ? and patient = ?"
            + " and record like ? and fetched_at <= ?",
        row -> {
          if (!again.contains(row.getString(1) + "/" + row.getInt(2))) {
            old.add(new Object[] {who.user(), patient.value(), row.getString(1), row.getInt(2)});
          }
          return row.getInt(2);
        },
        who.user(),
        patient.value(),
        type + "/%",
        before);
    sql.batch("delete from received where " + OWNER, old);
  }

  /** Deletes what has had its time. */
  int purge(Instant now) {
    return sql.update("delete from received where expires_at <= ?", now);
  }
}
