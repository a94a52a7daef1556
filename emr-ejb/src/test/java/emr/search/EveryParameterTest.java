package emr.search;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each search parameter that R4 defines, for each type, on resources that are made for it. */
class EveryParameterTest {

  @Test
  void noneIsMissing() {
    var missing = new TreeSet<String>();
    for (String type : RecordTypes.names()) {
      for (RuntimeSearchParam defined :
          FhirContext.forR4Cached().getResourceDefinition(type).getSearchParams()) {
        if (SearchParameters.of(type).find(defined.getName()).isEmpty()) {
          missing.add(type + " " + defined.getName());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void eachFindsWhatHasItsValue() {
    var failed = new ArrayList<String>();
    int tried = 0;
    for (String type : RecordTypes.names()) {
      for (SearchParameter parameter : SearchParameters.of(type).all()) {
        for (Sample sample : Sample.of(type, parameter)) {
          tried++;
          try {
            Condition condition =
                Criteria.read(type, parameter.name(), sample.query()).orElseThrow();
            if (!Judge.finds(condition, sample.resource())) {
              failed.add(type + "?" + parameter.name() + "=" + sample.query() + " " + sample);
            }
            if (Judge.finds(condition, Sample.empty(type))) {
              failed.add(type + "?" + parameter.name() + "=" + sample.query() + " finds all");
            }
          } catch (RuntimeException e) {
            failed.add(type + "?" + parameter.name() + "=" + sample.query() + ": " + e);
          }
        }
      }
    }
    assertThat(failed).isEmpty();
    assertThat(tried).isGreaterThan(2_400);
  }

  @Test
  void eachIsMissingWhereItHasNoValue() {
    var failed = new ArrayList<String>();
    for (String type : RecordTypes.names()) {
      for (SearchParameter parameter : SearchParameters.of(type).all()) {
        boolean hasBit = SearchParameters.of(type).bit(parameter) != 0;
        boolean always = parameter.name().equals("deceased") && type.equals("Patient");
        if (!hasBit || always) {
          continue;
        }
        Condition missing =
            Criteria.read(type, parameter.name() + ":missing", "true").orElseThrow();
        if (!Judge.finds(missing, Sample.empty(type))) {
          failed.add(type + " " + parameter.name() + " is there");
        }
        for (Sample sample : Sample.of(type, parameter)) {
          if (Judge.finds(missing, sample.resource())) {
            failed.add(type + " " + parameter.name() + " is missing " + sample);
          }
        }
      }
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void theBitsOfEachTypeAreEnough() {
    for (String type : RecordTypes.names()) {
      for (SearchParameter parameter : SearchParameters.of(type).all()) {
        boolean column = List.of("_id", "_lastUpdated").contains(parameter.name());
        boolean composite =
            Set.of(SearchParameter.Kind.COMPOSITE, SearchParameter.Kind.SPECIAL)
                .contains(parameter.kind());
        assertThat(SearchParameters.of(type).bit(parameter) != 0)
            .as(type + " " + parameter.name())
            .isEqualTo(!column && !composite);
      }
    }
  }

  /** The database's part of the decision, made in memory. */
  static final class Judge {

    private Judge() {}

    static boolean finds(Condition condition, ObjectNode resource) {
      return finds(condition, resource, "own");
    }

    /**
     * @param chart id of the patient in whose chart it lies; null for nobody's
     */
    static boolean finds(Condition condition, ObjectNode resource, @Nullable String chart) {
      return passes(condition.prefilter(), resource, chart) && condition.passes(resource);
    }

    static boolean passes(Prefilter prefilter, JsonNode resource, @Nullable String chart) {
      SearchParameters parameters = SearchParameters.of(resource.path("resourceType").asText());
      SearchParameters.Facts facts =
          parameters.facts(resource, chart == null ? null : "Patient/" + chart);
      if (prefilter instanceof Prefilter.AnyTerm any) {
        String code = parameters.code(facts.terms());
        Set<String> codes = parameters.codes(any.terms());
        return any.terms().stream().anyMatch(facts.terms()::contains)
            && (codes.isEmpty() || code == null || codes.contains(code));
      } else if (prefilter instanceof Prefilter.Present present) {
        return (facts.present() & present.bits()) != 0;
      } else if (prefilter instanceof Prefilter.Happened happened) {
        return parameters
            .date(resource)
            .filter(
                range ->
                    happened.tests().stream()
                        .anyMatch(test -> happened.covers() || test.passes(range)))
            .isPresent();
      } else if (prefilter instanceof Prefilter.LastUpdated) {
        return resource.has("id");
      } else if (prefilter instanceof Prefilter.Ids ids) {
        return ids.ids().contains(resource.path("id").asText());
      } else if (prefilter instanceof Prefilter.WrittenAt written) {
        String source = resource.at("/meta/source").asText();
        return written.hospitals().stream().anyMatch(id -> source.endsWith(":" + id));
      } else if (prefilter instanceof Prefilter.OfPatient of) {
        return (chart != null && of.patients().contains(chart) && facts.present() < 0)
            || of.elsewhere().stream()
                .anyMatch(any -> any.terms().stream().anyMatch(facts.terms()::contains));
      } else if (prefilter instanceof Prefilter.All all) {
        return all.parts().stream().allMatch(part -> passes(part, resource, chart));
      } else if (prefilter instanceof Prefilter.Any any) {
        return any.parts().stream().anyMatch(part -> passes(part, resource, chart));
      } else if (prefilter instanceof Prefilter.Not not) {
        return !passes(not.part(), resource, chart);
      }
      return true;
    }
  }
}
