package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.Asker;
import emr.access.Judgement;
import emr.access.Query;
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
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.storage.Search.Condition;
import emr.storage.Search.Order;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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

  private static final String COLUMNS =
      "c.patient, c.record, c.number, c.octets, c.stored_at, c.type, c.custodian, c.author,"
          + " c.deleted, c.hash, c.alias";

  private static final String CONTENT_OF_CURRENT =
      "coalesce(c.content, (select v.content from version v where v.patient = c.patient"
          + " and v.record = c.record and v.number = c.number)) as content";

  /** Rows looked at, at most, by a search that must open contents to compare dates. */
  private static final int MOST_OPENED = 5_000;

  @Inject Hospitals hospitals;
  @Inject PatientKeys keys;
  @Inject CentreSecrets secrets;
  @Inject AuditTrail audit;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  /** The newest version, if it is there and may be read. */
  public Optional<RecordVersion> newest(RecordId id, Asker asker) {
    return address(id)
        .flatMap(at -> one(at, asker, Action.READ, "current", CONTENT_OF_CURRENT, null));
  }

  /** The version of that number, if it is there and may be read. */
  public Optional<RecordVersion> version(RecordId id, int number, Asker asker) {
    return address(id).flatMap(at -> one(at, asker, Action.VREAD, "version", "c.content", number));
  }

  private Optional<RecordVersion> one(
      RecordAddress at,
      Asker asker,
      Action action,
      String table,
      String content,
      @Nullable Integer number) {
    List<Row> rows = versions(at, asker, action, table, content, number, 1);
    return rows.stream().findFirst().map(row -> row.open(keys, hospitals));
  }

  /** Every version that may be read, newest first, a thousand at most. */
  public List<RecordVersion> history(RecordId id, Asker asker) {
    return address(id)
        .map(at -> versions(at, asker, Action.HISTORY, "version", "c.content", null, 1000))
        .orElse(List.of())
        .stream()
        .map(row -> row.open(keys, hospitals))
        .toList();
  }

  private List<Row> versions(
      RecordAddress at,
      Asker asker,
      Action action,
      String table,
      String content,
      @Nullable Integer number,
      int limit) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), at.patient());
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(", shown as (select * from (select " + COLUMNS + ", " + content + ", ");
    judgement.addRule(query);
    query.add(
        " as rule from "
            + table
            + " c where c.patient = ?::bigint and c.record = ?::bigint and c.type = ?::smallint",
        at.patient(),
        at.record(),
        at.type());
    if (number != null) {
      query.add(" and c.number = ?::int", number);
    }
    query.add(
        ") judged where rule is not null order by number desc limit ?::int), noted as (", limit);
    AuditTrail.addDisclosure(query, asker, action, at.type(), at.patient(), "shown");
    query.add(") select * from shown order by number desc");
    return read(query);
  }

  /**
   * A page of what a search finds among what the asker may read.
   *
   * @param patient whose records, by key; null across patients, or in the directory
   */
  public Page search(Search search, Asker asker, @Nullable Long patient) {
    short type = RecordTypes.number(search.type());
    boolean opens = search.conditions().stream().anyMatch(Search.ContentDate.class::isInstance);
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), patient);
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(
        ", page as (select * from (select " + COLUMNS + ", c.date, " + CONTENT_OF_CURRENT + ", ");
    judgement.addRule(query);
    query.add(" as rule from ");
    if (patient == null) {
      query.add(
          "finder f join current c on c.patient = f.patient and c.record = f.record"
              + " where f.type = ?::smallint and not c.deleted",
          type);
    } else {
      query.add(
          "current c where c.patient = ?::bigint and c.type = ?::smallint and not c.deleted",
          patient,
          type);
    }
    if (!addConditions(query, search, type, patient == null)) {
      return new Page(List.of(), null);
    }
    addPlace(query, search);
    query.add(") judged where rule is not null");
    addOrder(query, search);
    query.add(" limit ?::int)", opens ? MOST_OPENED : search.count() + 1);
    if (!opens) {
      query.add(", noted as (");
      AuditTrail.addDisclosure(query, asker, Action.SEARCH, type, patient, shown(search));
      query.add(")");
    }
    query.add(" select * from page");
    addOrder(query, search);
    List<Row> rows = read(query);
    return opens ? passing(rows, search, asker, type, patient) : page(rows, search);
  }

  /** The rows of the page without the one that only says that there are more. */
  private static String shown(Search search) {
    var order = new Query();
    addOrder(order, search);
    return "(select * from page" + order + " limit " + search.count() + ") shown";
  }

  private Page page(List<Row> rows, Search search) {
    boolean more = rows.size() > search.count();
    List<Row> shown = more ? rows.subList(0, search.count()) : rows;
    return new Page(
        shown.stream().map(row -> row.open(keys, hospitals)).toList(),
        more
            ? PagePlace.of(shown.get(shown.size() - 1), search).seal(secrets.pageKey(), search)
            : null);
  }

  /**
   * Compares dates that only the content has. Every row was judged before; what passes is noted
   * before it is shown.
   */
  private Page passing(
      List<Row> rows, Search search, Asker asker, short type, @Nullable Long patient) {
    var passing = new ArrayList<Row>();
    for (Row row : rows) {
      ObjectNode content = FhirJson.read(row.content(keys).content());
      boolean passes =
          search.conditions().stream()
              .filter(Search.ContentDate.class::isInstance)
              .map(Search.ContentDate.class::cast)
              .allMatch(condition -> passes(condition, content));
      if (passes) {
        passing.add(row);
      }
      if (passing.size() > search.count()) {
        break;
      }
    }
    if (rows.size() == MOST_OPENED && passing.size() <= search.count()) {
      throw new Refusal(Reason.NOT_SUPPORTED, "This search looks at too much; narrow it.");
    }
    Page page = page(passing, search);
    List<Row> shown = passing.subList(0, page.matches().size());
    if (!shown.isEmpty()) {
      audit.permitted(asker, Action.SEARCH, type, patient, noted(shown), null);
    }
    return page;
  }

  private static boolean passes(Search.ContentDate condition, ObjectNode content) {
    return SearchParameters.date(condition.parameter(), content)
        .filter(date -> condition.alternatives().stream().anyMatch(test -> test.passes(date)))
        .isPresent();
  }

  private static AuditTrail.Noted noted(List<Row> rows) {
    Set<String> rules = new TreeSet<>();
    rows.forEach(row -> rules.add(row.rule()));
    return new AuditTrail.Noted(
        String.join(" ", rules),
        rows.stream().mapToLong(row -> row.at().record()).toArray(),
        rows.stream().mapToInt(Row::number).toArray(),
        rows.stream().mapToLong(Row::octets).sum());
  }

  /** False if nothing can match. */
  private boolean addConditions(Query query, Search search, short type, boolean byFinder) {
    if (!search.ids().isEmpty()) {
      long[] records =
          search.ids().stream()
              .map(this::address)
              .flatMap(Optional::stream)
              .mapToLong(RecordAddress::record)
              .toArray();
      if (records.length == 0) {
        return false;
      }
      query.add(" and c.record = any (?::bigint[])", (Object) records);
    }
    for (Condition condition : search.conditions()) {
      if (condition instanceof Search.HasTerm has) {
        long[] terms = secrets.terms(type, has.alternatives());
        query.add(" and " + (byFinder ? "f" : "c") + ".terms && ?::bigint[]", (Object) terms);
      } else if (condition instanceof Search.Happened happened) {
        addTests(query, happened.alternatives(), "c.date", "c.until");
      } else if (condition instanceof Search.LastUpdated updated) {
        addTests(query, updated.alternatives(), "c.stored_at", "c.stored_at");
      }
    }
    return true;
  }

  private static void addTests(Query query, List<DateRange.Test> tests, String from, String until) {
    String end =
        from.equals(until)
            ? "(" + from + " + interval '1 microsecond')"
            : "coalesce(" + until + ", " + from + " + interval '1 microsecond')";
    query.add(" and (");
    String or = "";
    for (DateRange.Test test : tests) {
      Instant a = test.than().from();
      Instant b = test.than().until();
      query.add(or);
      switch (test.prefix()) {
        case EQ ->
            query.add("(" + from + " >= ?::timestamptz and " + end + " <= ?::timestamptz)", a, b);
        case NE ->
            query.add("(" + from + " < ?::timestamptz or " + end + " > ?::timestamptz)", a, b);
        case GT -> query.add(end + " > ?::timestamptz", b);
        case GE -> query.add(end + " > ?::timestamptz", a);
        case LT -> query.add(from + " < ?::timestamptz", a);
        case LE -> query.add(from + " < ?::timestamptz", b);
        case SA -> query.add(from + " >= ?::timestamptz", b);
        case EB -> query.add(end + " <= ?::timestamptz", a);
      }
      or = " or ";
    }
    query.add(")");
  }

  /** Goes on where the page before ended. */
  private void addPlace(Query query, Search search) {
    if (search.page() == null) {
      return;
    }
    PagePlace place = PagePlace.open(search.page(), search, secrets.pageKey());
    String by = search.order() == Order.DATE ? "c.date" : "c.stored_at";
    String than = search.descending() ? "<" : ">";
    if (place.at() == null) {
      query.add(
          " and "
              + (search.descending()
                  ? by + " is null and c.record < ?::bigint"
                  : "(" + by + " is not null or c.record > ?::bigint)"),
          place.record());
      return;
    }
    query.add(
        " and ("
            + by
            + " "
            + than
            + " ?::timestamptz or ("
            + by
            + " = ?::timestamptz and c.record "
            + than
            + " ?::bigint)"
            + (search.descending() ? " or " + by + " is null" : "")
            + ")",
        place.at(),
        place.at(),
        place.record());
  }

  private static void addOrder(Query query, Search search) {
    String by = search.order() == Order.DATE ? "date" : "stored_at";
    query.add(
        search.descending()
            ? " order by " + by + " desc nulls last, record desc"
            : " order by " + by + " asc nulls first, record asc");
  }

  /**
   * Records of the directory that a conditional reference may mean, two at most. They are for
   * everybody to read, and no content comes out: nothing is noted.
   */
  public List<RecordId> inDirectory(Search search) {
    short type = RecordTypes.number(search.type());
    if (!RecordTypes.isDirectory(type)) {
      return List.of();
    }
    var query =
        new Query()
            .add(
                "select c.patient, c.record, c.alias from finder f join current c"
                    + " on c.patient = f.patient and c.record = f.record"
                    + " where f.type = ?::smallint and f.patient = 0 and not c.deleted",
                type);
    if (!addConditions(query, search, type, true)) {
      return List.of();
    }
    query.add(" limit 2");
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      var found = new ArrayList<RecordId>();
      while (row.next()) {
        found.add(new RecordAddress(type, row.getLong(1), row.getLong(2), row.getString(3)).id());
      }
      return found;
    } catch (SQLException e) {
      throw fault(e);
    }
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

  private interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> first(Query query, Reading<T> reading) {
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(reading.from(row)) : Optional.empty();
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  private List<Row> read(Query query) {
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      var rows = new ArrayList<Row>();
      while (row.next()) {
        rows.add(Row.of(row));
      }
      return rows;
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  private static IllegalStateException fault(SQLException e) {
    return new IllegalStateException("cannot read records", e);
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
      byte[] sealed,
      String rule) {

    static Row of(ResultSet row) throws SQLException {
      // in the order of COLUMNS; names would be looked up for every row
      var at =
          new RecordAddress(row.getShort(6), row.getLong(1), row.getLong(2), row.getString(11));
      boolean dated = row.getMetaData().getColumnCount() == 14;
      OffsetDateTime date = dated ? row.getObject(12, OffsetDateTime.class) : null;
      int rest = dated ? 13 : 12;
      return new Row(
          at,
          row.getInt(3),
          row.getInt(4),
          row.getObject(5, OffsetDateTime.class).toInstant(),
          date == null ? null : date.toInstant(),
          row.getShort(7),
          row.getShort(8),
          row.getBoolean(9),
          row.getBytes(10),
          row.getBytes(rest),
          row.getString(rest + 1));
    }

    ContentCodec.Kept content(PatientKeys keys) {
      return ContentCodec.decode(
          sealed, keys.of(at.patient()), Sealed.place(at.patient(), at.record(), number));
    }

    RecordVersion open(PatientKeys keys, Hospitals hospitals) {
      ContentCodec.Kept kept = content(keys);
      HospitalId wroteIt = id(hospitals, author);
      String hex = HexFormat.of().formatHex(hash);
      byte[] answer =
          MetaSplice.merge(
              kept.content(),
              new MetaSplice.Meta(
                  number, storedAt, wroteIt.value(), kept.author(), kept.recordedAt(), hex));
      return new RecordVersion(
          at.id(),
          number,
          id(hospitals, custodian),
          wroteIt,
          storedAt,
          hex,
          deleted,
          new String(answer, UTF_8));
    }

    private static HospitalId id(Hospitals hospitals, short number) {
      return hospitals
          .find(number)
          .map(Hospital::id)
          .orElseThrow(() -> new IllegalStateException("no hospital has the number " + number));
    }
  }
}
