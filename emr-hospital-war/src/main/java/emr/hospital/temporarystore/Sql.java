package emr.hospital.temporarystore;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * SQL against the hospital's database, in the caller's transaction. Faults lose their message and
 * cause on purpose: the database quotes values in them, and values are clinical.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Sql {

  @Resource(lookup = "jdbc/emr-hospital")
  DataSource database;

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
          set(statement, values);
          try (ResultSet rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
              all.add(reader.read(rows));
            }
            return all;
          }
        });
  }

  <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... values) {
    return list(sql, reader, values).stream().findFirst();
  }

  int update(String sql, @Nullable Object... values) {
    return run(
        sql,
        statement -> {
          set(statement, values);
          return statement.executeUpdate();
        });
  }

  void batch(String sql, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    run(
        sql,
        statement -> {
          for (Object[] row : rows) {
            set(statement, row);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  @SuppressWarnings("UnusedException")
  private <T> T run(String sql, Work<T> work) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.with(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the database failed with %s (%d) at: %s"
              .formatted(e.getSQLState(), e.getErrorCode(), sql));
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(
          i + 1,
          value instanceof Instant instant
              ? time(instant)
              : value instanceof Enum<?> e ? e.name() : value);
    }
  }
}
