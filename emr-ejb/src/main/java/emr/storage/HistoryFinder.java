package emr.storage;

import emr.access.Asker;
import emr.access.Judgement;
import emr.access.Query;
import emr.access.RecordTypes;
import emr.audit.Action;
import emr.audit.AuditTrail;
import emr.exchange.access.AccessRight;
import emr.search.DateRange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through versions in the order in which they were stored, newest first. As in {@link
 * RecordFinder}, each statement selects, judges and notes at once. There is no index of all
 * versions by time that a page could be read from: submissions tell how far to go back for as many
 * as are wanted, and versions of that time are found by a coarse one.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class HistoryFinder {

  private static final String ORDER =
      " order by stored_at desc, patient desc, record desc, number desc";

  /** Each goes back over twice as many versions as the one before. */
  private static final int MOST_WINDOWS = 40;

  @Inject CentreSecrets secrets;
  @Inject RecordFinder finder;

  /** Where a page ended. */
  private record Place(Instant at, long patient, long record, int number) {

    static Place of(RecordFinder.Row row) {
      return new Place(row.storedAt(), row.at().patient(), row.at().record(), row.number());
    }

    byte[] bytes() {
      return ByteBuffer.allocate(32)
          .putLong(at.getEpochSecond())
          .putInt(at.getNano())
          .putLong(patient)
          .putLong(record)
          .putInt(number)
          .array();
    }

    static Place of(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Place(
          Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()),
          buffer.getLong(),
          buffer.getLong(),
          buffer.getInt());
    }
  }

  /** A page of those versions that the asker may read. */
  public Page page(History history, Asker asker) {
    Place place =
        history.page() == null
            ? null
            : Place.of(PagePlace.unseal(history.page(), secrets.pageKey(), history.self()));
    var rows = new ArrayList<RecordFinder.Row>();
    boolean ended;
    if (history.record() != null) {
      Optional<RecordAddress> at = finder.address(history.record());
      at.ifPresent(
          record ->
              rows.addAll(
                  read(
                      history,
                      asker,
                      record.patient(),
                      record,
                      place,
                      null,
                      null,
                      history.count())));
      ended = rows.size() < history.count();
    } else if (asker.patient() != null) {
      rows.addAll(
          read(history, asker, asker.patient().value(), null, place, null, null, history.count()));
      ended = rows.size() < history.count();
    } else {
      ended = walk(history, asker, place, rows);
    }
    return new Page(
        rows.stream().map(finder::open).toList(),
        ended || rows.isEmpty()
            ? null
            : PagePlace.seal(
                Place.of(rows.get(rows.size() - 1)).bytes(), secrets.pageKey(), history.self()));
  }

  /** Goes back until there are enough; true if there are no more. */
  private boolean walk(
      History history, Asker asker, @Nullable Place place, List<RecordFinder.Row> rows) {
    Instant until = place == null ? null : place.at;
    int wanted = history.count();
    for (int i = 0; i < MOST_WINDOWS; i++) {
      Instant from = back(until, wanted);
      Place after = i == 0 ? place : null;
      Instant before = i == 0 ? null : until;
      int missing = history.count() - rows.size();
      rows.addAll(read(history, asker, null, null, after, from, before, missing));
      boolean over = from == null || (history.since() != null && from.isBefore(history.since()));
      if (rows.size() >= history.count()) {
        return false;
      }
      if (over) {
        return true;
      }
      until = from;
      wanted *= 2;
    }
    return true;
  }

  /** The time before which another {@code versions} were stored; null if there are not as many. */
  private @Nullable Instant back(@Nullable Instant until, int versions) {
    var query =
        new Query()
            .add(
                "select min(stored_at) filter (where passed < ?::bigint), sum(records) from"
                    + " (select stored_at, records, sum(records) over (order by stored_at desc"
                    + " rows unbounded preceding) - records as passed from hospital h cross join lateral (select s.stored_at,"
                    + " s.records from submission s where s.hospital = h.number"
                    + " and s.stored_at < ?::timestamptz order by s.stored_at desc limit ?::int)"
                    + " latest) walked",
                (long) versions,
                until == null ? Instant.parse("9999-01-01T00:00:00Z") : until,
                versions);
    Walked walked =
        finder.all(query, row -> new Walked(row.getTimestamp(1), row.getLong(2)), 0).get(0);
    return walked.from == null || walked.versions < versions ? null : walked.from.toInstant();
  }

  /** How far back so many versions go. */
  private record Walked(@Nullable Timestamp from, long versions) {}

  private List<RecordFinder.Row> read(
      History history,
      Asker asker,
      @Nullable Long patient,
      @Nullable RecordAddress record,
      @Nullable Place after,
      @Nullable Instant from,
      @Nullable Instant until,
      int limit) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), patient);
    judgement = record == null ? judgement.ofVersions() : judgement.ofVersions(record.record());
    Short type = history.type() == null ? null : (Short) RecordTypes.number(history.type());
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(", shown as (select " + RecordFinder.COLUMNS + ", c.content, rule");
    judgement.addFrom(query, "version c");
    query.add(" where rule is not null");
    if (patient != null) {
      query.add(" and c.patient = ?::bigint", patient);
    }
    if (record != null) {
      query.add(" and c.record = ?::bigint", record.record());
    }
    if (type != null) {
      query.add(" and c.type = ?::smallint", type);
    }
    addTimes(query, history, from, until);
    if (after != null) {
      query.add(
          " and c.stored_at <= ?::timestamptz and (c.stored_at, c.patient, c.record, c.number)"
              + " < (?::timestamptz, ?::bigint, ?::bigint, ?::int)",
          after.at,
          after.at,
          after.patient,
          after.record,
          after.number);
    }
    query.add(ORDER + " limit ?::int), noted as (", limit);
    AuditTrail.addDisclosure(query, asker, Action.HISTORY, type, patient, "shown");
    query.add(") select * from shown" + ORDER);
    return finder.read(query);
  }

  private static void addTimes(
      Query query, History history, @Nullable Instant from, @Nullable Instant until) {
    if (from != null) {
      query.add(" and c.stored_at >= ?::timestamptz", from);
    }
    if (until != null) {
      query.add(" and c.stored_at < ?::timestamptz", until);
    }
    if (history.since() != null) {
      query.add(" and c.stored_at >= ?::timestamptz", history.since());
    }
    DateRange at = history.at();
    if (at != null) {
      query.add(
          " and c.stored_at < ?::timestamptz and not exists (select from version n where"
              + " n.patient = c.patient and n.record = c.record and n.number = c.number + 1"
              + " and n.stored_at <= ?::timestamptz)",
          at.until(),
          at.from());
    }
  }
}
