package emr.access;

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
      for (int i = 0; i < values.size(); i++) {
        Object value = values.get(i);
        statement.setObject(
            i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
      }
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
    return statement;
  }

  @Override
  public String toString() {
    return sql.toString();
  }
}
