package emr.search;

import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A search parameter of one type, as FHIR R4 defines it.
 *
 * @param paths to the elements whose values are compared; of a composite, to those that it is of
 * @param targets to what types a reference may lead; empty for any
 * @param compartments types to whose compartments a record belongs by what this leads to
 * @param components of a composite, in their order
 */
public record SearchParameter(
    String name,
    Kind kind,
    List<ElementPath> paths,
    Set<String> targets,
    Set<String> compartments,
    List<SearchParameter> components) {

  /** What is compared. */
  public enum Kind {
    TOKEN,
    STRING,
    REFERENCE,
    URI,
    DATE,
    NUMBER,
    QUANTITY,
    COMPOSITE,
    /** How near a place is. */
    SPECIAL
  }

  public SearchParameter {
    targets = new TreeSet<>(targets);
    compartments = Set.copyOf(compartments);
  }

  static SearchParameter of(RuntimeResourceDefinition resource, RuntimeSearchParam definition) {
    return new SearchParameter(
        definition.getName(),
        Kind.valueOf(definition.getParamType().name()),
        paths(resource, definition.getPath()),
        orNone(definition.getTargets()),
        orNone(definition.getProvidesMembershipInCompartments()),
        List.of());
  }

  private static Set<String> orNone(@Nullable Set<String> names) {
    return names == null ? Set.of() : names;
  }

  static List<ElementPath> paths(RuntimeResourceDefinition resource, String expression) {
    var paths = new ArrayList<ElementPath>();
    for (String alternative : expression.split("\\|")) {
      paths.add(ElementPath.compile(resource, alternative));
    }
    return List.copyOf(paths);
  }

  SearchParameter with(List<SearchParameter> parts) {
    return new SearchParameter(name, kind, paths, targets, compartments, List.copyOf(parts));
  }

  /** Leads to whose record it is: asked for by the patient's key, not by a term. */
  public boolean isPatient() {
    return kind == Kind.REFERENCE && (name.equals("patient") || name.equals("subject"));
  }

  /** The elements of {@code resource} that it compares. */
  public void values(JsonNode resource, Consumer<JsonNode> found) {
    paths.forEach(path -> path.values(resource, found));
  }

  /** Local references, {@code Type/id}, that {@code resource} has here. */
  public void references(JsonNode resource, Consumer<String> found) {
    for (ElementPath path : paths) {
      path.values(
          resource,
          element -> {
            String local = References.local(References.of(element));
            if (local != null && References.fits(path, local)) {
              found.accept(local);
            }
          });
    }
  }

  /** What a record has among its terms if it refers to {@code Type/id} here. */
  public List<String> terms(String reference) {
    return paths.stream()
        .filter(path -> References.fits(path, reference))
        .map(path -> References.term(path.name(), reference))
        .toList();
  }

  /** Whether this leads to records; canonical addresses name what may be kept anywhere. */
  public boolean leadsToRecords() {
    return kind == Kind.REFERENCE && !paths.stream().allMatch(ElementPath::isPrimitive);
  }

  /** Whether this may lead to a record of {@code type}. */
  public boolean leadsTo(String type) {
    return leadsToRecords() && (targets.isEmpty() || targets.contains(type));
  }
}
