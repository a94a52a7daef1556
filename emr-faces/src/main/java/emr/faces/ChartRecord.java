package emr.faces;

import java.io.Serializable;
import java.time.Instant;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One version of a record of a chart, with what FHIR does not say about it.
 *
 * @param resource with its id
 * @param hospital the name of the hospital that wrote it, for people
 * @param author the person's name; empty where it is not known
 * @param number of the version, 1 for the original
 * @param at when the centre stored the version, or, while it waits, when it was saved
 * @param state null once the centre holds it; otherwise where it is on its way
 */
public record ChartRecord(
    Resource resource,
    String hospital,
    String author,
    int number,
    Instant at,
    @Nullable CustodyState state)
    implements Serializable {

  /** FHIR type, for links. */
  public String type() {
    return resource.fhirType();
  }

  /** Logical id, for links. */
  public String id() {
    String id = resource.getIdElement().getIdPart();
    return id == null ? "" : id;
  }
}
