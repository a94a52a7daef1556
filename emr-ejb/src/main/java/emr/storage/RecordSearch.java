package emr.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.Asker;
import emr.access.Judgement;
import emr.access.Query;
import emr.access.RecordTypes;
import emr.audit.Action;
import emr.audit.AuditTrail;
import emr.exchange.access.AccessRight;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.Condition;
import emr.search.Criteria;
import emr.search.Prefilter;
import emr.search.SortKey;
import emr.storage.RecordFinder.Row;
import emr.storage.Search.Order;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches. What the database can decide alone is one SQL statement that selects, judges and notes
 * in the audit trail what it shows. Else it selects and judges what may match, contents are opened
 * here, and what matches, with what is asked for beside it, is noted before it is shown. Only the
 * control server calls it.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class RecordSearch {

  /** Contents opened, at most, for one page. */
  private static final int MOST_OPENED = 5_000;

  /** Contents opened, at most, to count or to sort. */
  private static final int MOST_COMPARED = 20_000;

  /** Rows that come from the database at once. */
  private static final int BATCH = 200;

  /** What a statement that looks at more than one patient's records may take. */
  static final int SECONDS = 5;

  @Inject RecordFinder finder;
  @Inject CentreSecrets secrets;
  @Inject AuditTrail audit;

  /**
   * A page of what a search finds among what the asker may read.
   *
   * @param patient whose records, by key; null across patients, or in the directory
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if it looks at too much
   */
  public Page search(Search search, Asker asker, @Nullable Long patient) {
    var plan = new Plan(search.types(), search.conditions(), asker, patient);
    Integer total = search.asksForTotal() ? (Integer) count(plan) : null;
    if (search.onlyCounts()) {
      return new Page(List.of(), List.of(), total, null);
    }
    boolean byContent = search.order(patient != null) == Order.CONTENT;
    if (!byContent && plan.isExact() && search.includes().isEmpty()) {
      Found found = noted(plan, search);
      return shown(found, List.of(), total);
    }
    Found found = byContent ? sorted(plan, search) : opened(plan, search);
    List<Row> included = new Companions(finder, secrets, asker, search.includes()).of(found.rows);
    note(plan, Stream.concat(found.rows.stream(), included.stream()).toList());
    return shown(found, included, total);
  }

  private Page shown(Found found, List<Row> included, @Nullable Integer total) {
    return new Page(
        found.rows.stream().map(finder::open).toList(),
        included.stream().map(finder::open).toList(),
        total,
        found.next);
  }

  /**
   * A part of what was found.
   *
   * @param next as {@link Page#next()}
   */
  private record Found(List<Row> rows, @Nullable String next) {}

  /** What is searched, and what is known before the first row is seen. */
  final class Plan {

    private final List<String> types;
    private final Asker asker;
    private final boolean ofPatient;
    private final @Nullable Long patient;
    private final boolean byFinder;
    private final List<PrefilterSql.Condition> inSql = new ArrayList<>();
    private final List<Condition> inContent = new ArrayList<>();

    Plan(List<String> types, List<Condition> conditions, Asker asker, @Nullable Long patient) {
      this.types = types;
      this.asker = asker;
      this.ofPatient = patient != null;
      this.patient = patient != null && isElsewhere(conditions, patient) ? null : patient;
      this.byFinder = !ofPatient && isInFinder(conditions);
      var sql =
          new PrefilterSql(
              secrets,
              finder,
              types,
              this.patient,
              new RecordLinks(RecordSearch.this, this)::follow);
      // the database tests a row in this order: terms are what takes longest
      List<Condition> cheapFirst =
          conditions.stream()
              .sorted(Comparator.comparing(condition -> condition.prefilter().goesByTerms()))
              .toList();
      for (Condition condition : cheapFirst) {
        inSql.add(sql.compile(condition.prefilter(), byFinder ? "f" : "c"));
        if (condition.test() != null) {
          inContent.add(condition);
        }
      }
    }

    /**
     * Whether there may be something about the patient in other charts, or in nobody's. Who asks
     * for one patient's records alone may read none of it.
     */
    private boolean isElsewhere(List<Condition> conditions, long chart) {
      List<Prefilter.AnyTerm> elsewhere =
          conditions.stream()
              .map(Condition::prefilter)
              .filter(Prefilter.OfPatient.class::isInstance)
              .flatMap(each -> ((Prefilter.OfPatient) each).elsewhere().stream())
              .toList();
      return asker.patient() == null
          && !elsewhere.isEmpty()
          && new PrefilterSql(secrets, finder, types, chart, RecordSearch::noLinks)
              .charts(elsewhere).stream().anyMatch(other -> other != chart);
    }

    /** Few types are searched across patients by their terms; for them there is an index. */
    private boolean isInFinder(List<Condition> conditions) {
      short type = RecordTypes.number(types.get(0));
      return types.size() == 1
          && (type == RecordTypes.PATIENT || RecordTypes.isDirectory(type))
          && conditions.stream().anyMatch(each -> each.prefilter().goesByTerms());
    }

    /** Who names no patient sees patients, and what is about nobody. */
    private boolean asksForNobody() {
      return asker.patient() == null
          && !asker.asksForAnyPatient()
          && !types.contains("Patient")
          && !RecordTypes.isDirectory(RecordTypes.number(types.get(0)));
    }

    Asker asker() {
      return asker;
    }

    @Nullable Long patient() {
      return patient;
    }

    boolean isExact() {
      return inContent.isEmpty();
    }

    boolean passes(Row row) {
      if (inContent.isEmpty()) {
        return true;
      }
      ObjectNode content = content(row);
      return inContent.stream().allMatch(condition -> condition.passes(content));
    }

    private short[] numbers() {
      short[] numbers = new short[types.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = RecordTypes.number(types.get(i));
      }
      return numbers;
    }

    /** For the audit trail; null for several. */
    private @Nullable Short type() {
      return types.size() == 1 ? (Short) RecordTypes.number(types.get(0)) : null;
    }

    private int seconds() {
      return patient == null ? SECONDS : 0;
    }

    /** Adds {@code policies as (…)}, and gives what adds the rule. */
    private Judgement judge(Query query) {
      var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), patient);
      query.add("with ");
      judgement.addPolicies(query);
      return judgement;
    }

    /** Adds {@code select … from …}: the judged rows, without an order. */
    private void addRows(
        Query query, Judgement judgement, String columns, @Nullable Runnable further) {
      query.add("select " + columns + ", rule");
      judgement.addFrom(
          query,
          byFinder
              ? "finder f join current c on c.patient = f.patient and c.record = f.record"
              : "current c");
      query.add(" where rule is not null and not c.deleted and ");
      if (byFinder) {
        query.add("f.type = ?::smallint", numbers()[0]);
      } else {
        query.add("c.type = ");
        if (types.size() == 1) {
          query.add("?::smallint", numbers()[0]);
        } else {
          query.add("any (?::smallint[])", (Object) numbers());
        }
        if (patient != null) {
          query.add(" and c.patient = ?::bigint", patient);
        } else if (asksForNobody()) {
          query.add(" and c.patient = 0");
        }
      }
      for (PrefilterSql.Condition condition : inSql) {
        query.add(" and ");
        condition.addTo(query);
      }
      if (further != null) {
        further.run();
      }
    }
  }

  private static final String COLUMNS = RecordFinder.COLUMNS + ", c.date, c.content";

  ObjectNode content(Row row) {
    return finder.content(row);
  }

  /** The database decides alone: one statement, which notes what it finds. */
  private Found noted(Plan plan, Search search) {
    PageOrder order = order(plan, search);
    var query = new Query();
    Judgement judgement = plan.judge(query);
    query.add(", page as (");
    plan.addRows(query, judgement, COLUMNS, () -> order.addPlace(query, place(search)));
    query.add(order.by()).add(" limit ?::int), noted as (", search.count() + 1);
    AuditTrail.addDisclosure(
        query,
        plan.asker,
        Action.SEARCH,
        plan.type(),
        plan.patient,
        // without the row that only says that there are more
        "(select * from page" + order.by() + " limit " + search.count() + ") shown");
    query.add(") select * from page").add(order.by());
    List<Row> rows = finder.all(query, Row::dated, plan.seconds());
    boolean more = rows.size() > search.count();
    List<Row> shown = more ? rows.subList(0, search.count()) : rows;
    return new Found(shown, more ? sealed(order.place(shown.get(shown.size() - 1)), search) : null);
  }

  private static PageOrder order(Plan plan, Search search) {
    return new PageOrder(search.order(plan.ofPatient), search.descending());
  }

  private @Nullable PagePlace place(Search search) {
    String page = search.page();
    return page == null ? null : PagePlace.open(page, search.self(), secrets.pageKey());
  }

  private String sealed(PagePlace place, Search search) {
    return place.seal(secrets.pageKey(), search.self());
  }

  /** Contents may decide. A page may come out short if much had to be looked at. */
  private Found opened(Plan plan, Search search) {
    PageOrder order = order(plan, search);
    var passing = new ArrayList<Row>();
    Row last = scan(plan, order, place(search), MOST_OPENED, search.count() + 1, passing);
    boolean more = passing.size() > search.count();
    List<Row> shown = more ? passing.subList(0, search.count()) : passing;
    if (more) {
      return new Found(shown, sealed(order.place(shown.get(shown.size() - 1)), search));
    }
    return new Found(shown, last == null ? null : sealed(order.place(last), search));
  }

  /**
   * Adds rows that pass, {@code limit} at most.
   *
   * @return the last row that was looked at; null if there are no more
   */
  private @Nullable Row scan(
      Plan plan,
      PageOrder order,
      @Nullable PagePlace from,
      int most,
      int limit,
      List<Row> passing) {
    PagePlace place = from;
    int size = plan.isExact() ? Math.min(BATCH, limit) : BATCH;
    for (int looked = 0; looked < most; looked += size) {
      List<Row> rows = batch(plan, order, place, size);
      for (Row row : rows) {
        if (plan.passes(row)) {
          passing.add(row);
        }
        if (passing.size() == limit) {
          return row;
        }
      }
      if (rows.size() < size) {
        return null;
      }
      Row last = rows.get(rows.size() - 1);
      place = order.place(last);
      if (looked + size >= most) {
        return last;
      }
    }
    return null;
  }

  private List<Row> batch(Plan plan, PageOrder order, @Nullable PagePlace place, int size) {
    var query = new Query();
    Judgement judgement = plan.judge(query);
    query.add(" ");
    plan.addRows(query, judgement, COLUMNS, () -> order.addPlace(query, place));
    query.add(order.by()).add(" limit ?::int", size);
    return finder.all(query, Row::dated, plan.seconds());
  }

  /** Notes what is about to be shown: one entry, whatever led to it. */
  private void note(Plan plan, List<Row> shown) {
    if (shown.isEmpty()) {
      return;
    }
    Set<String> rules = new TreeSet<>();
    shown.forEach(row -> rules.add(row.rule()));
    long[] patients = shown.stream().mapToLong(row -> row.at().patient()).toArray();
    Long patient = plan.patient;
    boolean oneChart = patient != null && LongStream.of(patients).allMatch(each -> each == patient);
    Short type = plan.type();
    audit.permitted(
        plan.asker,
        Action.SEARCH,
        type != null && shown.stream().allMatch(row -> row.at().type() == type) ? type : null,
        patient,
        new AuditTrail.Noted(
            String.join(" ", rules),
            shown.stream().mapToLong(row -> row.at().record()).toArray(),
            shown.stream().mapToInt(Row::number).toArray(),
            shown.stream().mapToLong(Row::octets).sum(),
            oneChart ? null : patients));
  }

  /** All that match are compared, and those of the page are shown. */
  private Found sorted(Plan plan, Search search) {
    var compared = new ArrayList<Compared>();
    for (Row row : passing(plan, MOST_OPENED, "sort")) {
      compared.add(new Compared(row, keys(row, search)));
    }
    Comparator<SortPlace> order = SortPlace.order(search.sort());
    compared.sort(Comparator.comparing(Compared::place, order));
    String page = search.page();
    SortPlace after = page == null ? null : SortPlace.open(page, search.self(), secrets.pageKey());
    List<Compared> rest =
        compared.stream()
            .filter(each -> after == null || order.compare(each.place(), after) > 0)
            .limit(search.count() + 1L)
            .toList();
    boolean more = rest.size() > search.count();
    List<Compared> shown = more ? rest.subList(0, search.count()) : rest;
    return new Found(
        shown.stream().map(Compared::row).toList(),
        more ? shown.get(shown.size() - 1).place().seal(secrets.pageKey(), search.self()) : null);
  }

  private record Compared(Row row, SortPlace place) {}

  private SortPlace keys(Row row, Search search) {
    ObjectNode content = content(row);
    var keys = new ArrayList<SortKey>();
    for (Search.SortBy by : search.sort()) {
      keys.add(
          by.parameter() != null
              ? SortKey.of(content, by.parameter(), by.descending())
              : by.name().equals("_id")
                  ? new SortKey(null, row.at().id().id())
                  : SortKey.of(row.storedAt()));
    }
    return new SortPlace(keys, row.at().record());
  }

  /**
   * All rows that match.
   *
   * @param what they are for, a word
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if they are too many
   */
  List<Row> passing(Plan plan, int most, String what) {
    var passing = new ArrayList<Row>();
    Row last = scan(plan, new PageOrder(Order.MADE, true), null, MOST_COMPARED, most + 1, passing);
    if (last != null) {
      throw new Refusal(
          Reason.NOT_SUPPORTED, "This search finds too much to %s; narrow it.".formatted(what));
    }
    return passing;
  }

  private int count(Plan plan) {
    if (!plan.isExact()) {
      return passing(plan, MOST_COMPARED, "count").size();
    }
    var query = new Query();
    Judgement judgement = plan.judge(query);
    query.add(" select count(*) from (");
    plan.addRows(query, judgement, "c.record", null);
    query.add(") counted");
    return finder.all(query, row -> row.getInt(1), SECONDS).get(0);
  }

  /** Keys of the patients who have what an exact plan finds. */
  Set<Long> patients(Plan plan, int most) {
    var query = new Query();
    Judgement judgement = plan.judge(query);
    query.add(" select distinct patient from (");
    plan.addRows(query, judgement, "c.patient", null);
    query.add(") found limit ?::int", most + 1);
    Set<Long> patients = new TreeSet<>(finder.all(query, row -> row.getLong(1), SECONDS));
    if (patients.size() > most) {
      throw new Refusal(Reason.NOT_SUPPORTED, "This search goes by too many patients; narrow it.");
    }
    return patients;
  }

  /** The plan of a search that another one leads to. */
  Plan linked(Criteria criteria, Plan from) {
    short type = RecordTypes.number(criteria.type());
    Long chart = null;
    if (!RecordTypes.isDirectory(type)) {
      chart = from.asker.patient() == null ? from.patient : (Long) from.asker.patient().value();
    }
    return new Plan(List.of(criteria.type()), criteria.conditions(), from.asker, chart);
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
    var sql = new PrefilterSql(secrets, finder, search.types(), 0L, RecordSearch::noLinks);
    for (Condition condition : search.conditions()) {
      if (condition.test() != null) {
        throw new Refusal(
            Reason.NOT_SUPPORTED, "A conditional reference asks for codes, names or identifiers.");
      }
      query.add(" and ");
      sql.compile(condition.prefilter(), "f").addTo(query);
    }
    return finder.all(
        query.add(" limit 2"),
        row -> new RecordAddress(type, row.getLong(1), row.getLong(2), row.getString(3)).id(),
        SECONDS);
  }

  private static PrefilterSql.Condition noLinks(Prefilter link) {
    throw new Refusal(Reason.NOT_SUPPORTED, "A conditional reference does not follow others.");
  }
}
