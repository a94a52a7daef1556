package emr.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who failed how often, kept in the database: a restart forgets nothing, and every server of an
 * installation knows. An attempt counts as failed from before it is looked at until it has
 * succeeded, so that many at once gain nothing.
 *
 * <p>User names and addresses are kept as keyed hashes: what people type for a name may be their
 * password.
 */
final class FailedSignIns {

  /** Of so many at the same moment, one is always told to wait. */
  private static final int TRIES = 20;

  private static final Duration AT_LEAST = Duration.ofSeconds(1);

  private final Sql sql;

  FailedSignIns(Sql sql) {
    this.sql = sql;
  }

  private record Row(int failures, Instant last) {}

  /**
   * Counts an attempt.
   *
   * @return how long it must wait, and then was not counted; zero if it may be looked at
   */
  Duration admit(String subject, Delay delay, Instant now) {
    for (int i = 0; i < TRIES; i++) {
      Row row = row(subject);
      if (row != null && now.isBefore(delay.next(row.failures(), row.last()))) {
        return Duration.between(now, delay.next(row.failures(), row.last()));
      }
      if (counted(subject, row, delay, now)) {
        return Duration.ZERO;
      }
    }
    return AT_LEAST;
  }

  private boolean counted(String subject, @Nullable Row row, Delay delay, Instant now) {
    if (row == null) {
      return inserted(subject, now);
    }
    int failures = delay.forgotten(row.last(), now) ? 1 : row.failures() + 1;
    return sql.update(
            "update failed_sign_in set failures = ?, last_at = ? where subject = ? and failures = ?"
                + " and last_at = ?",
            failures,
            now.isAfter(row.last()) ? now : row.last(),
            subject,
            row.failures(),
            row.last())
        == 1;
  }

  private boolean inserted(String subject, Instant now) {
    try {
      return sql.update(
              "insert into failed_sign_in (subject, failures, last_at) values (?, 1, ?)",
              subject,
              now)
          == 1;
    } catch (Sql.Failed e) {
      if (e.taken()) {
        return false; // somebody else came first
      }
      throw e;
    }
  }

  private @Nullable Row row(String subject) {
    List<Row> rows =
        sql.list(
            "select failures, last_at from failed_sign_in where subject = ?",
            r -> new Row(r.getInt("failures"), Sql.instant(r, "last_at")),
            subject);
    return rows.isEmpty() ? null : rows.get(0);
  }

  /** An attempt succeeded that was counted: it alone counts no longer. */
  void giveBack(String subject) {
    sql.update(
        "update failed_sign_in set failures = failures - 1 where subject = ? and failures > 0",
        subject);
  }

  void forget(String subject) {
    sql.update("delete from failed_sign_in where subject = ?", subject);
  }

  /** Removes what no longer counts for anything. */
  void forgetBefore(Instant time) {
    sql.update("delete from failed_sign_in where last_at < ?", time);
  }
}
