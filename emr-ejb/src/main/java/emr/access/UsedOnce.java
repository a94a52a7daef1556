package emr.access;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Papers that are good for one use. Kept in the database, for the centre may be many servers; a use
 * stays noted whatever becomes of the caller's transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container injects
public class UsedOnce {

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  /**
   * False if it was used before.
   *
   * @param until from when on the paper is refused for its age anyway
   */
  public boolean use(UUID id, Instant until) {
    Query query =
        new Query()
            .add(
                "insert into used_statement (id, until) values (?::uuid, ?::timestamptz)"
                    + " on conflict do nothing",
                id,
                until);
    return execute(query) == 1;
  }

  /** Forgets what is refused for its age anyway. */
  @Schedule(hour = "*", minute = "*", persistent = false)
  void forgetExpired() {
    execute(
        new Query().add("delete from used_statement where until < ?::timestamptz", Instant.now()));
  }

  private int execute(Query query) {
    try (Connection connection = database.getConnection();
        var statement = query.prepare(connection)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note the use of a paper", e);
    }
  }
}
