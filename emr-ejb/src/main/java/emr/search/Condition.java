package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a match must fulfil.
 *
 * @param prefilter every match passes it
 * @param test tells, of a resource that has passed, whether it is a match; null if all are
 */
public record Condition(Prefilter prefilter, @Nullable Predicate<JsonNode> test) {

  static Condition exact(Prefilter prefilter) {
    return new Condition(prefilter, null);
  }

  /** Whether {@code resource}, which passed the prefilter, is a match. */
  public boolean passes(JsonNode resource) {
    return test == null || test.test(resource);
  }

  /**
   * What each type's own condition asks for.
   *
   * @param byType by the name of a type
   */
  public static Condition ofTypes(Map<String, Condition> byType) {
    var prefilters = new LinkedHashSet<Prefilter>();
    boolean exact = true;
    for (Map.Entry<String, Condition> each : byType.entrySet()) {
      prefilters.add(each.getValue().prefilter);
      exact &= each.getValue().test == null;
    }
    if (exact && prefilters.size() == 1) {
      return exact(prefilters.iterator().next());
    }
    Optional<Prefilter> ofPatient = Prefilter.OfPatient.together(prefilters);
    if (ofPatient.isPresent()) {
      return exact(ofPatient.get());
    }
    Prefilter any =
        Prefilter.any(
            byType.entrySet().stream()
                .map(each -> of(each.getKey(), each.getValue().prefilter))
                .toList());
    return exact
        ? exact(any)
        : new Condition(
            any,
            resource -> {
              Condition own = byType.get(resource.path("resourceType").asText());
              return own != null && own.passes(resource);
            });
  }

  /** Terms are of a type anyway. */
  private static Prefilter of(String type, Prefilter part) {
    return part instanceof Prefilter.AnyTerm ? part : new Prefilter.OfType(type, part);
  }

  /** One of {@code conditions}, each of which tests all that it asks for. */
  static Condition any(List<Condition> conditions) {
    var prefilters = new ArrayList<Prefilter>();
    var tests = new ArrayList<Predicate<JsonNode>>();
    for (Condition condition : conditions) {
      prefilters.add(condition.prefilter);
      if (condition.test != null) {
        tests.add(condition.test);
      }
    }
    Prefilter any = Prefilter.any(prefilters);
    return tests.isEmpty()
        ? exact(any)
        : new Condition(any, resource -> tests.stream().anyMatch(test -> test.test(resource)));
  }
}
