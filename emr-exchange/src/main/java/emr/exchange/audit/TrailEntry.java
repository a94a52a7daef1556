package emr.exchange.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the trail as a seal sees it.
 *
 * @param said every column that is not null, by its name: a column added to the table later changes
 *     nothing about entries from before
 */
public record TrailEntry(long id, SortedMap<String, String> said) {

  private static final String ID = "id";

  public TrailEntry {
    said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
  }

  /** Reads the row at which {@code rows}, of all columns of the trail, stands. */
  public static TrailEntry of(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    var said = new TreeMap<String, String>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String text = text(rows, i, columns.getColumnType(i));
      if (text != null) {
        said.put(columns.getColumnName(i), text);
      }
    }
    return new TrailEntry(rows.getLong(ID), said);
  }

  /**
   * Numbers in decimal, truth as {@code true} and {@code false}, times in microseconds since 1970,
   * lists with commas between; null for null.
   */
  private static @Nullable String text(ResultSet rows, int column, int type) throws SQLException {
    String text =
        switch (type) {
          case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> Long.toString(rows.getLong(column));
          case Types.BIT, Types.BOOLEAN -> Boolean.toString(rows.getBoolean(column));
          case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> micros(rows.getTimestamp(column));
          case Types.ARRAY -> list(rows.getArray(column));
          default -> rows.getString(column);
        };
    return rows.wasNull() ? null : text;
  }

  private static String micros(@Nullable Timestamp time) {
    if (time == null) {
      return "";
    }
    Instant at = time.toInstant();
    return Long.toString(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000);
  }

  private static String list(@Nullable Array array) throws SQLException {
    return array == null
        ? ""
        : Arrays.stream((Object[]) array.getArray())
            .map(String::valueOf)
            .collect(Collectors.joining(","));
  }

  /**
   * SHA-256 over name and value of each column in the order of their names, each with its length in
   * bytes, four of them, before its UTF-8.
   */
  byte[] digest() {
    MessageDigest sha256 = sha256();
    said.forEach(
        (name, value) -> {
          add(sha256, name);
          add(sha256, value);
        });
    return sha256.digest();
  }

  private static void add(MessageDigest sha256, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    sha256.update(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
