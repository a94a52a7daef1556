package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.record.PatientId;
import emr.system.Staff.Patient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to records when a server dies or is away. */
class FailuresIT {

  @AfterEach
  void everythingRunsAgain() throws Exception {
    Servers.up();
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
        Servers.kill("north");
        break;
      }
    }
    Servers.up();
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
    Servers.kill("centre");
    try {
      saved = dr.submit(Entries.bundle(Entries.pulse(patient.id(), 60, word)));
      dr.send(saved.id());
      Web.Answer chart = dr.chart(patient.id()).successful("chart");
      assertThat(chart.body()).as("its own entry").contains(word);
      assertThat(chart.body()).as("what was fetched before").contains(before);
      assertThat(chart.json().path("centreAwaySince").asText()).isNotEmpty();
      assertThat(dr.submission(saved.id()).path("state").asText()).isNotEqualTo("DELETED");
    } finally {
      Servers.up();
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
}
