package emr.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * SQL that H2 and PostgreSQL read alike, in the caller's transaction or each statement in its own.
 * Faults lose their message: the database quotes values in it.
 */
record Sql(DataSource database) {

  private static final String TAKEN = "23505";

  /** Makes a value of one row. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Work<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... values) {
    return run(
        sql,
        statement -> {
          var all = new ArrayList<T>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              all.add(reader.read(rows));
            }
          }
          return all;
        },
        values);
  }

  /** Rows changed; none also where a row of that key is there already. */
  int update(String sql, @Nullable Object... values) {
    return run(sql, PreparedStatement::executeUpdate, values);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  @SuppressWarnings("unchecked")
  private <T> T run(String sql, Work<T> work, @Nullable Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        if (value instanceof byte[] octets) {
          statement.setBytes(i + 1, octets);
        } else {
          statement.setObject(
              i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
        }
      }
      return work.with(statement);
    } catch (SQLException e) {
      throw new Failed(e, sql);
    }
  }

  /** What the database refused. */
  static final class Failed extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final boolean taken;

    Failed(SQLException cause, String sql) {
      super("the database failed with %s at: %s".formatted(cause.getSQLState(), sql));
      this.taken =
          cause instanceof SQLIntegrityConstraintViolationException
              || TAKEN.equals(cause.getSQLState());
    }

    /** Whether a row of that key is there already. */
    boolean taken() {
      return taken;
    }
  }
}
