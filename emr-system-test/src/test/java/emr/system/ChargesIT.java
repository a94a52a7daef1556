package emr.system;

import static emr.exchange.access.AccessRight.READ;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import emr.system.Staff.Patient;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each hospital pays for what it used, and for nothing else. */
class ChargesIT {

  @Test
  @Tag("claim-20")
  @Tag("claim-21")
  @Tag("claim-27")
  void aHospitalPaysForEachRecordItStoresAndEachItRetrieves() {
    Terminal dr = Staff.of("dr.south");
    Patient patient = Staff.registered(dr);
    Bills before = Bills.of(Staff.INSTALLATION);

    Terminal.Saved saved =
        dr.submit(
            Entries.bundle(
                Entries.pulse(patient.id(), 60, "one"), Entries.pulse(patient.id(), 61, "two")));
    Staff.stored(dr, saved);
    HospitalServer server = Staff.server("south");
    var about = new PatientId(patient.id());
    for (String record : saved.ids()) {
      String statement = server.statement("dr.south", Role.PHYSICIAN, about, READ);
      assertThat(server.retrieve(statement, record).get(0).status()).isEqualTo(200);
    }
    String statement = server.statement("dr.south", Role.PHYSICIAN, about, READ);
    server.retrieve(statement, "Observation?patient=" + patient.id());

    Bills after = Bills.of(Staff.INSTALLATION);
    assertThat(after.stored("south") - before.stored("south")).isEqualTo(2);
    assertThat(after.retrieved("south") - before.retrieved("south")).isEqualTo(4);
  }

  @Test
  @Tag("claim-20")
  @Tag("claim-27")
  void whatIsRefusedCostsNothing() {
    Patient patient = Staff.registered(Staff.of("dr.north"));
    Staff.pause(Duration.ofSeconds(1));
    Bills before = Bills.of(Staff.INSTALLATION);
    HospitalServer server = Staff.server("south");
    var about = new PatientId(patient.id());
    String statement = server.statement("dr.south", Role.PHYSICIAN, about, READ);
    assertThat(server.retrieve(statement, "Patient/" + patient.id()).get(0).status())
        .isEqualTo(403);
    Bills after = Bills.of(Staff.INSTALLATION);
    assertThat(after.retrieved("south")).isEqualTo(before.retrieved("south"));
  }
}
