package emr.access;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An SQL statement in the making: each piece of text comes with the values of its question marks.
 * Values never become text, so statements of one shape are one prepared statement.
 */
public final class Query {

  /** PostgreSQL's word for a statement that was stopped. */
  private static final String CANCELED = "57014";

  private final StringBuilder sql = new StringBuilder(1024);
  private final List<@Nullable Object> values = new ArrayList<>();

  /**
   * @param text with a question mark, cast to its type, for each of {@code values}
   * @param values numbers, texts, {@link Instant}s, {@link UUID}s, arrays of {@code short}, {@code
   *     long} or {@link String}, or null
   */
  public Query add(String text, @Nullable Object... values) {
    sql.append(text);
    for (Object value : values) {
      this.values.add(value);
    }
    return this;
  }

  /** Ready to be executed; the caller closes it. */
  public PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.toString());
    try {
      bind(statement, 1);
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
    return statement;
  }

  /**
   * Gives a statement, of which this one is a part, its values.
   *
   * @param from number of its first question mark, from 1
   * @return number of the first one after it
   */
  public int bind(PreparedStatement statement, int from) throws SQLException {
    int at = from;
    for (Object value : values) {
      statement.setObject(
          at++, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
    }
    return at;
  }

  /**
   * What a failed statement becomes: a refusal if it took longer than it may.
   *
   * @param what it was for, of a fault
   */
  public static RuntimeException fault(SQLException e, String what) {
    return CANCELED.equals(e.getSQLState())
        ? (Refusal)
            new Refusal(Reason.NOT_SUPPORTED, "This search takes too long; narrow it.").initCause(e)
        : new IllegalStateException(what, e);
  }

  @Override
  public String toString() {
    return sql.toString();
  }
}
