package emr.storage;

import emr.access.Query;
import emr.access.RecordTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a submission writes: its own; of each new version one that is never changed, and
 * the one that searches use; for what is searched for across patients, or refers to others,
 * another; and the audit trail's. Those of one version go to the database in one message, those of
 * many in batches.
 */
final class RecordRows {

  /** Larger contents are kept in the table of versions only. */
  private static final int MOST_OCTETS = 1_800;

  /** Rows of one kind. */
  private record Kind(String sql, Predicate<NewVersion> of, Values values) {}

  private interface Values {
    void put(RecordRows rows, Row row, NewVersion version) throws SQLException;
  }

  private static final Predicate<NewVersion> FIRST = RecordRows::isFirst;
  private static final Predicate<NewVersion> FOUND_BY_ALL = RecordRows::isFoundByAll;

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "insert into version (patient, record, number, octets, stored_at, type, custodian,"
                  + " author, deleted, submission, content_hash, hash, alias, content,"
                  + " sensitivity) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              version -> true,
              RecordRows::version),
          new Kind(
              "insert into current (number, octets, stored_at, date, until, author, deleted,"
                  + " hash, terms, code, present, content, sensitivity, patient, record, type,"
                  + " custodian, alias)"
                  + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              FIRST,
              RecordRows::newCurrent),
          new Kind(
              "update current set number = ?, octets = ?, stored_at = ?, date = ?, until = ?,"
                  + " author = ?, deleted = ?, hash = ?, terms = ?, code = ?, present = ?,"
                  + " content = ?, sensitivity = ? where patient = ? and record = ?",
              FIRST.negate(),
              RecordRows::current),
          new Kind(
              "insert into alias (type, id, patient, record) values (?, ?, ?, ?)",
              FIRST.and(version -> version.alias() != null),
              RecordRows::alias),
          new Kind(
              "insert into finder (terms, date, patient, record, type) values (?, ?, ?, ?, ?)",
              FIRST.and(FOUND_BY_ALL),
              RecordRows::newFinder),
          new Kind(
              "update finder set terms = ?, date = ? where patient = ? and record = ?",
              FIRST.negate().and(FOUND_BY_ALL),
              RecordRows::finder),
          // what it no longer says may stay there: whoever finds it looks at the record
          new Kind(
              "insert into finder (terms, date, patient, record, type) values (?, ?, ?, ?, ?)"
                  + " on conflict (patient, record) do update set terms = excluded.terms,"
                  + " date = excluded.date",
              FOUND_BY_ALL.negate().and(version -> version.elsewhere().length > 0),
              RecordRows::elsewhere));

  private final Connection connection;
  private final UUID submission;
  private final OffsetDateTime storedAt;

  RecordRows(Connection connection, UUID submission, OffsetDateTime storedAt) {
    this.connection = connection;
    this.submission = submission;
    this.storedAt = storedAt;
  }

  private static boolean isFirst(NewVersion version) {
    return version.number() == 1;
  }

  private static boolean isFoundByAll(NewVersion version) {
    return version.patient() == 0
        || version.type() == RecordTypes.PATIENT
        || RecordTypes.isDirectory(version.type());
  }

  /**
   * Writes a submission whose id nobody has.
   *
   * @param own insertion of the submission's row
   * @param entry insertion of what the audit trail says
   */
  void write(Query own, List<NewVersion> versions, Query entry) throws SQLException {
    if (versions.size() == 1) {
      writeOne(own, versions.get(0), entry);
    } else if (!writeUnlessThere(own, versions, entry)) {
      throw new IllegalStateException("a new submission is there already");
    }
  }

  /** As {@link #write}; false, and nothing is written, if there is a submission of that id. */
  boolean writeUnlessThere(Query own, List<NewVersion> versions, Query entry) throws SQLException {
    if (!execute(own)) {
      return false;
    }
    for (Kind kind : KINDS) {
      write(kind, versions.stream().filter(kind.of).toList());
    }
    execute(entry);
    return true;
  }

  private boolean execute(Query query) throws SQLException {
    try (PreparedStatement insert = query.prepare(connection)) {
      return insert.executeUpdate() == 1;
    }
  }

  private void write(Kind kind, Collection<NewVersion> versions) throws SQLException {
    if (versions.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(kind.sql)) {
      for (NewVersion version : versions) {
        kind.values.put(this, new Row(statement, 1), version);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void writeOne(Query own, NewVersion version, Query entry) throws SQLException {
    List<Kind> its = KINDS.stream().filter(kind -> kind.of.test(version)).toList();
    var sql = new ArrayList<String>(its.size() + 2);
    sql.add(own.toString());
    its.forEach(kind -> sql.add(kind.sql));
    sql.add(entry.toString());
    try (PreparedStatement statement = connection.prepareStatement(String.join("; ", sql))) {
      var row = new Row(statement, own.bind(statement, 1));
      for (Kind kind : its) {
        kind.values.put(this, row, version);
      }
      entry.bind(statement, row.next);
      statement.execute();
      for (int i = 0; i < sql.size(); i++) {
        if (statement.getUpdateCount() != 1) {
          throw new IllegalStateException("statement " + i + " of a submission wrote no row");
        }
        statement.getMoreResults();
      }
    }
  }

  /** The values of a statement, from its question mark {@link #next} on. */
  private static final class Row {

    private final PreparedStatement statement;
    private int next;

    Row(PreparedStatement statement, int first) {
      this.statement = statement;
      this.next = first;
    }

    Row put(long value) throws SQLException {
      statement.setLong(next++, value);
      return this;
    }

    Row put(int value) throws SQLException {
      statement.setInt(next++, value);
      return this;
    }

    Row put(short value) throws SQLException {
      statement.setShort(next++, value);
      return this;
    }

    Row put(boolean value) throws SQLException {
      statement.setBoolean(next++, value);
      return this;
    }

    Row put(byte @Nullable [] value) throws SQLException {
      statement.setBytes(next++, value);
      return this;
    }

    Row put(@Nullable String value) throws SQLException {
      statement.setString(next++, value);
      return this;
    }

    Row put(@Nullable Short value) throws SQLException {
      if (value == null) {
        statement.setNull(next++, Types.SMALLINT);
        return this;
      }
      return put(value.shortValue());
    }

    Row put(@Nullable OffsetDateTime value) throws SQLException {
      if (value == null) {
        statement.setNull(next++, Types.TIMESTAMP_WITH_TIMEZONE);
      } else {
        statement.setObject(next++, value);
      }
      return this;
    }

    Row put(long[] value) throws SQLException {
      statement.setObject(next++, value);
      return this;
    }

    Row put(UUID value) throws SQLException {
      statement.setObject(next++, value);
      return this;
    }
  }

  private void version(Row row, NewVersion version) throws SQLException {
    row.put(version.patient())
        .put(version.record())
        .put(version.number())
        .put(version.octets())
        .put(storedAt)
        .put(version.type())
        .put(version.custodian())
        .put(version.author())
        .put(version.deleted())
        .put(submission)
        .put(version.contentHash())
        .put(version.hash())
        .put(version.alias())
        .put(version.kept())
        .put(version.sensitivity());
  }

  private void current(Row row, NewVersion version) throws SQLException {
    row.put(version.number())
        .put(version.octets())
        .put(storedAt)
        .put(version.date())
        .put(version.until())
        .put(version.author())
        .put(version.deleted())
        .put(version.hash())
        .put(version.terms())
        .put(version.code())
        .put(version.present())
        .put(version.kept().length > MOST_OCTETS ? null : version.kept())
        .put(version.sensitivity())
        .put(version.patient())
        .put(version.record());
  }

  private void newCurrent(Row row, NewVersion version) throws SQLException {
    current(row, version);
    row.put(version.type()).put(version.custodian()).put(version.alias());
  }

  private void alias(Row row, NewVersion version) throws SQLException {
    row.put(version.type())
        .put(Objects.requireNonNull(version.alias()))
        .put(version.patient())
        .put(version.record());
  }

  private void finder(Row row, NewVersion version) throws SQLException {
    row.put(version.terms()).put(version.date()).put(version.patient()).put(version.record());
  }

  private void elsewhere(Row row, NewVersion version) throws SQLException {
    row.put(version.elsewhere())
        .put(version.date())
        .put(version.patient())
        .put(version.record())
        .put(version.type());
  }

  private void newFinder(Row row, NewVersion version) throws SQLException {
    finder(row, version);
    row.put(version.type());
  }
}
