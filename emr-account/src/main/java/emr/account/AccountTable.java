package emr.account;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a table of people has for signing in, beside whatever else it says of them: {@code
 * user_name, password, active, epoch, must_change, second_factor, second_factor_step, recovery,
 * preferences}.
 */
final class AccountTable {

  private final Sql sql;
  private final String table;

  AccountTable(Sql sql, String table) {
    if (!table.matches("[a-z_]+")) {
      throw new IllegalArgumentException("no table: " + table);
    }
    this.sql = sql;
    this.table = table;
  }

  /**
   * @param secret sealed; null without a second factor
   * @param lastStep of the last one-time code taken
   * @param recovery what is kept of recovery codes
   */
  record Row(
      String user,
      String password,
      boolean active,
      int epoch,
      boolean mustChange,
      byte @Nullable [] secret,
      long lastStep,
      String recovery) {}

  Optional<Row> find(String user) {
    return sql
        .list(
            "select password, active, epoch, must_change, second_factor, second_factor_step,"
                + " recovery from "
                + table
                + " where user_name = ?",
            r ->
                new Row(
                    user,
                    r.getString("password"),
                    r.getBoolean("active"),
                    r.getInt("epoch"),
                    r.getBoolean("must_change"),
                    r.getBytes("second_factor"),
                    r.getLong("second_factor_step"),
                    r.getString("recovery")),
            user)
        .stream()
        .findFirst();
  }

  Map<String, Footing> footings() {
    record Of(String user, Footing footing) {}
    return sql
        .list(
            "select user_name, must_change, second_factor is not null as has_second from " + table,
            r ->
                new Of(
                    r.getString("user_name"),
                    new Footing(r.getBoolean("must_change"), r.getBoolean("has_second"))))
        .stream()
        .collect(Collectors.toMap(Of::user, Of::footing));
  }

  /** Whether {@code step} was not taken yet, and is now. */
  boolean take(String user, long step) {
    return change(
        "second_factor_step = ? where user_name = ? and second_factor_step < ?", step, user, step);
  }

  /** Whether the recovery codes were still {@code from}, and are {@code to} now. */
  boolean useUp(String user, String from, String to) {
    return change("recovery = ? where user_name = ? and recovery = ?", to, user, from);
  }

  /** Ends all sessions. */
  boolean changePassword(String user, String hash, boolean mustChange) {
    return change(
        "password = ?, must_change = ?, epoch = epoch + 1 where user_name = ?",
        hash,
        mustChange,
        user);
  }

  /** Ends all sessions. */
  boolean changeSecondFactor(String user, byte @Nullable [] secret, long step, String recovery) {
    return secret == null
        ? change(
            "second_factor = null, second_factor_step = 0, recovery = '', epoch = epoch + 1 where"
                + " user_name = ?",
            user)
        : change(
            "second_factor = ?, second_factor_step = ?, recovery = ?, epoch = epoch + 1 where"
                + " user_name = ?",
            secret,
            step,
            recovery,
            user);
  }

  Optional<String> preferences(String user) {
    return sql
        .list(
            "select preferences from " + table + " where user_name = ?",
            r -> r.getString("preferences"),
            user)
        .stream()
        .findFirst();
  }

  boolean prefer(String user, String preferences) {
    return change("preferences = ? where user_name = ?", preferences, user);
  }

  private boolean change(String what, Object... values) {
    return sql.update("update " + table + " set " + what, values) == 1;
  }
}
