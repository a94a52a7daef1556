package emr.health;

import emr.custody.CentreKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The centre's keys can be read, and their certificates are valid today. */
@Readiness
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class KeysReady implements HealthCheck {

  @Inject CentreKeys keys;

  @Override
  public HealthCheckResponse call() {
    var answer = HealthCheckResponse.named("keys");
    try {
      for (X509Certificate certificate :
          List.of(keys.sealCertificate(), keys.signCertificate(), keys.authority())) {
        certificate.checkValidity();
      }
      return answer.up().build();
    } catch (CertificateException | RuntimeException e) {
      return answer.down().withData("cause", e.getClass().getSimpleName()).build();
    }
  }
}
