package emr.custody;

import emr.exchange.audit.TrailEntry;
import emr.exchange.audit.TrailSeal;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The seals over the audit trail, and what they need to know of the database. Each covers every
 * entry above the one before; so a stretch may be sealed only when nobody can add to it any more.
 * Entries get their ids when they are written and are seen when they are committed, which is in
 * another order. But who writes holds a lock on the table from before it has an id until after the
 * entry is seen. Thus, once all who held it at a moment are gone, everything up to an id that was
 * seen before that moment is there, or never will be.
 */
@Stateless
@SuppressWarnings("NullAway.Init") // the container injects
public class AuditSeals {

  /** Entries under one seal at most. */
  static final int MOST = 10_000;

  /** PostgreSQL's name of the lock by which one server of the centre seals at a time. */
  private static final long SEALING = 0x656d725f7365616cL;

  private static final String NEWEST =
      "select number, last, seal from audit_seal order by number desc limit 1";

  private static final String WAITING =
      """
      select count(*), max(id), min(at) from (
        select id, at from audit
        where id > coalesce((select max(last) from audit_seal), 0)
        order by id limit 100000) waiting
      """; // in order, so that the index is used however many are sealed

  private static final String WRITERS =
      """
      select virtualtransaction from pg_locks
      where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = 'audit'::regclass
        and database = (select oid from pg_database where datname = current_database())
      """;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Inject CentreKeys keys;

  /**
   * What is not sealed yet, or the first hundred thousand of it.
   *
   * @param last the greatest id; null if there is none
   * @param oldest when it was written
   */
  public record Waiting(long entries, @Nullable Long last, @Nullable Instant oldest) {}

  /**
   * The newest seal.
   *
   * @param seal signed; empty before the first
   */
  private record Newest(long number, long last, String seal) {}

  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Waiting waiting() {
    return one(
            WAITING,
            row -> {
              OffsetDateTime oldest = row.getObject(3, OffsetDateTime.class);
              long last = row.getLong(2);
              return new Waiting(
                  row.getLong(1),
                  row.wasNull() ? null : last,
                  oldest == null ? null : oldest.toInstant());
            })
        .orElseThrow();
  }

  /** The transactions that may be writing to the trail now. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public List<String> writers() {
    var writers = new ArrayList<String>();
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(WRITERS);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        writers.add(rows.getString(1));
      }
      return writers;
    } catch (SQLException e) {
      throw new IllegalStateException("the trail's writers cannot be counted", e);
    }
  }

  /** The signed seal of that number. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Optional<String> seal(long number) {
    return one("select seal from audit_seal where number = " + number, row -> row.getString(1));
  }

  /**
   * Seals what is not sealed yet, as much as goes under one seal.
   *
   * @param last up to that entry; nobody can add to what is before it
   * @return empty if there was nothing, or another server is at it
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public Optional<TrailSeal.Kept> sealUpTo(long last) {
    try (Connection connection = database.getConnection()) {
      if (!first(
              connection, "select pg_try_advisory_xact_lock(" + SEALING + ")", r -> r.getBoolean(1))
          .orElseThrow()) {
        return Optional.empty();
      }
      Newest before =
          first(
                  connection,
                  NEWEST,
                  row -> new Newest(row.getLong(1), row.getLong(2), row.getString(3)))
              .orElseGet(() -> new Newest(0, 0, ""));
      List<TrailEntry> entries = entries(connection, before.last(), last);
      if (entries.isEmpty()) {
        return Optional.empty();
      }
      TrailSeal.Kept seal =
          TrailSeal.make(
              before.number() + 1,
              before.seal(),
              before.last(),
              entries,
              Instant.now().truncatedTo(ChronoUnit.MILLIS),
              keys.sign());
      keep(connection, seal);
      return Optional.of(seal);
    } catch (SQLException e) {
      throw new IllegalStateException("the audit trail cannot be sealed", e);
    }
  }

  private static List<TrailEntry> entries(Connection connection, long after, long last)
      throws SQLException {
    var entries = new ArrayList<TrailEntry>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select * from audit where id > ? and id <= ? order by id limit " + MOST)) {
      query.setLong(1, after);
      query.setLong(2, last);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          entries.add(TrailEntry.of(rows));
        }
      }
    }
    return entries;
  }

  private static void keep(Connection connection, TrailSeal.Kept seal) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into audit_seal (number, last, seal, marks) values (?, ?, ?, ?)")) {
      insert.setLong(1, seal.number());
      insert.setLong(2, seal.last());
      insert.setString(3, seal.seal());
      insert.setBytes(4, seal.marks());
      insert.executeUpdate();
    }
  }

  private interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> one(String sql, Reading<T> reading) {
    try (Connection connection = database.getConnection()) {
      return first(connection, sql, reading);
    } catch (SQLException e) {
      throw new IllegalStateException("the trail's seals cannot be read", e);
    }
  }

  private static <T> Optional<T> first(Connection connection, String sql, Reading<T> reading)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(reading.from(row)) : Optional.empty();
    }
  }
}
