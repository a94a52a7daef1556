package emr.communication;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/**
 * What hospitals' servers speak to: sealed requests, on the listener where each proves itself by
 * its certificate. Classes are listed, so that nothing of {@code /fhir} is answered here.
 */
@ApplicationPath("exchange")
public class ExchangeApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        ExchangeResource.class,
        HospitalFilter.class,
        ExchangeFaults.ForRefusal.class,
        ExchangeFaults.ForBrokenSeal.class);
  }

  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.disableAutoDiscovery", true,
        "jersey.config.disableMetainfServicesLookup", true);
  }
}
