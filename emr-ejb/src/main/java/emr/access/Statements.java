package emr.access;

import emr.exchange.access.AccessStatement;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.exchange.seal.Thumbprint;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Logger;
import javax.sql.DataSource;
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

  @Resource(lookup = "jdbc/emr")
  DataSource database;

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
    if (!use(statement)) {
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
      if (!statement.hospital().equals(hospital.id())) {
        throw proofless();
      }
      return statement;
    } catch (BrokenSeal e) {
      throw (Refusal) proofless().initCause(e);
    }
  }

  /** False if it was used before. Kept in the database, for the centre may be many servers. */
  private boolean use(AccessStatement statement) {
    Query query =
        new Query()
            .add(
                "insert into used_statement (id, until) values (?::uuid, ?::timestamptz)"
                    + " on conflict do nothing",
                statement.id(),
                statement.expires().plus(SKEW));
    try (Connection connection = database.getConnection();
        var insert = query.prepare(connection)) {
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note a used statement", e);
    }
  }

  /** Forgets statements that are refused for their age anyway. */
  @Schedule(hour = "*", minute = "*", persistent = false)
  void forgetExpired() {
    Query query =
        new Query()
            .add(
                "delete from used_statement where until < ?::timestamptz",
                Instant.now().minus(SKEW));
    try (Connection connection = database.getConnection();
        var delete = query.prepare(connection)) {
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot forget used statements", e);
    }
  }

  private static Refusal proofless() {
    return refused("There is no valid access statement with this request.");
  }

  private static Refusal refused(String explanation) {
    return new Refusal(Reason.NOT_AUTHENTICATED, explanation);
  }
}
