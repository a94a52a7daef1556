package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.audit.TrailCheck.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is written in the audit trail is sealed soon, and whoever rules the database is found out.
 */
class AuditSealIT {

  private static final Verify VERIFY = Verify.of(Staff.INSTALLATION);
  private static final String NOTE =
      "insert into audit (octets, action, permitted, person, rule, records, numbers)"
          + " values (0, 7, true, 'a test', '%s', '{}', '{}') returning id";

  @BeforeAll
  static void somethingIsNoted() {
    Staff.registered(Staff.of("dr.north"));
    everythingIsSealed();
  }

  private static void everythingIsSealed() {
    assertThat(Staff.eventually(Duration.ofSeconds(20), () -> VERIFY.run().unsealed() == 0))
        .as("everything is sealed within seconds")
        .isTrue();
  }

  @Test
  void whatNobodyTouchedFits() {
    Verify.Result result = VERIFY.run();
    assertThat(result.findings()).isEmpty();
    assertThat(result.entries()).isPositive();
    assertThat(result.seals()).isPositive();
  }

  @Test
  void oneByteThatWasChangedIsFoundAndItsEntryNamed() throws SQLException {
    try (Connection superuser = Staff.INSTALLATION.database("postgres")) {
      long entry = number(superuser, "select max(id) from audit where rule = 'own'");
      change(
          superuser,
          "update audit set rule = 'oWn' where id = " + entry,
          "update audit set rule = 'own' where id = " + entry,
          findings -> assertThat(findings).extracting(Finding::entry).containsExactly(entry));
    }
  }

  @Test
  void anEntryThatWasTakenOutIsNamed() throws SQLException {
    try (Connection superuser = Staff.INSTALLATION.database("postgres")) {
      long entry = number(superuser, "select max(id) from audit where rule = 'own'");
      change(
          superuser,
          "create table audit_taken as select * from audit where id = "
              + entry
              + "; delete from audit where id = "
              + entry,
          "insert into audit overriding system value select * from audit_taken;"
              + " drop table audit_taken",
          findings -> assertThat(findings).extracting(Finding::entry).containsExactly(entry));
    }
  }

  @Test
  void anEntryThatWasPutInIsNamed() throws SQLException {
    try (Connection superuser = Staff.INSTALLATION.database("postgres")) {
      change(
          superuser,
          "insert into audit overriding system value select (t).* from (select"
              + " jsonb_populate_record(a, '{\"id\": -5}') as t from audit a limit 1) put",
          "delete from audit where id = -5",
          findings -> assertThat(findings).extracting(Finding::entry).containsExactly(-5L));
    }
  }

  @Test
  void aSealThatWasTakenOutIsMissed() throws SQLException {
    try (Connection superuser = Staff.INSTALLATION.database("postgres")) {
      change(
          superuser,
          "create table seal_taken as select * from audit_seal where number = 1;"
              + " delete from audit_seal where number = 1",
          "insert into audit_seal select * from seal_taken; drop table seal_taken",
          findings -> assertThat(findings).contains(new Finding(null, 1, "The seal is missing.")));
    }
  }

  private static void change(
      Connection superuser, String change, String back, Consumer<List<Finding>> check)
      throws SQLException {
    execute(superuser, change);
    try {
      check.accept(VERIFY.run().findings());
    } finally {
      execute(superuser, back);
    }
    assertThat(VERIFY.run().findings()).isEmpty();
  }

  @Test
  void anEntryWhoseTransactionEndsLateIsSealedAfterAllOnce() throws SQLException {
    try (Connection late = Staff.INSTALLATION.database("emr_app");
        Connection other = Staff.INSTALLATION.database("emr_app")) {
      late.setAutoCommit(false);
      long first = number(late, NOTE.formatted("late"));
      long second = number(other, NOTE.formatted("in time"));
      assertThat(first).isLessThan(second);
      Staff.pause(Duration.ofSeconds(6));
      assertThat(VERIFY.run().unsealed()).as("nothing after it was sealed").isPositive();
      late.commit();
      everythingIsSealed();
      assertThat(VERIFY.run().findings()).isEmpty();
    }
  }

  @Test
  void anIdThatNobodyUsedLeavesNoGap() throws SQLException {
    try (Connection undone = Staff.INSTALLATION.database("emr_app")) {
      undone.setAutoCommit(false);
      number(undone, NOTE.formatted("undone"));
      undone.rollback();
    }
    somethingIsNoted();
    assertThat(VERIFY.run().findings()).isEmpty();
  }

  private static void execute(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}
