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
import emr.search.SearchParameters;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a search asks for beside its matches. Each round is one statement for what is referred
 * to, and mostly one for what refers, which select and judge as a search does; who asks notes what
 * is shown. A record comes once, so circles of references end.
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
          query ->
              query.add(
                  "c.patient = ?::bigint and c.record = any (?::bigint[])"
                      + " and c.type = any (?::smallint[])",
                  first,
                  records,
                  types));
    }
    return judged(
        null,
        0,
        "unnest(?::bigint[], ?::bigint[], ?::smallint[]) as w (patient, record, type)"
            + " join current c on c.patient = w.patient and c.record = w.record"
            + " and c.type = w.type",
        List.of(patients, records, types),
        query -> query.add("true"));
  }

  /**
   * What refers to {@code sources}. Records of types that say whose they are lie in the charts of
   * what they refer to, or in nobody's; the others, and what refers to something in nobody's chart,
   * may lie anywhere, and are looked for there. Who asks for one patient's records reads nobody
   * else's, and of nobody's only the directory.
   */
  private List<Row> referring(Include include, List<Row> sources) {
    List<Row> admitted =
        sources.stream().filter(row -> include.admits(row.at().id().toString())).toList();
    if (admitted.isEmpty()) {
      return List.of();
    }
    boolean toAnybodys = admitted.stream().anyMatch(row -> row.at().patient() == 0);
    var near = new Referring();
    var listed = new Referring();
    var far = new Referring();
    for (String type : include.types()) {
      short number = RecordTypes.number(type);
      boolean bound = asker.patient() != null || (!toAnybodys && isBound(type));
      boolean inFinder = number == RecordTypes.PATIENT || RecordTypes.isDirectory(number);
      (bound ? near : inFinder ? listed : far).add(include, type, admitted);
    }
    var found = new ArrayList<Row>();
    found.addAll(near(near, admitted));
    found.addAll(everywhere("c", far, "current c"));
    found.addAll(
        everywhere(
            "f",
            listed,
            "finder f join current c on c.patient = f.patient and c.record = f.record"));
    return found;
  }

  /** Whether records of the type lie where their patient's do. */
  private static boolean isBound(String type) {
    SearchParameters parameters = SearchParameters.of(type);
    return parameters.namesPatients() && !parameters.namesSeveralPatients();
  }

  /** Records that refer to others, by what finds them. */
  private final class Referring {

    private final Set<Short> types = new TreeSet<>();
    private final Set<Short> ofPatients = new TreeSet<>();
    private final Set<Long> patients = new TreeSet<>();
    private final List<Long> terms = new ArrayList<>();

    /** Of the terms those by which others than a patient's own records refer to the patient. */
    private final List<Long> toPatients = new ArrayList<>();

    void add(Include include, String type, List<Row> sources) {
      short number = RecordTypes.number(type);
      for (SearchParameter parameter : include.parameters(type)) {
        for (Row row : sources) {
          String reference = row.at().id().toString();
          if (!parameter.leadsTo(row.at().id().type())) {
            continue;
          }
          boolean toPatient = row.at().type() == RecordTypes.PATIENT;
          if (parameter.isPatient() && toPatient) {
            ofPatients.add(number);
            patients.add(row.at().patient());
          }
          types.add(number);
          for (long term : secrets.terms(number, parameter.terms(reference))) {
            terms.add(term);
            if (toPatient && !parameter.isPatient()) {
              toPatients.add(term);
            }
          }
        }
      }
    }

    /** Adds what finds them, by the index of types. */
    void addWays(Query query, String row) {
      query.add(
          row + ".type = any (?::smallint[]) and (" + row + ".terms && ?::bigint[]",
          types(types),
          longs(terms));
      if (!ofPatients.isEmpty()) {
        query.add(
            " or c.type = any (?::smallint[]) and c.patient = any (?::bigint[]) and "
                + PrefilterSql.IS_NAMED,
            types(ofPatients),
            longs(patients));
      }
      query.add(") and not c.record = any (?::bigint[])", (Object) longs(seen));
    }
  }

  /** In the charts of {@code sources}, in nobody's, and where patients among them are named. */
  private List<Row> near(Referring referring, List<Row> sources) {
    if (referring.types.isEmpty()) {
      return List.of();
    }
    var charts = new TreeSet<Long>();
    if (asker.patient() != null) {
      charts.add(asker.patient().value());
    } else {
      sources.forEach(row -> charts.add(row.at().patient()));
    }
    if (asker.patient() == null || referring.types.stream().anyMatch(RecordTypes::isDirectory)) {
      charts.add(0L);
    }
    if (asker.patient() == null && !referring.toPatients.isEmpty()) {
      charts.addAll(finder.charts(longs(referring.toPatients)));
    }
    Long only = charts.size() == 1 ? charts.iterator().next() : null;
    return judged(
        only,
        only == null ? RecordSearch.SECONDS : 0,
        "current c",
        List.of(),
        query -> {
          referring.addWays(query, "c");
          if (only != null) {
            query.add(" and c.patient = ?::bigint", only);
          } else {
            query.add(" and c.patient = any (?::bigint[])", (Object) longs(charts));
          }
        });
  }

  /**
   * @param row whose types and terms are compared
   */
  private List<Row> everywhere(String row, Referring referring, String tables) {
    return referring.types.isEmpty()
        ? List.of()
        : judged(
            null, RecordSearch.SECONDS, tables, List.of(), query -> referring.addWays(query, row));
  }

  private List<Row> judged(
      @Nullable Long patient, int seconds, String tables, List<?> ofTables, Consumer<Query> where) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), patient);
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(" select " + RecordFinder.COLUMNS + ", c.content, rule");
    judgement.addFrom(query, tables, ofTables.toArray());
    query.add(" where rule is not null and not c.deleted and ");
    where.accept(query);
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
