package emr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the centre's own database role may not do, whatever the application tries. */
class DatabaseIT {

  @BeforeAll
  static void somethingIsStored() {
    Staff.registered(Staff.of("dr.north"));
  }

  @ParameterizedTest
  @Tag("claim-16")
  @Tag("claim-17")
  @ValueSource(
      strings = {
        "update version set octets = octets",
        "update version set content = ''",
        "delete from version",
        "truncate version",
        "update version_3 set number = number + 1",
        "delete from version_3",
        "update audit set person = 'nobody'",
        "delete from audit",
        "truncate audit",
        "update audit_seal set last = last",
        "delete from audit_seal",
        "update submission set receipt = ''",
        "delete from submission",
        "alter table version disable trigger all",
        "drop table version"
      })
  void theDatabaseRefusesToAlterWhatIsStored(String change) throws SQLException {
    try (Connection database = Staff.INSTALLATION.database("emr_app");
        Statement statement = database.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate(change))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  @Test
  @Tag("claim-08")
  void theJudgesPoliciesComeFromRecordsAlone() throws SQLException {
    try (Connection database = Staff.INSTALLATION.database("emr_app");
        Statement statement = database.createStatement();
        ResultSet orphans =
            statement.executeQuery(
                "select count(*) from policy p where not exists (select 1 from version v where"
                    + " v.patient = p.patient and v.record = p.record and v.number = p.number)")) {
      assertThat(orphans.next()).isTrue();
      assertThat(orphans.getLong(1)).isZero();
    }
  }
}
