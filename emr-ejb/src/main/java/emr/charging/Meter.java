package emr.charging;

import emr.audit.Action;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Reads what was used off the audit trail, and off nothing else. What was refused costs nothing;
 * what a hospital stored it keeps paying for as long as it is kept.
 */
final class Meter {

  private static final int STORE = Action.STORE.ordinal();

  private static final Integer[] RETRIEVE = {
    Action.READ.ordinal(), Action.VREAD.ordinal(), Action.HISTORY.ordinal(), Action.SEARCH.ordinal()
  };

  /** Numbers of type {@code numeric} throughout: PostgreSQL adds them exactly. */
  private static final String USAGE =
      """
      select hospital,
        coalesce(sum(cardinality(records)) filter (where action = ? and at >= ?), 0),
        coalesce(sum(cardinality(records)) filter (where action = any (?) and at >= ?), 0),
        coalesce(sum(octets * extract(epoch from cast(? as timestamptz) - greatest(at, ?)) * 1000000)
          filter (where action = ?), 0)
      from audit
      where permitted and at < ? and (at >= ? or action = ?) and hospital is not null
      group by hospital
      """;

  private static final String ENTRIES =
      """
      select id, at, person, cardinality(records), octets
      from audit
      where permitted and hospital = ? and action = any (?) and at >= ? and at < ? and id < ?
      order by id desc
      limit ?
      """;

  private final DataSource database;

  Meter(DataSource database) {
    this.database = database;
  }

  /** What each hospital used, by its number; who used nothing is not in it. */
  Map<Short, Usage> usage(Period period) {
    OffsetDateTime start = utc(period.start());
    OffsetDateTime until = utc(period.until());
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(USAGE)) {
      query.setInt(1, STORE);
      query.setObject(2, start);
      query.setArray(3, connection.createArrayOf("int2", RETRIEVE));
      query.setObject(4, start);
      query.setObject(5, until);
      query.setObject(6, start);
      query.setInt(7, STORE);
      query.setObject(8, until);
      query.setObject(9, start);
      query.setInt(10, STORE);
      var usage = new HashMap<Short, Usage>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          usage.put(rows.getShort(1), new Usage(rows.getLong(2), rows.getLong(3), whole(rows)));
        }
      }
      return usage;
    } catch (SQLException e) {
      throw new IllegalStateException("the audit trail cannot be read", e);
    }
  }

  private static BigInteger whole(ResultSet rows) throws SQLException {
    return rows.getBigDecimal(4).toBigIntegerExact();
  }

  /**
   * The entries behind a line, newest first.
   *
   * @param before older than that entry; {@link Long#MAX_VALUE} to begin with
   */
  List<Use> entries(
      short hospital, Item item, Period period, Tariff tariff, long before, int limit) {
    Instant from = item == Item.KEPT ? Instant.EPOCH : period.start();
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(ENTRIES)) {
      query.setShort(1, hospital);
      query.setArray(
          2,
          connection.createArrayOf(
              "int2", item == Item.RETRIEVED ? RETRIEVE : new Integer[] {STORE}));
      query.setObject(3, utc(from));
      query.setObject(4, utc(period.until()));
      query.setLong(5, before);
      query.setInt(6, limit);
      var entries = new ArrayList<Use>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          entries.add(use(rows, item, period, tariff));
        }
      }
      return entries;
    } catch (SQLException e) {
      throw new IllegalStateException("the audit trail cannot be read", e);
    }
  }

  private static Use use(ResultSet row, Item item, Period period, Tariff tariff)
      throws SQLException {
    Instant at = row.getObject(2, OffsetDateTime.class).toInstant();
    int records = row.getInt(4);
    long octets = row.getLong(5);
    Usage part =
        switch (item) {
          case STORED -> new Usage(records, 0, BigInteger.ZERO);
          case RETRIEVED -> new Usage(0, records, BigInteger.ZERO);
          case KEPT -> Usage.keeping(octets, at, period);
        };
    BigDecimal quantity = MonthlyStatement.quantity(item, part, period);
    return new Use(
        row.getLong(1),
        at,
        row.getString(3),
        records,
        octets,
        quantity,
        MonthlyStatement.share(item, part, period, tariff));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
