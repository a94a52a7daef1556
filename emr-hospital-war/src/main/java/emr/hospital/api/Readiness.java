package emr.hospital.api;

import emr.hospital.communication.HospitalIdentity;
import emr.hospital.forwarding.Forwarding;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the hospital can take entries: database, queue and keys, each by name. Not the centre: a
 * hospital is ready while the centre is away.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Readiness {

  private static final Logger LOG = Logger.getLogger(Readiness.class.getName());

  @Inject TemporaryStore store;
  @Inject Forwarding forwarding;
  @Inject HospitalIdentity identity;

  @Produces
  @org.eclipse.microprofile.health.Readiness
  HealthCheck database() {
    return () -> check("database", store::summary);
  }

  @Produces
  @org.eclipse.microprofile.health.Readiness
  HealthCheck queue() {
    return () -> check("queue", forwarding::requireQueue);
  }

  @Produces
  @org.eclipse.microprofile.health.Readiness
  HealthCheck keys() {
    return () -> check("keys", identity::hospital);
  }

  private static HealthCheckResponse check(String name, Runnable what) {
    try {
      what.run();
      return HealthCheckResponse.up(name);
    } catch (RuntimeException fault) {
      LOG.log(Level.WARNING, name + " is not ready", fault);
      return HealthCheckResponse.down(name);
    }
  }
}
