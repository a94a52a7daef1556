package emr.access;

import emr.exchange.access.AccessStatement;
import emr.exchange.access.Role;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.exchange.seal.Thumbprint;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Checks the access right information that comes with a request (claims 10, 14). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container injects
public class Statements {

  /** By how much the clocks of a hospital and the centre may differ. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final Logger LOG = Logger.getLogger(Statements.class.getName());

  @Inject Hospitals hospitals;
  @Inject UsedOnce used;

  /**
   * Accepts a statement once: signed by a registered hospital, in time, not seen before by any
   * server of the centre.
   *
   * @param compactJws as the hospital signed it
   * @param tls with which the connection was opened; null on listeners that ask for none
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}
   */
  public AccessStatement accept(String compactJws, @Nullable X509Certificate tls) {
    AccessStatement statement = verify(compactJws, tls);
    Instant now = Instant.now();
    if (now.plus(SKEW).isBefore(statement.issued())) {
      throw refused("The access statement is not valid yet.");
    }
    if (!now.minus(SKEW).isBefore(statement.expires())) {
      throw refused("The access statement has expired.");
    }
    if (!used.use(statement.id(), statement.expires().plus(SKEW))) {
      LOG.warning(
          () -> "statement " + statement.id() + " of " + statement.hospital() + " came twice");
      throw refused("The access statement was used before.");
    }
    return statement;
  }

  private AccessStatement verify(String compactJws, @Nullable X509Certificate tls) {
    try {
      Signed paper = Signed.parse(compactJws);
      Hospital hospital =
          paper.keyId().flatMap(hospitals::byThumbprint).orElseThrow(Statements::proofless);
      X509Certificate certificate = hospital.certificate();
      if (certificate == null || !hospital.active()) {
        throw proofless();
      }
      if (tls != null && !Thumbprint.of(tls).equals(Thumbprint.of(certificate))) {
        throw proofless();
      }
      AccessStatement statement =
          paper.verify(PaperType.STATEMENT, certificate, AccessStatement.class);
      boolean mayState =
          statement.hospital().equals(hospital.id()) && statement.role() != Role.PARTNER;
      if (!mayState) {
        throw proofless();
      }
      return statement;
    } catch (BrokenSeal e) {
      throw (Refusal) proofless().initCause(e);
    }
  }

  private static Refusal proofless() {
    return refused("There is no valid access statement with this request.");
  }

  private static Refusal refused(String explanation) {
    return new Refusal(Reason.NOT_AUTHENTICATED, explanation);
  }
}
