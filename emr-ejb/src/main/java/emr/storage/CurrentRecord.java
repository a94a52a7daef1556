package emr.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of a record, as far as a change to it must know.
 *
 * @param content null if it is large, and kept in the table of versions only
 */
record CurrentRecord(
    long record,
    int number,
    int octets,
    Instant storedAt,
    short type,
    short custodian,
    short author,
    boolean deleted,
    byte[] hash,
    @Nullable String alias,
    byte @Nullable [] content,
    short sensitivity) {

  /** In the order in which {@link #of} reads them. */
  static final String COLUMNS =
      "record, number, octets, stored_at, type, custodian, author, deleted, hash, alias, content,"
          + " coalesce(sensitivity, 1::smallint)";

  static CurrentRecord of(ResultSet row) throws SQLException {
    return new CurrentRecord(
        row.getLong(1),
        row.getInt(2),
        row.getInt(3),
        row.getTimestamp(4).toInstant(),
        row.getShort(5),
        row.getShort(6),
        row.getShort(7),
        row.getBoolean(8),
        row.getBytes(9),
        row.getString(10),
        row.getBytes(11),
        row.getShort(12));
  }
}
