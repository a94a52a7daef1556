package emr.faces;

import java.io.Serializable;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One record of a chart in its newest version, with what FHIR does not say about it.
 *
 * @param resource with its id
 * @param hospital the name of the hospital that wrote it, for people
 * @param state null once the centre holds it; otherwise where it is on its way
 */
public record ChartRecord(Resource resource, String hospital, @Nullable CustodyState state)
    implements Serializable {

  /** A record that the centre gave. */
  public static ChartRecord stored(Resource resource, String hospital) {
    return new ChartRecord(resource, hospital, null);
  }
}
