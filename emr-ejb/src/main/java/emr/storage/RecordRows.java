package emr.storage;

import emr.access.RecordTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a new version writes: its own, which is never changed; the one that searches use;
 * and, for what is searched for across patients, another. Those of many versions go to the database
 * together.
 */
final class RecordRows {

  /** Larger contents are kept in the table of versions only. */
  private static final int MOST_OCTETS = 1_800;

  private static final String ADD_VERSION =
      "insert into version (patient, record, number, octets, stored_at, type, custodian, author,"
          + " deleted, submission, content_hash, hash, alias, content,"
          + " sensitivity) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String ADD_CURRENT =
      "insert into current (number, octets, stored_at, date, until, author, deleted, hash, terms,"
          + " present, content, sensitivity, patient, record, type, custodian, alias)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String CHANGE_CURRENT =
      "update current set number = ?, octets = ?, stored_at = ?, date = ?, until = ?, author = ?,"
          + " deleted = ?, hash = ?, terms = ?, present = ?, content = ?,"
          + " sensitivity = ?"
          + " where patient = ? and record = ?";
  private static final String ADD_ALIAS =
      "insert into alias (type, id, patient, record) values (?, ?, ?, ?)";
  private static final String ADD_FINDER =
      "insert into finder (terms, date, patient, record, type) values (?, ?, ?, ?, ?)";
  private static final String CHANGE_FINDER =
      "update finder set terms = ?, date = ? where patient = ? and record = ?";

  private final Connection connection;
  private final UUID submission;
  private final OffsetDateTime storedAt;

  private RecordRows(Connection connection, UUID submission, OffsetDateTime storedAt) {
    this.connection = connection;
    this.submission = submission;
    this.storedAt = storedAt;
  }

  /** Writes the rows of versions that were stored together. */
  static void write(
      Connection connection,
      UUID submission,
      OffsetDateTime storedAt,
      Collection<NewVersion> versions)
      throws SQLException {
    var rows = new RecordRows(connection, submission, storedAt);
    var first = versions.stream().filter(version -> version.number() == 1).toList();
    var later = versions.stream().filter(version -> version.number() > 1).toList();
    rows.write(ADD_VERSION, versions, rows::version);
    rows.write(ADD_CURRENT, first, rows::newCurrent);
    rows.write(CHANGE_CURRENT, later, rows::current);
    rows.write(
        ADD_ALIAS, first.stream().filter(each -> each.alias() != null).toList(), rows::alias);
    rows.write(
        ADD_FINDER, first.stream().filter(RecordRows::isFoundByAll).toList(), rows::newFinder);
    rows.write(
        CHANGE_FINDER, later.stream().filter(RecordRows::isFoundByAll).toList(), rows::finder);
  }

  private static boolean isFoundByAll(NewVersion version) {
    return version.patient() == 0
        || version.type() == RecordTypes.PATIENT
        || RecordTypes.isDirectory(version.type());
  }

  private interface Values {
    void set(PreparedStatement row, NewVersion version) throws SQLException;
  }

  private void write(String sql, Collection<NewVersion> versions, Values values)
      throws SQLException {
    if (versions.isEmpty()) {
      return;
    }
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      for (NewVersion version : versions) {
        values.set(row, version);
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  private void version(PreparedStatement row, NewVersion version) throws SQLException {
    row.setLong(1, version.patient());
    row.setLong(2, version.record());
    row.setInt(3, version.number());
    row.setInt(4, version.octets());
    row.setObject(5, storedAt);
    row.setShort(6, version.type());
    row.setShort(7, version.custodian());
    row.setShort(8, version.author());
    row.setBoolean(9, version.deleted());
    row.setObject(10, submission);
    row.setBytes(11, version.contentHash());
    row.setBytes(12, version.hash());
    row.setString(13, version.alias());
    row.setBytes(14, version.kept());
    sensitivity(row, 15, version);
  }

  private void current(PreparedStatement row, NewVersion version) throws SQLException {
    row.setInt(1, version.number());
    row.setInt(2, version.octets());
    row.setObject(3, storedAt);
    time(row, 4, version.date());
    time(row, 5, version.until());
    row.setShort(6, version.author());
    row.setBoolean(7, version.deleted());
    row.setBytes(8, version.hash());
    row.setObject(9, version.terms());
    row.setLong(10, version.present());
    row.setBytes(11, version.kept().length > MOST_OCTETS ? null : version.kept());
    sensitivity(row, 12, version);
    row.setLong(13, version.patient());
    row.setLong(14, version.record());
  }

  private void newCurrent(PreparedStatement row, NewVersion version) throws SQLException {
    current(row, version);
    row.setShort(15, version.type());
    row.setShort(16, version.custodian());
    row.setString(17, version.alias());
  }

  private void alias(PreparedStatement row, NewVersion version) throws SQLException {
    row.setShort(1, version.type());
    row.setString(2, version.alias());
    row.setLong(3, version.patient());
    row.setLong(4, version.record());
  }

  private void finder(PreparedStatement row, NewVersion version) throws SQLException {
    row.setObject(1, version.terms());
    time(row, 2, version.date());
    row.setLong(3, version.patient());
    row.setLong(4, version.record());
  }

  private void newFinder(PreparedStatement row, NewVersion version) throws SQLException {
    finder(row, version);
    row.setShort(5, version.type());
  }

  private static void sensitivity(PreparedStatement row, int at, NewVersion version)
      throws SQLException {
    if (version.sensitivity() == null) {
      row.setNull(at, Types.SMALLINT);
    } else {
      row.setShort(at, version.sensitivity());
    }
  }

  private static void time(PreparedStatement row, int at, @Nullable OffsetDateTime time)
      throws SQLException {
    if (time == null) {
      row.setNull(at, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      row.setObject(at, time);
    }
  }
}
