package emr.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificates by which a hospital may prove itself: its newest; and the ones before, for as
 * long as each of those after says that it may. Pure.
 */
final class AcceptedCertificates {

  private final Map<String, Accepted> byThumbprint = new HashMap<>();

  private record Accepted(X509Certificate certificate, Instant until) {}

  /**
   * One, as it is registered.
   *
   * @param beforeUntil until when the one before it is accepted beside it
   */
  record Link(String thumbprint, X509Certificate certificate, Instant beforeUntil) {}

  /** Takes in all of one hospital, oldest first. */
  void add(List<Link> ofOneHospital) {
    Instant until = Instant.MAX;
    for (int i = ofOneHospital.size() - 1; i >= 0; i--) {
      Link link = ofOneHospital.get(i);
      byThumbprint.put(link.thumbprint, new Accepted(link.certificate, until));
      until = link.beforeUntil.isBefore(until) ? link.beforeUntil : until;
    }
  }

  /** The one of that thumbprint, if it is accepted then. */
  Optional<X509Certificate> find(String thumbprint, Instant now) {
    return Optional.ofNullable(byThumbprint.get(thumbprint))
        .filter(accepted -> now.isBefore(accepted.until))
        .map(Accepted::certificate);
  }
}
