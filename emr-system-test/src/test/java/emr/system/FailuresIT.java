package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.record.PatientId;
import emr.system.Staff.Patient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to records when a server dies or is away. */
class FailuresIT {

  @AfterEach
  void everythingRunsAgain() throws Exception {
    up();
  }

  @Test
  @Tag("claim-04")
  @Tag("claim-05")
  @Tag("claim-06")
  void everySavedSubmissionIsStoredOnceWhenTheHospitalsServerIsKilledWhileForwarding()
      throws Exception {
    Terminal dr = Staff.of("dr.north");
    Patient patient = Staff.registered(dr);
    List<Terminal.Saved> saved = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      saved.add(dr.submit(Entries.bundle(Entries.pulse(patient.id(), 50 + i, "entry " + i))));
    }
    for (int i = 0; i < saved.size(); i++) {
      dr.send(saved.get(i).id());
      if (i == 25) {
        kill(pid("north"));
        break;
      }
    }
    up();
    Staff.signInAgain();
    Terminal again = Staff.of("dr.north");
    for (Terminal.Saved each : saved) {
      String state = again.submission(each.id()).path("state").asText();
      if (state.equals("HELD")) {
        again.send(each.id());
      }
    }
    for (Terminal.Saved each : saved) {
      JsonNode custody =
          Staff.until(again, each.id(), Duration.ofSeconds(90), "DELETED", "SET_ASIDE");
      assertThat(custody.path("state").asText()).as(custody.toString()).isEqualTo("DELETED");
    }
    JsonNode atCentre =
        Staff.server("north")
            .fhir("/Observation?patient=" + patient.id() + "&_count=200", about(patient))
            .successful("search")
            .json();
    assertThat(atCentre.path("entry")).hasSize(saved.size());
    for (JsonNode entry : atCentre.path("entry")) {
      assertThat(entry.at("/resource/meta/versionId").asText()).isEqualTo("1");
    }
  }

  @Test
  @Tag("claim-04")
  @Tag("claim-05")
  void whileTheCentreIsAwayStaffMakeAndSeeRecordsWhichArriveLater() throws Exception {
    Terminal dr = Staff.of("dr.north");
    Patient patient = Staff.registered(dr);
    String before = Staff.word();
    Staff.stored(dr, dr.submit(Entries.bundle(Entries.pulse(patient.id(), 59, before))));
    assertThat(dr.chart(patient.id()).body()).contains(before);
    String word = Staff.word();
    Terminal.Saved saved;
    kill(pid("centre"));
    try {
      saved = dr.submit(Entries.bundle(Entries.pulse(patient.id(), 60, word)));
      dr.send(saved.id());
      Web.Answer chart = dr.chart(patient.id()).successful("chart");
      assertThat(chart.body()).as("its own entry").contains(word);
      assertThat(chart.body()).as("what was fetched before").contains(before);
      assertThat(chart.json().path("centreAwaySince").asText()).isNotEmpty();
      assertThat(dr.submission(saved.id()).path("state").asText()).isNotEqualTo("DELETED");
    } finally {
      up();
    }
    JsonNode custody = Staff.until(dr, saved.id(), Duration.ofSeconds(120), "DELETED", "SET_ASIDE");
    assertThat(custody.path("state").asText()).as(custody.toString()).isEqualTo("DELETED");
    assertThat(Staff.server("north").fhir("/" + saved.ids().get(0), about(patient)).body())
        .contains(word);
    assertThat(Staff.eventually(Duration.ofSeconds(60), () -> shownAgain(patient) == 1))
        .as("what was shown meanwhile is told to the audit trail, once")
        .isTrue();
  }

  private static long shownAgain(Patient patient) {
    JsonNode events =
        Staff.server("north")
            .fhir("/AuditEvent?patient=" + patient.id(), about(patient))
            .successful("the trail")
            .json();
    return events.path("entry").findValuesAsText("outcomeDesc").stream()
        .filter(why -> why.contains("while the centre was away"))
        .count();
  }

  private static PatientId about(Patient patient) {
    return new PatientId(patient.id());
  }

  private static long pid(String name) throws IOException, InterruptedException {
    Process status = emr("status", "--json").redirectErrorStream(false).start();
    JsonNode json = Web.JSON.readTree(status.getInputStream());
    status.waitFor();
    return new Installation(Staff.INSTALLATION.home(), json).pid(name).orElseThrow();
  }

  private static void kill(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    assertThat(Staff.eventually(Duration.ofSeconds(20), () -> !process.isAlive())).isTrue();
  }

  private static void up() throws IOException, InterruptedException {
    Path log = Staff.INSTALLATION.home().resolve("logs").resolve("up-again.log");
    Process up = emr("up").redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(up.waitFor(6, TimeUnit.MINUTES)).isTrue();
    assertThat(up.exitValue()).as(log.toString()).isZero();
  }

  private static ProcessBuilder emr(String... arguments) {
    Path checkout = Path.of(System.getProperty("emr.checkout", "..")).toAbsolutePath().normalize();
    var command = new ArrayList<String>();
    command.add(checkout.resolve("emr").toString());
    command.addAll(List.of(arguments));
    var emr = new ProcessBuilder(command).directory(checkout.toFile());
    emr.environment().put("EMR_HOME", Staff.INSTALLATION.home().toString());
    emr.environment().put("EMR_PORTS", Integer.toString(Staff.INSTALLATION.portBase()));
    return emr;
  }
}
