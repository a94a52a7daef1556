package emr.access;

import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyVerdict;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What was opened in emergencies. A row says for ever who opened what; only its end and the verdict
 * are added to it, once.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyWindows {

  private static final String FAULT = "cannot keep emergencies";

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  /**
   * One as it is kept.
   *
   * @param hospital number of the hospital that opened it
   * @param patient by key
   * @param custodian number of the patient's hospital, which judges it
   * @param paper the opening as it was signed, encrypted
   * @param verdict as it was signed, encrypted; null while there is none
   * @param verdictId of the verdict
   */
  public record Kept(
      UUID id,
      short hospital,
      String person,
      long patient,
      short custodian,
      Instant openedAt,
      Instant until,
      @Nullable Instant endedAt,
      byte[] paper,
      byte @Nullable [] verdict,
      @Nullable UUID verdictId) {

    static Kept of(ResultSet row) throws SQLException {
      return new Kept(
          row.getObject("id", UUID.class),
          row.getShort("hospital"),
          row.getString("person"),
          row.getLong("patient"),
          row.getShort("custodian"),
          instant(row, "opened_at"),
          instant(row, "until"),
          row.getTimestamp("ended_at") == null ? null : instant(row, "ended_at"),
          row.getBytes("paper"),
          row.getBytes("verdict"),
          row.getObject("verdict_id", UUID.class));
    }
  }

  /**
   * Opens, from {@code now} on.
   *
   * @param patient by key
   * @param paper as it was signed, encrypted
   */
  public void open(
      EmergencyOpening opening,
      short hospital,
      long patient,
      short custodian,
      Instant now,
      byte[] paper) {
    execute(
        new Query()
            .add(
                "insert into emergency (id, hospital, person, patient, custodian, types, opened_at,"
                    + " until, paper) values (?::uuid, ?::smallint, ?::text, ?::bigint,"
                    + " ?::smallint, ?::smallint[], ?::timestamptz, ?::timestamptz, ?::bytea)",
                opening.id(),
                hospital,
                opening.user(),
                patient,
                custodian,
                numbers(opening.types()),
                now,
                opening.until(),
                paper));
  }

  private static short @Nullable [] numbers(Collection<String> types) {
    if (types.isEmpty()) {
      return null;
    }
    short[] numbers = new short[types.size()];
    int i = 0;
    for (String type : types) {
      numbers[i++] = RecordTypes.number(type);
    }
    return numbers;
  }

  /** Shuts what {@code asker} opened; false if there is nothing of theirs to shut. */
  public boolean end(UUID id, Asker asker, Instant now) {
    return execute(
            new Query()
                .add(
                    "update emergency set ended_at = ?::timestamptz where id = ?::uuid"
                        + " and hospital = ?::smallint and person = ?::text"
                        + " and ended_at is null",
                    now,
                    id,
                    asker.hospital(),
                    asker.user()))
        == 1;
  }

  /** Keeps the verdict of the patient's hospital; false if there is nothing of its to judge. */
  public boolean judge(EmergencyVerdict verdict, short custodian, byte[] paper) {
    return execute(
            new Query()
                .add(
                    "update emergency set verdict = ?::bytea, verdict_id = ?::uuid, justified = ?::boolean,"
                        + " judged_at = ?::timestamptz where id = ?::uuid"
                        + " and custodian = ?::smallint and verdict is null",
                    paper,
                    verdict.id(),
                    verdict.justified(),
                    verdict.at(),
                    verdict.emergency(),
                    custodian))
        == 1;
  }

  /**
   * Those of the patients of a hospital, and of its own people: first what waits for its verdict,
   * then what waits for another's, then the others; newest first among each.
   */
  public List<Kept> concerning(short hospital, int limit) {
    return read(
        new Query()
            .add(
                "select * from emergency where custodian = ?::smallint or hospital = ?::smallint"
                    + " order by (verdict is null and custodian = ?::smallint) desc,"
                    + " (verdict is null) desc, opened_at desc limit ?::int",
                hospital,
                hospital,
                hospital,
                limit),
        Kept::of);
  }

  /** How many there are of the patients of a hospital, and of its own people. */
  public long countConcerning(short hospital) {
    return count(
        new Query()
            .add(
                "select count(*) from emergency where custodian = ?::smallint"
                    + " or hospital = ?::smallint",
                hospital,
                hospital));
  }

  /** How many wait for the verdict of a hospital. */
  public long countToReview(short custodian) {
    return count(
        new Query()
            .add(
                "select count(*) from emergency where custodian = ?::smallint and verdict is null",
                custodian));
  }

  private long count(Query query) {
    return read(query, row -> row.getLong(1)).get(0);
  }

  /** One; empty if there is none of that id. */
  public List<Kept> find(UUID id) {
    return read(new Query().add("select * from emergency where id = ?::uuid", id), Kept::of);
  }

  /** What {@code asker} opened of the chart they ask about, and is open; the last to be shut. */
  public Optional<Kept> lasting(Asker asker, Instant now) {
    if (asker.patient() == null) {
      return Optional.empty();
    }
    return read(
            new Query()
                .add(
                    "select * from emergency where patient = ?::bigint and hospital = ?::smallint"
                        + " and person = ?::text and until > ?::timestamptz and ended_at is null"
                        + " order by until desc limit 1",
                    asker.patient().value(),
                    asker.hospital(),
                    asker.user(),
                    now),
            Kept::of)
        .stream()
        .findFirst();
  }

  /** What {@code asker} opened of any chart, and is open; first what ends first. */
  public List<Kept> allLasting(Asker asker, Instant now) {
    return read(
        new Query()
            .add(
                "select * from emergency where hospital = ?::smallint and opened_at >"
                    + " ?::timestamptz and person = ?::text and until > ?::timestamptz"
                    + " and ended_at is null order by until",
                asker.hospital(),
                now.minus(EmergencyOpening.LONGEST).minus(Statements.SKEW),
                asker.user(),
                now),
        Kept::of);
  }

  /** What {@code asker} opened, if they say that they ask under it. */
  List<EmergencyWindow> of(Asker asker) {
    if (!asker.breaksGlass() || asker.patient() == null) {
      return List.of();
    }
    return read(
        new Query()
            .add(
                "select * from emergency where patient = ?::bigint and hospital = ?::smallint"
                    + " and person = ?::text",
                asker.patient().value(),
                asker.hospital(),
                asker.user()),
        EmergencyWindows::window);
  }

  private static EmergencyWindow window(ResultSet row) throws SQLException {
    Kept kept = Kept.of(row);
    return new EmergencyWindow(
        kept.id(),
        kept.hospital(),
        kept.person(),
        kept.patient(),
        types(row.getArray("types")),
        kept.openedAt(),
        kept.until(),
        kept.endedAt());
  }

  private static Set<Short> types(@Nullable Array numbers) throws SQLException {
    var types = new HashSet<Short>();
    if (numbers != null) {
      for (Object number : (Object[]) numbers.getArray()) {
        types.add(((Number) number).shortValue());
      }
    }
    return types;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  private <T> List<T> read(Query query, Reading<T> reading) {
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      var read = new ArrayList<T>();
      while (row.next()) {
        read.add(reading.from(row));
      }
      return read;
    } catch (SQLException e) {
      throw new IllegalStateException(FAULT, e);
    }
  }

  private int execute(Query query) {
    try (Connection connection = database.getConnection();
        var statement = query.prepare(connection)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(FAULT, e);
    }
  }
}
