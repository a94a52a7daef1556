package emr.hospital.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** REST for the hospital's own systems. What is said is in {@code application/json}. */
@ApplicationPath("api")
public class Api extends Application {

  static final String FHIR = "application/fhir+json";

  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.server.disableMoxyJson", true);
  }
}
