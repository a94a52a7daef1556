package emr.communication;

import emr.custody.Links;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.Thumbprint;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a registered hospital's server in and nobody else: the certificate with which it opened the
 * connection must be the newest one registered or, while the hospital changes its key, the one
 * before. A listener that asks for no certificate lets nobody in.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
@SuppressWarnings("NullAway.Init") // the container injects
public class HospitalFilter implements ContainerRequestFilter {

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final String HOSPITAL = HospitalFilter.class.getName();

  @Inject Hospitals hospitals;
  @Inject Links links;
  @Context HttpServletRequest http;

  /** The hospital that {@link #filter} let in, with the certificate by which it came. */
  static Hospital hospital(HttpServletRequest http) {
    return (Hospital) http.getAttribute(HOSPITAL);
  }

  /** With which the connection was opened; null on listeners that ask for none. */
  static @Nullable X509Certificate certificate(HttpServletRequest http) {
    return http.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? chain[0]
        : null;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    X509Certificate certificate = certificate(http);
    Hospital hospital = certificate == null ? null : registered(certificate);
    if (hospital == null) {
      throw new Refusal(
          Reason.NOT_AUTHENTICATED, "Only the server of a registered hospital is answered here.");
    }
    http.setAttribute(HOSPITAL, hospital);
    links.heard(hospital);
  }

  private @Nullable Hospital registered(X509Certificate certificate) {
    String thumbprint = Thumbprint.of(certificate);
    return hospitals.accepted(thumbprint).filter(certificate::equals).isEmpty()
        ? null
        : hospitals
            .byThumbprint(thumbprint)
            .filter(Hospital::active)
            .map(hospital -> hospital.proving(certificate))
            .orElse(null);
  }
}
