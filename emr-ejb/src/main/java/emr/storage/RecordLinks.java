package emr.storage;

import emr.exchange.record.RecordId;
import emr.search.Criteria;
import emr.search.Prefilter;
import emr.search.SearchParameter;
import emr.storage.RecordFinder.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Follows links between records for a search: looks first for what stands at the other end, among
 * what the asker may read.
 */
final class RecordLinks {

  /** Records at the other end at most. */
  private static final int MOST = 1_000;

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
    return referredTo((Prefilter.ReferredTo) link);
  }

  private PrefilterSql.Condition chained(Prefilter.Chained chained) {
    SearchParameter parameter = chained.parameter();
    var alternatives = new ArrayList<PrefilterSql.Condition>();
    var terms = new LinkedHashSet<String>();
    for (Criteria target : chained.targets()) {
      RecordSearch.Plan linked = searches.linked(target, plan);
      if (parameter.isPatient() && target.type().equals("Patient")) {
        var charts = new LinkedHashSet<Long>();
        searches.passing(linked, MOST, "follow").forEach(row -> charts.add(row.at().patient()));
        alternatives.add(sql().inCharts(charts));
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

  private PrefilterSql.Condition referredTo(Prefilter.ReferredTo referredTo) {
    RecordSearch.Plan linked = searches.linked(referredTo.referring(), plan);
    SearchParameter by = referredTo.by();
    boolean toPatients = by.isPatient() && referredTo.type().equals("Patient");
    if (toPatients && linked.isExact()) {
      return sql().inCharts(searches.patients(linked, 10 * MOST));
    }
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
