package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.record.RecordId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever rules the database cannot alter or remove a version without being found out. */
@Tag("claim-16")
class KeptRecordsIT {

  private static final Verify VERIFY = Verify.of(Staff.INSTALLATION);

  private String record;
  private String where;

  @BeforeEach
  void aRecordOfTwoVersions() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    Terminal.Saved saved = north.submit(Entries.bundle(Entries.pulse(patient.id(), 77, "first")));
    Staff.stored(north, saved);
    record = saved.ids().get(0);
    Staff.stored(
        north, north.submit(Entries.addition(record, 1, Entries.pulse(patient.id(), 78, "more"))));
    RecordId id = RecordId.parse(record);
    where =
        " where patient = %d and record = %d"
            .formatted(id.patientKey().orElseThrow().value(), id.recordKey().orElseThrow().value());
  }

  @Test
  void oneByteThatWasChangedIsFoundAndItsVersionNamed() throws SQLException {
    for (String column : new String[] {"content", "content_hash", "hash"}) {
      String turned =
          "update version set %1$s = set_byte(%1$s, 20, get_byte(%1$s, 20) # 1)".formatted(column)
              + where
              + " and number = 1";
      changed(turned, turned, record + "/_history/1");
    }
    KeptRecords.Result untouched = VERIFY.records();
    assertThat(untouched.findings()).isEmpty();
    assertThat(untouched.versions()).isGreaterThan(untouched.records());
    assertThat(untouched.submissions()).isPositive();
  }

  @Test
  void aVersionThatWasTakenOutIsNamedAndSoIsARecord() throws SQLException {
    String back = "insert into version select * from taken; drop table taken";
    for (int number : new int[] {1, 2}) {
      changed(take("version", " and number = " + number), back, record + "/_history/" + number);
    }
    changed(
        take("version", "") + ";" + take("current", "").replace("taken", "taken_too"),
        back + "; insert into current select * from taken_too; drop table taken_too",
        record + "/_history/1",
        record + "/_history/2");
  }

  private String take(String table, String and) {
    return "create table taken as select * from %1$s%2$s%3$s; delete from %1$s%2$s%3$s"
        .formatted(table, where, and);
  }

  private static void changed(String change, String back, String... named) throws SQLException {
    execute(change);
    try {
      assertThat(VERIFY.records().findings())
          .extracting(KeptRecords.Finding::version)
          .containsExactlyInAnyOrder(named);
    } finally {
      execute(back);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection superuser = Staff.INSTALLATION.database("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }
}
