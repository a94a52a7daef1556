package emr.access;

import emr.exchange.access.AccessStatement;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Checks the access right information that comes with a request (claims 10, 14). */
@ApplicationScoped
public class Statements {

  /**
   * Accepts a statement once: signed by a registered hospital, in time, not seen before.
   *
   * @param compactJws as the hospital signed it
   * @param tls with which the connection was opened; null on listeners that ask for none
   * @throws emr.exchange.record.Refusal NOT_AUTHENTICATED
   */
  public AccessStatement accept(String compactJws, @Nullable X509Certificate tls) {
    throw new UnsupportedOperationException();
  }
}
