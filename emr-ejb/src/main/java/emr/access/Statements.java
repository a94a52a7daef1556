package emr.access;

import emr.exchange.access.AccessStatement;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyVerdict;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.record.KeyAnnouncement;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
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
  @Inject RefusedPapers papers;

  /**
   * Accepts a statement once: signed by a registered hospital, brought over a connection that was
   * opened with the same key, in time, not seen before by any server of the centre.
   *
   * @param compactJws as the hospital signed it
   * @param tls with which the connection was opened; null on listeners that ask for none, where no
   *     statement is accepted, for it could be stolen
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}
   */
  public AccessStatement accept(String compactJws, @Nullable X509Certificate tls) {
    return noting(compactJws, tls, () -> accepted(compactJws, shown(tls)));
  }

  private static X509Certificate shown(@Nullable X509Certificate tls) {
    if (tls == null) {
      throw refused(
          "There is no valid access token with this request, and a hospital's access statement is"
              + " accepted only where its own certificate is shown.");
    }
    return tls;
  }

  private AccessStatement accepted(String compactJws, X509Certificate tls) {
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

  /**
   * Accepts once that a hospital's person breaks the glass.
   *
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}
   */
  public EmergencyOpening acceptOpening(String compactJws, X509Certificate tls) {
    return noting(
        compactJws,
        tls,
        () -> {
          EmergencyOpening opening =
              verify(
                  compactJws,
                  tls,
                  PaperType.EMERGENCY,
                  EmergencyOpening.class,
                  EmergencyOpening::hospital);
          requireFresh(opening.id(), opening.from());
          return opening;
        });
  }

  /**
   * Accepts once what a patient's hospital says of an emergency.
   *
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}
   */
  public EmergencyVerdict acceptVerdict(String compactJws, X509Certificate tls) {
    return noting(
        compactJws,
        tls,
        () -> {
          EmergencyVerdict verdict =
              verify(
                  compactJws,
                  tls,
                  PaperType.EMERGENCY_VERDICT,
                  EmergencyVerdict.class,
                  EmergencyVerdict::hospital);
          requireFresh(verdict.id(), verdict.at());
          return verdict;
        });
  }

  /**
   * Accepts once that a hospital changes its key.
   *
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}
   */
  public KeyAnnouncement acceptAnnouncement(String compactJws, X509Certificate tls) {
    return noting(
        compactJws,
        tls,
        () -> {
          KeyAnnouncement announcement =
              verify(
                  compactJws, tls, PaperType.KEY, KeyAnnouncement.class, KeyAnnouncement::hospital);
          requireFresh(announcement.id(), announcement.at());
          return announcement;
        });
  }

  /**
   * Has it noted in the audit trail if a paper is refused: of the hospital that brought it or, on
   * listeners that ask for no certificate, in whose name it came.
   */
  private <T> T noting(String compactJws, @Nullable X509Certificate tls, Supplier<T> accepting) {
    try {
      return accepting.get();
    } catch (Refusal refusal) {
      papers.note(bringer(compactJws, tls).orElse(null), "", refusal.explanation());
      throw refusal;
    }
  }

  @SuppressWarnings("UnusedException") // then nobody can be named
  private Optional<HospitalId> bringer(String compactJws, @Nullable X509Certificate tls) {
    try {
      Optional<String> key =
          tls == null ? Signed.parse(compactJws).keyId() : Optional.of(Thumbprint.of(tls));
      return key.flatMap(hospitals::byThumbprint).map(Hospital::id);
    } catch (BrokenSeal e) {
      return Optional.empty();
    }
  }

  /** Papers that say no end of their own are good for as long as a statement. */
  private void requireFresh(UUID id, Instant made) {
    Instant now = Instant.now();
    Instant until = made.plus(AccessStatement.LONGEST).plus(SKEW);
    if (now.plus(SKEW).isBefore(made) || !now.isBefore(until)) {
      throw refused("The paper is not of now.");
    }
    if (!used.use(id, until)) {
      throw refused("The paper was used before.");
    }
  }

  private AccessStatement verify(String compactJws, X509Certificate tls) {
    AccessStatement statement =
        verify(
            compactJws, tls, PaperType.STATEMENT, AccessStatement.class, AccessStatement::hospital);
    if (statement.role() == Role.PARTNER) {
      throw proofless();
    }
    return statement;
  }

  private <T> T verify(
      String compactJws,
      X509Certificate tls,
      PaperType type,
      Class<T> as,
      Function<T, HospitalId> maker) {
    try {
      Signed paper = Signed.parse(compactJws);
      String key = paper.keyId().orElseThrow(Statements::proofless);
      Hospital hospital = hospitals.byThumbprint(key).orElseThrow(Statements::proofless);
      X509Certificate certificate = hospitals.accepted(key).orElseThrow(Statements::proofless);
      if (!hospital.active()) {
        throw proofless();
      }
      if (!Thumbprint.of(tls).equals(Thumbprint.of(certificate))) {
        throw proofless();
      }
      T stated = paper.verify(type, certificate, as);
      if (!hospital.id().equals(maker.apply(stated))) {
        throw proofless();
      }
      return stated;
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
