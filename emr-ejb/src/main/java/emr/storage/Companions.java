package emr.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.Asker;
import emr.access.Judgement;
import emr.access.Query;
import emr.access.RecordTypes;
import emr.exchange.access.AccessRight;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.SearchParameter;
import emr.storage.RecordFinder.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a search asks for beside its matches. Each round is one statement a direction, which
 * selects and judges as a search does; who asks notes what is shown. A record comes once, so
 * circles of references end.
 */
final class Companions {

  /** Records beside the matches at most. */
  private static final int MOST = 1_000;

  /** References are followed so far at most. */
  private static final int MOST_ROUNDS = 5;

  private final RecordFinder finder;
  private final CentreSecrets secrets;
  private final Asker asker;
  private final List<Include> includes;
  private final Set<Long> seen = new HashSet<>();
  private final Map<Of, List<SearchParameter>> parameters = new HashMap<>();

  Companions(RecordFinder finder, CentreSecrets secrets, Asker asker, List<Include> includes) {
    this.finder = finder;
    this.secrets = secrets;
    this.asker = asker;
    this.includes = includes;
  }

  /**
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if they are too many
   */
  List<Row> of(List<Row> matches) {
    var found = new ArrayList<Row>();
    List<Row> sources = matches;
    matches.forEach(row -> seen.add(row.at().record()));
    for (int round = 0; round < MOST_ROUNDS && !sources.isEmpty(); round++) {
      boolean first = round == 0;
      List<Include> now = includes.stream().filter(each -> first || each.iterate()).toList();
      var next = new ArrayList<Row>();
      add(referredTo(now.stream().filter(each -> !each.reverse()).toList(), sources), next);
      for (Include include : now) {
        if (include.reverse()) {
          add(referring(include, sources), next);
        }
      }
      found.addAll(next);
      if (found.size() > MOST) {
        throw new Refusal(
            Reason.NOT_SUPPORTED,
            "More than %d records would be included; ask for fewer matches a page."
                .formatted(MOST));
      }
      sources = next;
    }
    return found;
  }

  private void add(List<Row> rows, List<Row> to) {
    for (Row row : rows) {
      if (seen.add(row.at().record())) {
        to.add(row);
      }
    }
  }

  /** What {@code sources} refer to. */
  private List<Row> referredTo(List<Include> now, List<Row> sources) {
    var references = new LinkedHashSet<String>();
    for (Row row : now.isEmpty() ? List.<Row>of() : sources) {
      ObjectNode content = null;
      for (Include include : now) {
        for (SearchParameter parameter : parameters(include, row)) {
          content = content == null ? finder.content(row) : content;
          parameter.references(
              content,
              reference -> {
                if (include.admits(reference)) {
                  references.add(reference);
                }
              });
        }
      }
    }
    List<RecordAddress> places =
        finder.addresses(references.stream().map(RecordId::parse).toList()).stream()
            .filter(at -> !seen.contains(at.record()))
            .toList();
    return places.isEmpty() ? List.of() : at(places);
  }

  private record Of(Include include, short type) {}

  private List<SearchParameter> parameters(Include include, Row row) {
    return parameters.computeIfAbsent(
        new Of(include, row.at().type()), of -> include.parameters(RecordTypes.name(of.type)));
  }

  private List<Row> at(List<RecordAddress> places) {
    long[] records = places.stream().mapToLong(RecordAddress::record).toArray();
    long[] patients = places.stream().mapToLong(RecordAddress::patient).toArray();
    short[] types = types(places.stream().map(RecordAddress::type).toList());
    long first = patients[0];
    boolean oneChart = places.stream().allMatch(at -> at.patient() == first);
    if (oneChart) {
      return judged(
          first == 0 ? null : first,
          0,
          "current c",
          List.of(),
          "c.patient = ?::bigint and c.record = any (?::bigint[]) and c.type = any (?::smallint[])",
          List.of(first, records, types));
    }
    return judged(
        null,
        0,
        "unnest(?::bigint[], ?::bigint[], ?::smallint[]) as w (patient, record, type)"
            + " join current c on c.patient = w.patient and c.record = w.record"
            + " and c.type = w.type",
        List.of(patients, records, types),
        "true",
        List.of());
  }

  /** What refers to {@code sources}. */
  private List<Row> referring(Include include, List<Row> sources) {
    var references = new ArrayList<String>();
    var patients = new ArrayList<Long>();
    var charts = new TreeSet<Long>();
    for (Row row : sources) {
      String reference = row.at().id().toString();
      if (include.admits(reference)) {
        references.add(reference);
        charts.add(row.at().patient());
        if (row.at().type() == RecordTypes.PATIENT) {
          patients.add(row.at().patient());
        }
      }
    }
    var ofPatients = new TreeSet<Short>();
    var types = new TreeSet<Short>();
    var terms = new ArrayList<Long>();
    for (String type : references.isEmpty() ? List.<String>of() : include.types()) {
      addTerms(include, type, references, types, terms, ofPatients);
    }
    var ways = new ArrayList<String>();
    var values = new ArrayList<Object>();
    if (!types.isEmpty()) {
      ways.add("c.type = any (?::smallint[]) and c.terms && ?::bigint[]");
      values.addAll(List.of(types(types), longs(terms)));
    }
    if (!ofPatients.isEmpty() && !patients.isEmpty()) {
      ways.add("c.type = any (?::smallint[]) and c.patient = any (?::bigint[])");
      values.addAll(List.of(types(ofPatients), longs(patients)));
    }
    if (ways.isEmpty()) {
      return List.of();
    }
    // one way alone goes by the index of types
    String where = "(" + String.join(" or ", ways) + ") and not c.record = any (?::bigint[])";
    values.add(longs(seen));
    boolean bounded = !charts.contains(0L);
    Long chart = chart(charts, bounded);
    if (chart != null) {
      values.add(chart);
      where += " and c.patient = ?::bigint";
      return judged(chart, 0, "current c", List.of(), where, values);
    }
    if (bounded) {
      where += " and c.patient = any (?::bigint[])";
      values.add(longs(charts));
    }
    return judged(null, RecordSearch.SECONDS, "current c", List.of(), where, values);
  }

  /** The one chart that what refers can lie in; null for several. */
  private @Nullable Long chart(Set<Long> charts, boolean bounded) {
    if (asker.patient() != null) {
      return asker.patient().value();
    }
    return bounded && charts.size() == 1 ? charts.iterator().next() : null;
  }

  private void addTerms(
      Include include,
      String type,
      List<String> references,
      Set<Short> types,
      List<Long> terms,
      Set<Short> ofPatients) {
    short number = RecordTypes.number(type);
    for (SearchParameter parameter : include.parameters(type)) {
      for (String reference : references) {
        if (!parameter.leadsTo(reference.substring(0, reference.indexOf('/')))) {
          continue;
        }
        if (parameter.isPatient() && reference.startsWith("Patient/")) {
          ofPatients.add(number);
        }
        types.add(number);
        for (long term : secrets.terms(number, parameter.terms(reference))) {
          terms.add(term);
        }
      }
    }
  }

  private List<Row> judged(
      @Nullable Long patient,
      int seconds,
      String tables,
      List<?> ofTables,
      String where,
      List<?> ofWhere) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), patient);
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(" select " + RecordFinder.COLUMNS + ", c.content, rule");
    judgement.addFrom(query, tables, ofTables.toArray());
    query.add(" where rule is not null and not c.deleted and " + where, ofWhere.toArray());
    query.add(" order by type, record limit ?::int", MOST + 1);
    return finder.all(query, Row::of, seconds);
  }

  private static short[] types(Collection<Short> numbers) {
    short[] types = new short[numbers.size()];
    int i = 0;
    for (short number : numbers) {
      types[i++] = number;
    }
    return types;
  }

  private static long[] longs(Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }
}
