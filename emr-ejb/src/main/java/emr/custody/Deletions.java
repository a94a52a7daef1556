package emr.custody;

import emr.audit.AuditTrail;
import emr.exchange.record.DeletionReport;
import emr.exchange.record.DeletionReport.Deletion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.identity.Hospital;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What hospitals report about the order to delete (claim 7). */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Deletions {

  private static final String REPORT =
      "insert into deletion_report (hospital, report) values (?, ?) returning id";

  private static final String KNOWN =
      "select submission from deletion where hospital = ? and submission = any (?)";

  private static final String DELETION =
      """
      insert into deletion (hospital, submission, deleted_at, report) values (?, ?, ?, ?)
      on conflict do nothing
      """;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Inject AuditTrail trail;

  /**
   * Takes a report in. One that was sent before is taken again and changes nothing.
   *
   * @param report as {@code hospital} signed it
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED} if it did not
   */
  @Transactional
  public void accept(DeletionReport.Signed report, Hospital hospital) {
    DeletionReport read = verified(report, hospital);
    try (Connection connection = database.getConnection()) {
      List<Deletion> news = unknown(connection, read.deletions(), hospital.number());
      if (!news.isEmpty()) {
        long id = keep(connection, report, hospital.number());
        insert(connection, news, hospital.number(), id);
        trail.deletionsReported(hospital.id(), news.stream().map(Deletion::submission).toList());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the report cannot be kept", e);
    }
  }

  private static DeletionReport verified(DeletionReport.Signed report, Hospital hospital) {
    X509Certificate certificate = hospital.certificate();
    if (certificate == null) {
      throw new Refusal(Reason.NOT_AUTHENTICATED, "A hosted hospital keeps nothing to delete.");
    }
    try {
      var read =
          Signed.parse(report.report())
              .verify(PaperType.DELETION, certificate, DeletionReport.class);
      if (read.hospital().equals(hospital.id())) {
        return read;
      }
    } catch (BrokenSeal e) {
      throw (Refusal) notTheirs().initCause(e);
    }
    throw notTheirs();
  }

  private static Refusal notTheirs() {
    return new Refusal(Reason.NOT_AUTHENTICATED, "The report is not signed by your hospital.");
  }

  private static List<Deletion> unknown(
      Connection connection, List<Deletion> reported, short hospital) throws SQLException {
    var known = new HashSet<UUID>();
    try (PreparedStatement query = connection.prepareStatement(KNOWN)) {
      query.setShort(1, hospital);
      query.setArray(
          2,
          connection.createArrayOf("uuid", reported.stream().map(Deletion::submission).toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return reported.stream().filter(deletion -> !known.contains(deletion.submission())).toList();
  }

  private static long keep(Connection connection, DeletionReport.Signed report, short hospital)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(REPORT)) {
      insert.setShort(1, hospital);
      insert.setString(2, report.report());
      try (ResultSet id = insert.executeQuery()) {
        id.next();
        return id.getLong(1);
      }
    }
  }

  private static void insert(
      Connection connection, List<Deletion> deletions, short hospital, long report)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(DELETION)) {
      for (Deletion deletion : deletions) {
        Instant at = deletion.deletedAt();
        insert.setShort(1, hospital);
        insert.setObject(2, deletion.submission());
        insert.setObject(3, at.atOffset(ZoneOffset.UTC));
        insert.setLong(4, report);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
