package emr.storage;

import emr.access.Query;
import emr.access.RecordTypes;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordKey;
import emr.search.DateRange;
import emr.search.Prefilter;
import emr.search.SearchParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@link Prefilter} in the words of SQL, about the row {@code c}. */
final class PrefilterSql {

  /** A condition that can be written into a query. */
  interface Condition {
    void addTo(Query query);
  }

  private static final Condition NOTHING = query -> query.add("false");
  private static final Condition ALL = query -> query.add("true");
  private static final int[] NO_CODES = {};

  /** Names the patient in whose chart it lies: {@link SearchParameters.Facts#NAMED}. */
  static final String IS_NAMED = "c.present < 0";

  private static final Condition NAMED = query -> query.add(IS_NAMED);

  private final CentreSecrets secrets;
  private final RecordFinder finder;
  private final Collection<String> types;
  private final @Nullable Long patient;
  private final Function<Prefilter, Condition> links;

  /**
   * @param types of the records searched
   * @param patient whose records are searched, by key; null across patients
   * @param links follows links between records
   */
  PrefilterSql(
      CentreSecrets secrets,
      RecordFinder finder,
      Collection<String> types,
      @Nullable Long patient,
      Function<Prefilter, Condition> links) {
    this.secrets = secrets;
    this.finder = finder;
    this.types = types;
    this.patient = patient;
    this.links = links;
  }

  /**
   * @param row whose terms are compared: the finder's, which has an index for that, or the record's
   */
  Condition compile(Prefilter prefilter, String row) {
    if (prefilter instanceof Prefilter.AnyTerm any) {
      return terms(List.of(any), row);
    }
    if (prefilter instanceof Prefilter.Present present) {
      return query -> query.add("c.present & ?::bigint <> 0", present.bits());
    }
    if (prefilter instanceof Prefilter.Happened happened) {
      return query -> addTests(query, happened.tests(), "c.date", "c.until", happened.covers());
    }
    if (prefilter instanceof Prefilter.LastUpdated updated) {
      return query -> addTests(query, updated.tests(), "c.stored_at", "c.stored_at", false);
    }
    if (prefilter instanceof Prefilter.Ids ids) {
      return at(finder.addresses(types, ids.ids()));
    }
    if (prefilter instanceof Prefilter.WrittenAt written) {
      short[] authors = finder.numbers(written.hospitals());
      return query -> query.add("c.author = any (?::smallint[])", (Object) authors);
    }
    if (prefilter instanceof Prefilter.OfPatient of) {
      return about(keys(of.patients()), of.elsewhere());
    }
    if (prefilter instanceof Prefilter.Chained
        || prefilter instanceof Prefilter.ReferredTo
        || prefilter instanceof Prefilter.InHierarchy) {
      return links.apply(prefilter);
    }
    return compound(prefilter, row);
  }

  private Condition compound(Prefilter prefilter, String row) {
    if (prefilter instanceof Prefilter.All all) {
      return joined(all.parts().stream().map(part -> compile(part, row)).toList(), " and ");
    }
    if (prefilter instanceof Prefilter.Any any) {
      return any(any.parts(), row);
    }
    if (prefilter instanceof Prefilter.OfType of) {
      Condition inner = compile(of.part(), "c");
      return query -> {
        query.add("(c.type = ?::smallint and ", RecordTypes.number(of.type()));
        inner.addTo(query);
        query.add(")");
      };
    }
    if (prefilter instanceof Prefilter.Not not) {
      Condition inner = compile(not.part(), "c");
      return query -> {
        query.add("not (");
        inner.addTo(query);
        query.add(")");
      };
    }
    return ALL;
  }

  /** Terms are compared together. */
  private Condition any(List<Prefilter> parts, String row) {
    var conditions = new ArrayList<Condition>();
    var terms = new ArrayList<Prefilter.AnyTerm>();
    for (Prefilter part : parts) {
      if (part instanceof Prefilter.AnyTerm any) {
        terms.add(any);
      } else {
        conditions.add(compile(part, row));
      }
    }
    if (!terms.isEmpty()) {
      conditions.add(0, terms(terms, row));
    }
    return joined(conditions, " or ");
  }

  private static Condition joined(List<Condition> conditions, String operator) {
    return query -> {
      String before = "(";
      for (Condition condition : conditions) {
        query.add(before);
        condition.addTo(query);
        before = operator;
      }
      query.add(")");
    };
  }

  private Condition terms(List<Prefilter.AnyTerm> anyOf, String row) {
    long[] terms = anyOf.stream().flatMapToLong(any -> Arrays.stream(hashed(any))).toArray();
    if (terms.length == 0) {
      return NOTHING;
    }
    if (!row.equals("c")) {
      return query -> query.add(row + ".terms && ?::bigint[]", (Object) terms); // by its index
    }
    int[] codes = anyOf.size() == 1 ? codes(anyOf.get(0)) : NO_CODES;
    return query -> {
      if (terms.length == 1) {
        query.add("(?::bigint = any (c.terms)", terms[0]); // a third of the cost
      } else {
        query.add("(c.terms && ?::bigint[]", (Object) terms);
      }
      if (codes.length > 0) {
        query.add(" and c.code = any (?::int[])", (Object) codes); // which the index knows
      }
      query.add(")");
    };
  }

  /** What the column says of a record that has one of the terms; empty if it may say anything. */
  private int[] codes(Prefilter.AnyTerm any) {
    if (any.types().size() != 1) {
      return NO_CODES;
    }
    String type = any.types().get(0);
    Set<String> codes = SearchParameters.of(type).codes(any.terms());
    return codes.isEmpty()
        ? NO_CODES
        : IntStream.concat(
                IntStream.of(0),
                codes.stream().mapToInt(code -> secrets.code(RecordTypes.number(type), code)))
            .toArray();
  }

  private long[] hashed(Prefilter.AnyTerm any) {
    if (any.types().size() == 1) {
      return secrets.terms(RecordTypes.number(any.types().get(0)), any.terms());
    }
    return any.types().stream()
        .mapToInt(RecordTypes::number)
        .mapToObj(type -> secrets.terms((short) type, any.terms()))
        .flatMapToLong(Arrays::stream)
        .toArray();
  }

  /** At one of these places. */
  Condition at(Collection<RecordAddress> places) {
    if (places.isEmpty()) {
      return NOTHING;
    }
    long[] records = places.stream().mapToLong(RecordAddress::record).distinct().toArray();
    long[] patients = places.stream().mapToLong(RecordAddress::patient).distinct().toArray();
    return query -> {
      query.add("c.record = any (?::bigint[])", (Object) records);
      if (patient == null) {
        query.add(" and c.patient = any (?::bigint[])", (Object) patients);
      }
    };
  }

  private Set<Long> keys(Set<String> patients) {
    var keys = new LinkedHashSet<Long>();
    for (String id : patients) {
      finder.key(new PatientId(id)).map(RecordKey::value).ifPresent(keys::add);
    }
    return keys;
  }

  /**
   * About one of these patients, as {@link Prefilter.OfPatient}. What lies elsewhere is looked for
   * in the charts where the finder knows of some.
   */
  Condition about(Set<Long> patients, List<Prefilter.AnyTerm> elsewhere) {
    Condition named = joined(List.of(inCharts(patients), NAMED), " and ");
    if (elsewhere.isEmpty()) {
      return named;
    }
    Condition either = joined(List.of(named, terms(elsewhere, "c")), " or ");
    if (patient != null) {
      return either;
    }
    Set<Long> charts = charts(elsewhere);
    charts.addAll(patients);
    return joined(List.of(inCharts(charts), either), " and ");
  }

  /** Charts, and 0 for nobody's, where there may be records with these terms of other patients. */
  Set<Long> charts(List<Prefilter.AnyTerm> elsewhere) {
    return finder.charts(
        elsewhere.stream().flatMapToLong(any -> Arrays.stream(hashed(any))).toArray());
  }

  /** In one of these charts. */
  Condition inCharts(Set<Long> keys) {
    if (patient != null) {
      return keys.contains(patient) ? ALL : NOTHING;
    }
    long[] patients = keys.stream().mapToLong(Long::longValue).toArray();
    return patients.length == 0
        ? NOTHING
        : query -> query.add("c.patient = any (?::bigint[])", (Object) patients);
  }

  private static void addTests(
      Query query, List<DateRange.Test> tests, String from, String until, boolean covers) {
    String end =
        from.equals(until)
            ? "(" + from + " + interval '1 microsecond')"
            : "coalesce(" + until + ", " + from + " + interval '1 microsecond')";
    query.add("(");
    String or = "";
    for (DateRange.Test test : tests) {
      query.add(or);
      if (covers) {
        addPossible(query, test, from, end);
      } else {
        addTest(query, test, from, end);
      }
      or = " or ";
    }
    query.add(")");
  }

  private static void addTest(Query query, DateRange.Test test, String from, String end) {
    Instant a = test.than().from();
    Instant b = test.than().until();
    String begins = begins(from);
    switch (test.prefix()) {
      case EQ ->
          query.add("(" + from + " >= ?::timestamptz and " + end + " <= ?::timestamptz)", a, b);
      case NE ->
          query.add("(" + begins + " < ?::timestamptz or " + end + " > ?::timestamptz)", a, b);
      case GT -> query.add(end + " > ?::timestamptz", b);
      case GE -> query.add(end + " > ?::timestamptz", a);
      case LT -> query.add(begins + " < ?::timestamptz", a);
      case LE -> query.add(begins + " < ?::timestamptz", b);
      case SA -> query.add(from + " >= ?::timestamptz", b);
      case EB -> query.add(end + " <= ?::timestamptz", a);
      case AP -> addOverlap(query, test.about(), from, end);
    }
  }

  /** What part of the time can pass. */
  private static void addPossible(Query query, DateRange.Test test, String from, String end) {
    Instant a = test.than().from();
    Instant b = test.than().until();
    switch (test.prefix()) {
      case EQ -> addOverlap(query, test.than(), from, end);
      case NE -> query.add("(c.date is not null or c.until is not null)");
      case GT, SA -> query.add(end + " > ?::timestamptz", b);
      case GE -> query.add(end + " > ?::timestamptz", a);
      case LT, EB -> query.add(begins(from) + " < ?::timestamptz", a);
      case LE -> query.add(begins(from) + " < ?::timestamptz", b);
      case AP -> addOverlap(query, test.about(), from, end);
    }
  }

  /** A time that has an end and no beginning has always been. */
  private static String begins(String from) {
    return from.equals("c.date")
        ? "(case when c.date is null and c.until is not null then '-infinity'::timestamptz"
            + " else c.date end)"
        : from;
  }

  private static void addOverlap(Query query, DateRange range, String from, String end) {
    query.add(
        "(" + begins(from) + " < ?::timestamptz and " + end + " > ?::timestamptz)",
        range.until(),
        range.from());
  }
}
