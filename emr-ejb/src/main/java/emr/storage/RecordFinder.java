package emr.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.Asker;
import emr.access.Judgement;
import emr.access.Query;
import emr.access.RecordFacts;
import emr.access.RecordTypes;
import emr.audit.Action;
import emr.audit.AuditTrail;
import emr.exchange.access.AccessRight;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.HospitalNumbers;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds records again. Each method is one SQL statement that selects, judges and notes in the audit
 * trail what it shows; nothing comes out that the asker may not read. Only the control server calls
 * it.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class RecordFinder {

  static final String COLUMNS =
      "c.patient, c.record, c.number, c.octets, c.stored_at, c.type, c.custodian, c.author,"
          + " c.deleted, c.hash, c.alias";

  private static final String FAULT = "cannot read records";

  /** Charts in which what is about a patient may lie at most. */
  private static final int MOST_CHARTS = 10_000;

  private static final byte[] NOTHING = {};

  @Inject HospitalNumbers hospitals;
  @Inject PatientKeys keys;
  @Inject CentreSecrets secrets;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  /** The newest version, if it is there and may be read. */
  public Optional<RecordVersion> newest(RecordId id, Asker asker) {
    return address(id).flatMap(at -> one(at, asker, Action.READ, "current", null));
  }

  /** The version of that number, if it is there and may be read. */
  public Optional<RecordVersion> version(RecordId id, int number, Asker asker) {
    return address(id).flatMap(at -> one(at, asker, Action.VREAD, "version", number));
  }

  /**
   * How a record that is there and may be read stands now.
   *
   * @param patient key of the one in whose chart it lies
   * @param rule by which it may be read
   */
  public record Standing(
      long patient, int number, Instant storedAt, boolean deleted, String rule) {}

  /** Discloses no content, and notes nothing. */
  public Optional<Standing> standing(RecordId id, Asker asker) {
    return address(id).flatMap(at -> standing(at, asker));
  }

  private Optional<Standing> standing(RecordAddress at, Asker asker) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), at.patient());
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(" select c.number, c.stored_at, c.deleted, rule");
    judgement.addFrom(query, "current c");
    query.add(
        " where c.patient = ?::bigint and c.record = ?::bigint and c.type = ?::smallint"
            + " and rule is not null",
        at.patient(),
        at.record(),
        at.type());
    return first(
        query,
        row ->
            new Standing(
                at.patient(),
                row.getInt(1),
                row.getTimestamp(2).toInstant(),
                row.getBoolean(3),
                row.getString(4)));
  }

  private Optional<RecordVersion> one(
      RecordAddress at, Asker asker, Action action, String table, @Nullable Integer number) {
    List<Row> rows = versions(at, asker, action, table, number, 1);
    return rows.stream().findFirst().map(this::open);
  }

  /** Every version that may be read, newest first, a thousand at most. */
  public List<RecordVersion> history(RecordId id, Asker asker) {
    return address(id)
        .map(at -> versions(at, asker, Action.HISTORY, "version", null, 1000))
        .orElse(List.of())
        .stream()
        .map(this::open)
        .toList();
  }

  private List<Row> versions(
      RecordAddress at,
      Asker asker,
      Action action,
      String table,
      @Nullable Integer number,
      int limit) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), at.patient());
    if (action != Action.READ) {
      judgement = judgement.ofVersions(at.record());
    }
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(", shown as (select " + COLUMNS + ", c.content, rule");
    judgement.addFrom(query, table + " c");
    query.add(
        " where c.patient = ?::bigint and c.record = ?::bigint and c.type = ?::smallint",
        at.patient(),
        at.record(),
        at.type());
    if (number != null) {
      query.add(" and c.number = ?::int", number);
    }
    query.add(" and rule is not null order by number desc limit ?::int), noted as (", limit);
    String disclosed =
        "(select * from shown where not deleted) shown"; // that one is gone is a refusal
    if (limit == 1) {
      AuditTrail.addDisclosureOfOne(query, asker, action, at.type(), at.patient(), disclosed);
    } else {
      AuditTrail.addDisclosure(query, asker, action, at.type(), at.patient(), disclosed);
    }
    query.add(") select * from shown order by number desc");
    return read(query);
  }

  /**
   * A page of what the asker may read in a patient's chart, in the order in which it was made.
   *
   * @param patient by key
   */
  public Page chart(Chart chart, Asker asker, long patient) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), patient);
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(", page as (select " + COLUMNS + ", c.content, rule");
    judgement.addFrom(query, "current c");
    query.add(" where rule is not null and c.patient = ?::bigint and not c.deleted", patient);
    if (chart.page() != null) {
      PagePlace place = PagePlace.open(chart.page(), chart.self(), secrets.pageKey());
      query.add(" and c.record > ?::bigint", place.record());
    }
    addBounds(query, chart);
    query.add(" order by record limit ?::int)", chart.count() + 1);
    query.add(", noted as (");
    AuditTrail.addDisclosure(
        query,
        asker,
        Action.SEARCH,
        null,
        patient,
        "(select * from page order by record limit " + chart.count() + ") shown");
    query.add(") select * from page order by record");
    List<Row> rows = read(query);
    boolean more = rows.size() > chart.count();
    List<Row> shown = more ? rows.subList(0, chart.count()) : rows;
    return new Page(
        shown.stream().map(this::open).toList(),
        more
            ? new PagePlace(null, shown.get(shown.size() - 1).at().record())
                .seal(secrets.pageKey(), chart.self())
            : null);
  }

  private static void addBounds(Query query, Chart chart) {
    if (chart.types() != null) {
      query.add(" and c.type = any (?::smallint[])", (Object) chart.types());
    }
    chart.since().ifPresent(since -> query.add(" and c.stored_at >= ?::timestamptz", since));
    // care has dates; whose it is, has none
    chart
        .start()
        .ifPresent(
            start ->
                query.add(
                    " and (c.type = ?::smallint or coalesce(c.until, c.date) >= ?::timestamptz)",
                    RecordTypes.PATIENT,
                    start));
    chart
        .end()
        .ifPresent(
            end ->
                query.add(
                    " and (c.type = ?::smallint or c.date < ?::timestamptz)",
                    RecordTypes.PATIENT,
                    end));
  }

  /**
   * Records of which the judge must know the same.
   *
   * @param count how many
   */
  public record Alike(RecordFacts facts, long count) {}

  /**
   * What there is in a patient's chart of which {@code custodian} is custodian, without contents.
   */
  public List<Alike> alike(long patient, short custodian) {
    var query =
        new Query()
            .add(
                "select c.type, c.author, coalesce(c.sensitivity, ?::smallint), count(*)"
                    + " from current c where c.patient = ?::bigint and c.custodian = ?::smallint"
                    + " and not c.deleted group by 1, 2, 3 order by 1, 2, 3",
                RecordFacts.NORMAL,
                patient,
                custodian);
    return all(
        query,
        row ->
            new Alike(
                new RecordFacts(
                    row.getShort(1), patient, custodian, row.getShort(2), row.getShort(3)),
                row.getLong(4)),
        0);
  }

  /**
   * What the judge must know of a record in use, as it is now. It is judged by nobody: for the
   * centre's own eyes.
   */
  public Optional<RecordFacts> facts(RecordId id) {
    return address(id)
        .flatMap(
            at ->
                first(
                    new Query()
                        .add(
                            "select custodian, author, coalesce(sensitivity, ?::smallint)"
                                + " from current where patient = ?::bigint and record = ?::bigint"
                                + " and type = ?::smallint and not deleted",
                            RecordFacts.NORMAL,
                            at.patient(),
                            at.record(),
                            at.type()),
                    row ->
                        new RecordFacts(
                            at.type(),
                            at.patient(),
                            row.getShort(1),
                            row.getShort(2),
                            row.getShort(3))));
  }

  /** Number of the hospital that is custodian of a patient's own record, if there is one. */
  public Optional<Short> custodianOf(long patient) {
    return first(
        new Query()
            .add(
                "select custodian from current where patient = ?::bigint and record = ?::bigint"
                    + " and type = ?::smallint",
                patient,
                patient,
                RecordTypes.PATIENT),
        row -> row.getShort(1));
  }

  /** Key of a patient, if there is one of that id, or the id says it. */
  public Optional<RecordKey> key(PatientId patient) {
    return address(patient.record()).map(at -> new RecordKey(at.patient()));
  }

  /** Where a record of that id would lie; empty for an id that some client chose and is unknown. */
  public Optional<RecordAddress> address(RecordId id) {
    short type = RecordTypes.number(id.type());
    Optional<RecordKey> record = id.recordKey();
    if (record.isPresent()) {
      return Optional.of(
          new RecordAddress(
              type, id.patientKey().orElse(RecordKey.NONE).value(), record.get().value(), null));
    }
    return first(
        new Query()
            .add(
                "select patient, record from alias where type = ?::smallint and id = ?::text",
                type,
                id.id()),
        row -> new RecordAddress(type, row.getLong(1), row.getLong(2), id.id()));
  }

  /** Key of the patient in whose chart a record of that id would lie; 0 for the directory. */
  public Optional<Long> chart(RecordId id) {
    return address(id).map(RecordAddress::patient);
  }

  /**
   * Keys of the patients in whose charts, 0 for nobody's, there may be records with one of these
   * terms, which are about other patients. It is judged by nobody, and discloses nothing.
   *
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if they are too many
   */
  Set<Long> charts(long[] terms) {
    var query =
        new Query()
            .add(
                "select distinct patient from finder where terms && ?::bigint[] limit ?::int",
                terms,
                MOST_CHARTS + 1);
    Set<Long> charts = new TreeSet<>(all(query, row -> row.getLong(1), RecordSearch.SECONDS));
    if (charts.size() > MOST_CHARTS) {
      throw new Refusal(Reason.NOT_SUPPORTED, "This search goes by too many patients; narrow it.");
    }
    return charts;
  }

  interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> first(Query query, Reading<T> reading) {
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(reading.from(row)) : Optional.empty();
    } catch (SQLException e) {
      throw new IllegalStateException(FAULT, e);
    }
  }

  /** As it is shown. */
  RecordVersion open(Row row) {
    RecordId id = row.at().id();
    HospitalId author = hospitals.id(row.author());
    String hash = HexFormat.of().formatHex(row.hash());
    byte[] content =
        row.deleted()
            ? NOTHING
            : new Appended.Shown(kept(row), row.number(), row.storedAt(), author, hash).content();
    return new RecordVersion(
        id,
        row.number(),
        hospitals.id(row.custodian()),
        author,
        row.storedAt(),
        hash,
        row.deleted(),
        content);
  }

  /** As it was signed. */
  ObjectNode content(Row row) {
    return FhirJson.read(kept(row).content());
  }

  private ContentCodec.Kept kept(Row row) {
    return kept(row.at(), row.number(), row.sealed());
  }

  /**
   * What is kept of a version, opened.
   *
   * @param sealed null if it is large, and not in the row that was read
   */
  ContentCodec.Kept kept(RecordAddress at, int number, byte @Nullable [] sealed) {
    return ContentCodec.decode(
        sealed == null ? large(at, number) : sealed,
        keys.of(at.patient()),
        new VersionPlace(at.patient(), at.record(), number));
  }

  private byte[] large(RecordAddress at, int number) {
    var query =
        new Query()
            .add(
                "select content from version where patient = ?::bigint and record = ?::bigint"
                    + " and number = ?::int",
                at.patient(),
                at.record(),
                number);
    return first(query, row -> row.getBytes(1)).orElseThrow();
  }

  List<Row> read(Query query) {
    return all(query, Row::of, 0);
  }

  /**
   * @param seconds that it may take; 0 for any
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if it takes longer
   */
  <T> List<T> all(Query query, Reading<T> reading, int seconds) {
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection)) {
      if (seconds > 0) {
        select.setQueryTimeout(seconds);
      }
      try (ResultSet row = select.executeQuery()) {
        var read = new ArrayList<T>();
        while (row.next()) {
          read.add(reading.from(row));
        }
        return read;
      }
    } catch (SQLException e) {
      throw Query.fault(e, FAULT);
    }
  }

  /** What stands for these hospitals in rows; those that nobody knows are left out. */
  short[] numbers(Collection<HospitalId> of) {
    List<Short> known = of.stream().flatMap(id -> hospitals.number(id).stream()).toList();
    short[] numbers = new short[known.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = known.get(i);
    }
    return numbers;
  }

  /** Where records of these ids would lie; ids that nobody knows are left out. */
  List<RecordAddress> addresses(Collection<String> types, Collection<String> ids) {
    var records = new ArrayList<RecordId>();
    for (String type : types) {
      ids.forEach(id -> records.add(new RecordId(type, id)));
    }
    return addresses(records);
  }

  /** As {@link #addresses(Collection, Collection)}. */
  List<RecordAddress> addresses(Collection<RecordId> ids) {
    var found = new ArrayList<RecordAddress>();
    var types = new ArrayList<Short>();
    var chosen = new ArrayList<String>();
    for (RecordId id : ids) {
      if (id.recordKey().isPresent()) {
        address(id).ifPresent(found::add);
      } else {
        types.add(RecordTypes.number(id.type()));
        chosen.add(id.id());
      }
    }
    if (!chosen.isEmpty()) {
      short[] numbers = new short[types.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = types.get(i);
      }
      found.addAll(
          all(
              new Query()
                  .add(
                      "select a.type, a.patient, a.record, a.id from"
                          + " unnest(?::smallint[], ?::text[]) as asked (type, id)"
                          + " join alias a on a.type = asked.type and a.id = asked.id",
                      numbers,
                      chosen.toArray(String[]::new)),
              row ->
                  new RecordAddress(
                      row.getShort(1), row.getLong(2), row.getLong(3), row.getString(4)),
              0));
    }
    return found;
  }

  /** A judged row. */
  record Row(
      RecordAddress at,
      int number,
      int octets,
      Instant storedAt,
      @Nullable Instant date,
      short custodian,
      short author,
      boolean deleted,
      byte[] hash,
      byte @Nullable [] sealed,
      String rule) {

    /** The columns, content and rule. */
    static Row of(ResultSet row) throws SQLException {
      return of(row, false);
    }

    /** The columns, the date, content and rule. */
    static Row dated(ResultSet row) throws SQLException {
      return of(row, true);
    }

    private static Row of(ResultSet row, boolean dated) throws SQLException {
      // in the order of COLUMNS; names would be looked up for every row, and Payara's wrapper looks
      // getObject with a class up by reflection
      var at =
          new RecordAddress(row.getShort(6), row.getLong(1), row.getLong(2), row.getString(11));
      Timestamp date = dated ? row.getTimestamp(12) : null;
      int rest = dated ? 13 : 12;
      return new Row(
          at,
          row.getInt(3),
          row.getInt(4),
          row.getTimestamp(5).toInstant(),
          date == null ? null : date.toInstant(),
          row.getShort(7),
          row.getShort(8),
          row.getBoolean(9),
          row.getBytes(10),
          row.getBytes(rest),
          row.getString(rest + 1));
    }
  }
}
