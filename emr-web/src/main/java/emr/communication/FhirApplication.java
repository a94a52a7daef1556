package emr.communication;

import emr.communication.representation.Content;
import emr.communication.representation.Negotiation;
import emr.communication.representation.Rendering;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/**
 * FHIR R4 for whoever brings an access statement or token. Classes are listed, none is looked for.
 */
@ApplicationPath("fhir")
public class FhirApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        FhirResource.class,
        FhirWriting.class,
        FhirOperations.class,
        Negotiation.class,
        TokenResource.class,
        SmartConfiguration.class,
        StatementFilter.class,
        Content.class,
        Rendering.class,
        FhirFaults.ForRefusal.class,
        FhirFaults.ForHttp.class,
        FhirFaults.ForFault.class);
  }

  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.disableAutoDiscovery", true,
        "jersey.config.disableMetainfServicesLookup", true);
  }
}
