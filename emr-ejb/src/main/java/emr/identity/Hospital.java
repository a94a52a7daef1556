package emr.identity;

import emr.exchange.record.HospitalId;
import java.io.Serializable;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A hospital of the exchange.
 *
 * @param number stands for it in the database; given at onboarding, never again to another
 * @param name for people
 * @param certificate what its own server proves itself with and signs with; null when it is hosted
 * @param hosted without a server of its own: its staff work at the portal (claim 2)
 * @param active false once it has left: it may neither read nor store, its records remain
 */
public record Hospital(
    short number,
    HospitalId id,
    String name,
    @Nullable X509Certificate certificate,
    boolean hosted,
    boolean active)
    implements Serializable {

  /** The same as it proves itself now, while two of its certificates are accepted. */
  public Hospital proving(X509Certificate accepted) {
    return new Hospital(number, id, name, accepted, hosted, active);
  }
}
