package emr.faces;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import org.hl7.fhir.r4.model.Resource;

/** Between the JSON in which records travel and the resources that pages show. */
public final class FhirJson {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private FhirJson() {}

  /**
   * @throws DataFormatException if {@code json} is no FHIR R4 resource
   */
  public static Resource parse(String json) {
    return (Resource) R4.newJsonParser().parseResource(json);
  }

  public static String encode(Resource resource) {
    return R4.newJsonParser().encodeResourceToString(resource);
  }
}
