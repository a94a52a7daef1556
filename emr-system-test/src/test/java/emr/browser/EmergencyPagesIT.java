package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import emr.system.Entries;
import emr.system.Installation;
import emr.system.Staff;
import emr.system.Staff.Patient;
import emr.system.Terminal;
import org.junit.jupiter.api.Test;

/** Breaking the glass, as a physician and an administrator see it. */
class EmergencyPagesIT {

  private static final String WHY = "Found unconscious, brought by ambulance";

  @Test
  void aRefusedChartIsOpenedForAnHourAndThePatientsHospitalJudgesIt() {
    Terminal dr = Staff.of("dr.north");
    Patient patient = Staff.registered(dr);
    String word = Staff.word();
    Staff.stored(dr, dr.submit(Entries.bundle(Entries.pulse(patient.id(), 88, word))));

    try (Desk south = Desk.of("dr.south");
        Desk admin = Desk.of("admin.north")) {
      breakTheGlass(south, patient, word);
      review(admin, patient, word);

      south.press("#glass-end");
      assertThat(south.text()).contains("ended");
      chart(south, patient);
      assertThat(south.text()).doesNotContain(patient.family()).doesNotContain(word);
    }
  }

  private static void chart(Desk desk, Patient patient) {
    desk.page()
        .navigate(
            Staff.INSTALLATION.hospital("south") + "terminal/chart.xhtml?patient=" + patient.id());
  }

  private static void breakTheGlass(Desk south, Patient patient, String word) {
    chart(south, patient);
    assertThat(south.text()).doesNotContain(patient.family()).contains("Emergency access");
    south.follow(south.find("a", "Emergency access").first());
    assertThat(south.find("#whose").inputValue()).isEqualTo(patient.id());
    assertThat(south.barriers()).isEmpty();

    south.find("#words").fill("too few");
    south.press("#glass-break");
    assertThat(south.text()).contains("Choose a reason").contains("at least 10 letters");
    south.find("#reason").selectOption("CANNOT_SPEAK");
    south.find("#words").fill(WHY);
    south.find("#password").fill("not my password");
    south.press("#glass-break");
    assertThat(south.text()).contains("not your password");
    south.find("#password").fill(Installation.DEMO_PASSWORD);
    south.press("#glass-break");

    assertThat(south.page().url()).contains("chart.xhtml");
    south.open("chart.xhtml?patient=" + patient.id()); // with all its cards
    assertThat(south.text()).containsIgnoringCase(patient.family()).contains("88");
    assertThat(south.find(".strip.danger").first().innerText())
        .contains("60 min left")
        .contains(WHY);
    assertThat(south.barriers()).isEmpty();
    south.open("entry.xhtml?patient=" + patient.id());
    assertThat(south.find("#glass").count()).as("on every page of the patient").isEqualTo(1);
    south.open("home.xhtml");
    assertThat(south.find("#glass").count()).isZero();
    chart(south, patient);
    assertThat(word).isNotEmpty();
  }

  private static void review(Desk admin, Patient patient, String word) {
    admin.open("emergencies.xhtml"); // reads the number that is otherwise believed for a minute
    admin.open("home.xhtml");
    assertThat(admin.text()).contains("opened in an emergency");
    admin.open("emergencies.xhtml");
    assertThat(admin.text())
        .contains("dr.south")
        .contains(WHY)
        .contains(patient.id())
        .doesNotContain(patient.family())
        .doesNotContain(word);
    assertThat(admin.barriers()).isEmpty();
    var row = admin.find("tr", patient.id()).first();
    row.locator("summary").click();
    row.locator("input").fill("The patient could not speak");
    admin.follow(row.locator("button").first());
    assertThat(admin.find("tr", patient.id()).first().innerText())
        .contains("Justified: The patient could not speak");
  }
}
