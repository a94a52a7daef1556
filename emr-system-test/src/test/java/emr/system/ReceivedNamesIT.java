package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import emr.system.Staff.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one person received of another hospital's patient, their colleagues have not. */
@Tag("claim-08")
@Tag("claim-09")
class ReceivedNamesIT {

  private static final Terminal NORTH = Staff.of("dr.north");
  private static final Terminal SOUTH = Staff.of("dr.south");

  private Patient patient;
  private JsonNode policy;

  @BeforeEach
  void aPatientWhomOnePersonOfSouthReceived() {
    patient = Staff.registered(NORTH);
    policy = NORTH.policy(Entries.policy(patient.id(), "south", "READ").put("user", "dr.south"));
    Staff.settled(NORTH, policy.path("submission").asText());
    assertThat(SOUTH.chart(patient.id()).body()).contains(patient.family());
  }

  @Test
  void theirColleaguesDoNotFindThem() {
    assertThat(found(SOUTH)).contains(patient.family());
    for (String colleague : new String[] {"nurse.south", "clerk.south"}) {
      assertThat(found(Staff.of(colleague)))
          .as(colleague)
          .isEqualTo(found("Nobody" + Staff.word()));
    }
  }

  @Test
  void whenThePolicyIsWithdrawnNobodyDoes() {
    String consent = policy.at("/records/0/reference").asText().replace("Consent/", "");
    Staff.settled(NORTH, NORTH.withdrawPolicy(consent).path("submission").asText());
    assertThat(found(SOUTH)).doesNotContain(patient.family()).doesNotContain(patient.id());
  }

  @Test
  void nobodyIsWarnedOfANamesakeWhomTheyMayNotKnow() {
    Terminal nurse = Staff.of("nurse.south");
    Terminal.Saved alike =
        nurse.submit(
            Entries.bundle(
                Entries.patient(patient.family(), patient.given(), "1990-02-03", Staff.word())));
    Staff.stored(nurse, alike);
    String chart = "/terminal/chart.xhtml?patient=" + alike.ids().get(0).substring(8);

    assertThat(page("dr.south", chart)).as("who received them").contains("1990").contains("1961");
    assertThat(page("nurse.south", chart)).contains("1990").doesNotContain("1961");
  }

  private static String page(String user, String path) {
    return Pages.ofTerminal(Staff.INSTALLATION, "south")
        .signIn(user, Installation.DEMO_PASSWORD)
        .get(path)
        .successful(path)
        .body();
  }

  private String found(Terminal at) {
    return search(at, patient.family());
  }

  private static String found(String nobody) {
    return search(Staff.of("nurse.south"), nobody);
  }

  private static String search(Terminal at, String name) {
    return at.web()
        .post("/patients/search", Terminal.json().put("name", name))
        .successful("a search")
        .body();
  }
}
