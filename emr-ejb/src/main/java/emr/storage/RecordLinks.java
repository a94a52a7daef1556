package emr.storage;

import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.Condition;
import emr.search.Criteria;
import emr.search.Prefilter;
import emr.search.SearchParameter;
import emr.search.SearchParameters;
import emr.storage.RecordFinder.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows links between records for a search: looks first for what stands at the other end, among
 * what the asker may read.
 */
final class RecordLinks {

  /** Steps up or down a hierarchy at most. */
  private static final int MOST_LEVELS = 20;

  /** Records at the other end at most. */
  private static final int MOST = 1_000;

  /** In the chart of the patient whom it names. */
  private static final Condition NAMED =
      new Condition(new Prefilter.Present(SearchParameters.Facts.NAMED), null);

  private final RecordSearch searches;
  private final RecordSearch.Plan plan;

  RecordLinks(RecordSearch searches, RecordSearch.Plan plan) {
    this.searches = searches;
    this.plan = plan;
  }

  private PrefilterSql sql() {
    return new PrefilterSql(
        searches.secrets, searches.finder, List.of(), plan.patient(), this::follow);
  }

  PrefilterSql.Condition follow(Prefilter link) {
    if (link instanceof Prefilter.Chained chained) {
      return chained(chained);
    }
    if (link instanceof Prefilter.InHierarchy hierarchy) {
      return hierarchy(hierarchy);
    }
    return referredTo((Prefilter.ReferredTo) link);
  }

  private PrefilterSql.Condition chained(Prefilter.Chained chained) {
    SearchParameter parameter = chained.parameter();
    var alternatives = new ArrayList<PrefilterSql.Condition>();
    var terms = new LinkedHashSet<String>();
    for (Criteria target : chained.targets()) {
      RecordSearch.Plan linked = searches.linked(target, plan);
      if (parameter.isPatient() && target.type().equals("Patient")) {
        alternatives.add(about(chained, searches.passing(linked, MOST, "follow")));
      } else {
        for (Row row : searches.passing(linked, MOST, "follow")) {
          terms.addAll(parameter.terms(row.at().id().toString()));
        }
      }
    }
    if (!terms.isEmpty() || alternatives.isEmpty()) {
      alternatives.add(sql().compile(new Prefilter.AnyTerm(List.of(chained.type()), terms), "c"));
    }
    return query -> {
      String before = "(";
      for (PrefilterSql.Condition alternative : alternatives) {
        query.add(before);
        alternative.addTo(query);
        before = " or ";
      }
      query.add(")");
    };
  }

  private PrefilterSql.Condition about(Prefilter.Chained chained, List<Row> patients) {
    var charts = new LinkedHashSet<Long>();
    var terms = new LinkedHashSet<String>();
    for (Row row : patients) {
      charts.add(row.at().patient());
      terms.addAll(chained.parameter().terms(row.at().id().toString()));
    }
    boolean elsewhere =
        !terms.isEmpty() && SearchParameters.of(chained.type()).namesSeveralPatients();
    return sql()
        .about(
            charts,
            elsewhere ? List.of(new Prefilter.AnyTerm(List.of(chained.type()), terms)) : List.of());
  }

  /** Level by level; who comes again is not followed again, so circles end. */
  private PrefilterSql.Condition hierarchy(Prefilter.InHierarchy of) {
    var found = new LinkedHashSet<>(of.roots());
    Set<String> level = of.roots();
    for (int i = 0; !level.isEmpty(); i++) {
      Set<String> next = of.below() ? parts(level) : wholes(level);
      next.removeAll(found);
      found.addAll(next);
      if (i == MOST_LEVELS || found.size() > MOST) {
        throw new Refusal(Reason.NOT_SUPPORTED, "This hierarchy is too large to follow.");
      }
      level = next;
    }
    var terms = new LinkedHashSet<String>();
    found.forEach(reference -> terms.addAll(of.parameter().terms(reference)));
    return sql().compile(new Prefilter.AnyTerm(List.of(of.type()), terms), "c");
  }

  /** What is a part of {@code records}. */
  private Set<String> parts(Set<String> records) {
    var parts = new LinkedHashSet<String>();
    byType(records)
        .forEach(
            (type, references) -> {
              SearchParameter whole = SearchParameters.of(type).wholes().orElseThrow();
              var terms = new LinkedHashSet<String>();
              references.forEach(reference -> terms.addAll(whole.terms(reference)));
              rows(type, new Prefilter.AnyTerm(List.of(type), terms))
                  .forEach(row -> parts.add(row.at().id().toString()));
            });
    return parts;
  }

  /** What {@code records} are parts of. */
  private Set<String> wholes(Set<String> records) {
    var wholes = new LinkedHashSet<String>();
    byType(records)
        .forEach(
            (type, references) -> {
              SearchParameter whole = SearchParameters.of(type).wholes().orElseThrow();
              Set<String> ids =
                  references.stream()
                      .map(reference -> reference.substring(type.length() + 1))
                      .collect(Collectors.toSet());
              for (Row row : rows(type, new Prefilter.Ids(ids))) {
                whole.references(
                    searches.content(row),
                    reference -> {
                      if (reference.startsWith(type + "/")) {
                        wholes.add(reference);
                      }
                    });
              }
            });
    return wholes;
  }

  private List<Row> rows(String type, Prefilter prefilter) {
    var criteria = new Criteria(type, List.of(new Condition(prefilter, null)));
    return searches.passing(searches.linked(criteria, plan), MOST, "follow");
  }

  private static Map<String, List<String>> byType(Set<String> references) {
    return references.stream()
        .collect(
            Collectors.groupingBy(reference -> reference.substring(0, reference.indexOf('/'))));
  }

  private PrefilterSql.Condition referredTo(Prefilter.ReferredTo referredTo) {
    Criteria referring = referredTo.referring();
    SearchParameter by = referredTo.by();
    if (by.isPatient()
        && referredTo.type().equals("Patient")
        && !SearchParameters.of(referring.type()).namesSeveralPatients()) {
      RecordSearch.Plan named = searches.linked(referring.and(NAMED), plan);
      if (named.isExact()) {
        return sql().inCharts(searches.patients(named, 10 * MOST));
      }
    }
    RecordSearch.Plan linked = searches.linked(referring, plan);
    String prefix = referredTo.type() + "/";
    var records = new LinkedHashSet<RecordId>();
    for (Row row : searches.passing(linked, MOST, "follow")) {
      by.references(
          searches.content(row),
          reference -> {
            if (reference.startsWith(prefix)) {
              records.add(RecordId.parse(reference));
            }
          });
    }
    return sql().at(searches.finder.addresses(records));
  }
}
