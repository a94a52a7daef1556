package emr.storage;

import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A search parameter of one type, as FHIR R4 defines it.
 *
 * @param targets to what types a reference may lead; empty for any
 * @param compartments types to whose compartments a record belongs by what this leads to
 */
record SearchParameter(
    String name,
    Kind kind,
    List<ElementPath> paths,
    Set<String> targets,
    Set<String> compartments) {

  /** What is compared. */
  enum Kind {
    TOKEN,
    STRING,
    REFERENCE,
    URI,
    DATE
  }

  SearchParameter {
    targets = new TreeSet<>(targets);
    compartments = Set.copyOf(compartments);
  }

  static SearchParameter of(RuntimeResourceDefinition resource, RuntimeSearchParam definition) {
    var paths = new ArrayList<ElementPath>();
    for (String alternative : definition.getPath().split("\\|")) {
      paths.add(ElementPath.compile(resource, alternative));
    }
    return new SearchParameter(
        definition.getName(),
        Kind.valueOf(definition.getParamType().name()),
        List.copyOf(paths),
        definition.getTargets() == null ? Set.of() : definition.getTargets(),
        definition.getProvidesMembershipInCompartments() == null
            ? Set.of()
            : definition.getProvidesMembershipInCompartments());
  }

  /** Leads to whose record it is: asked for by the patient's key, not by a term. */
  boolean isPatient() {
    return kind == Kind.REFERENCE && (name.equals("patient") || name.equals("subject"));
  }
}
