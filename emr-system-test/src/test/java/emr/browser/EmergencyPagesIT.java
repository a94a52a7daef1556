package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import emr.exchange.record.Refusal;
import emr.system.Entries;
import emr.system.Installation;
import emr.system.Staff;
import emr.system.Staff.Patient;
import emr.system.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaking the glass, as a physician and an administrator see it, at a terminal and the portal. */
class EmergencyPagesIT {

  private static final String WHY = "Found unconscious, brought by ambulance";

  @ParameterizedTest
  @ValueSource(strings = {"dr.south", "dr.east"}) // at a terminal, and at the portal
  void aRefusedChartIsOpenedForAnHourAndThePatientsHospitalJudgesIt(String user) {
    Terminal dr = Staff.of("dr.north");
    Patient patient = Staff.registered(dr);
    String word = Staff.word();
    Staff.stored(dr, dr.submit(Entries.bundle(Entries.pulse(patient.id(), 88, word))));

    try (Desk stranger = Desk.of(user);
        Desk admin = Desk.of("admin.north")) {
      breakTheGlass(stranger, patient);
      review(admin, user, patient, word);
      shutAgain(stranger, patient, word);
    }
  }

  @Test
  void aHospitalWithoutAServerIsToldAtThePortalAndJudgesThere() {
    try (Desk east = Desk.of("dr.east");
        Desk south = Desk.of("nurse.south");
        Desk admin = Desk.of("admin.east")) {
      String family = Staff.name();
      var patient = new Patient(east.register(family, "Mia", "6 Jun 1966"), family, "Mia");
      east.open("entry.xhtml?patient=" + patient.id());
      east.find("[data-field='vital-PULSE'] input").fill("88");
      east.press("#review");
      east.press("#sign-go");

      breakTheGlass(south, patient);
      review(admin, "nurse.south", patient, family);
      end(south, patient);
      assertThat(admin.open("home.xhtml").find("nav a", "Emergency access").count()).isEqualTo(1);
    }
  }

  @Test
  void whatIsWrittenInAnEmergencyAtThePortalIsRefusedAndNothingIsStored() {
    Patient patient = Staff.registered(Staff.of("dr.north"));
    String word = Staff.word();
    try (Desk east = Desk.of("dr.east")) {
      breakTheGlass(east, patient);
      write(east, patient, word);
      assertThat(east.text()).as(east.page().content()).contains(Refusal.NO_RIGHT);
      assertThat(east.find("#sign-go").count()).as("what was written is still there").isEqualTo(1);
      east.open("chart.xhtml?patient=" + patient.id());
      assertThat(east.text()).doesNotContain(word);
      end(east, patient);
    }
    assertThat(Staff.of("dr.north").chart(patient.id()).body()).doesNotContain(word);
  }

  @Test
  void whatIsWrittenInAnEmergencyAtATerminalIsJudgedByTheWritersOrdinaryRights() {
    Patient patient = Staff.registered(Staff.of("dr.north"));
    String word = Staff.word();
    try (Desk south = Desk.of("dr.south")) {
      breakTheGlass(south, patient);
      write(south, patient, word);
      Terminal author = Staff.of("dr.south");
      String submission = newest(author).path("submission").asText();
      if (author.submission(submission).path("state").asText().equals("HELD")) {
        author.send(submission);
      }
      assertThat(Staff.settled(author, submission).path("state").asText()).isEqualTo("SET_ASIDE");
      assertThat(south.open("home.xhtml").text()).contains("set aside");
      end(south, patient);
    }
    assertThat(Staff.of("dr.north").chart(patient.id()).body()).doesNotContain(word);
  }

  private static JsonNode newest(Terminal author) {
    return author.web().get("/outbox/submissions?limit=1").json().at("/submissions/0");
  }

  private static void write(Desk desk, Patient patient, String words) {
    desk.open("entry.xhtml?patient=" + patient.id());
    desk.find("#reason").fill(words);
    desk.find("#subjective").fill(words);
    desk.press("#review");
    desk.press("#sign-go");
  }

  @Test
  void aScreenReaderHearsEachFifthMinuteAndEachOfTheLastFive() {
    Patient patient = Staff.registered(Staff.of("dr.north"));
    try (Desk south = Desk.of("dr.south")) {
      breakTheGlass(south, patient);
      south.page().clock().install();
      south.open("chart.xhtml?patient=" + patient.id());
      Locator said = south.find("#glass [role=alert]");
      var heard = new ArrayList<String>(List.of(said.innerText()));
      for (int minute = 0; minute < 61; minute++) {
        south.page().clock().runFor(60_000);
        String now = said.innerText();
        if (!now.equals(heard.get(heard.size() - 1))) {
          heard.add(now);
        }
      }
      assertThat(heard)
          .extracting(words -> words.replaceAll("\\D", ""))
          .containsExactly(
              "60", "55", "50", "45", "40", "35", "30", "25", "20", "15", "10", "5", "4", "3", "2",
              "1", "");
      assertThat(heard.get(heard.size() - 1)).contains("time is over");
      end(south, patient);
    }
  }

  private static void breakTheGlass(Desk desk, Patient patient) {
    desk.page().navigate(desk.address("chart.xhtml?patient=" + patient.id()));
    assertThat(desk.text())
        .doesNotContainIgnoringCase(patient.family())
        .contains("Emergency access");
    desk.follow(desk.find("a", "Emergency access").first());
    assertThat(desk.find("#whose").inputValue()).isEqualTo(patient.id());
    assertThat(desk.barriers()).isEmpty();

    desk.find("#words").fill("too few");
    desk.press("#glass-break");
    assertThat(desk.text()).contains("Choose a reason").contains("at least 10 letters");
    desk.find("#reason").selectOption("CANNOT_SPEAK");
    desk.find("#words").fill(WHY);
    desk.find("#password").fill("not my password");
    desk.press("#glass-break");
    assertThat(desk.text()).contains("not your password");
    desk.find("#password").fill(Installation.DEMO_PASSWORD);
    desk.press("#glass-break");

    assertThat(desk.page().url()).contains("chart.xhtml");
    desk.open("chart.xhtml?patient=" + patient.id()); // with all its cards
    assertThat(desk.text()).containsIgnoringCase(patient.family());
    assertThat(desk.find("#glass").innerText()).contains("60 min left").contains(WHY);
    assertThat(desk.barriers()).isEmpty();
    for (String page : List.of("timeline", "results", "documents", "outside")) {
      desk.open(page + ".xhtml?patient=" + patient.id());
      assertThat(desk.find("#glass").count()).as("on every page of the patient").isEqualTo(1);
    }
    desk.open("home.xhtml");
    assertThat(desk.find("#glass").count()).isZero();
    Locator elsewhere =
        desk.find("[data-glass=elsewhere]", patient.family().toUpperCase(Locale.ROOT));
    assertThat(elsewhere.innerText())
        .as("and on every other page")
        .contains("min left")
        .doesNotContain(patient.id());
    assertThat(desk.barriers()).isEmpty();
    desk.follow(elsewhere.locator("a"));
    assertThat(desk.find("#glass").count()).isEqualTo(1);
  }

  private static void end(Desk desk, Patient patient) {
    desk.open("chart.xhtml?patient=" + patient.id());
    desk.press("#glass-end");
  }

  private static void shutAgain(Desk desk, Patient patient, String word) {
    desk.open("chart.xhtml?patient=" + patient.id());
    assertThat(desk.text()).contains("88");
    desk.press("#glass-end");
    assertThat(desk.text()).contains("ended").doesNotContain(patient.id());
    desk.page().navigate(desk.address("chart.xhtml?patient=" + patient.id()));
    assertThat(desk.text()).doesNotContainIgnoringCase(patient.family()).doesNotContain(word);
  }

  private static void review(Desk admin, String who, Patient patient, String word) {
    admin.open("emergencies.xhtml"); // reads the number that is otherwise believed for a minute
    admin.open("home.xhtml");
    assertThat(admin.text()).contains("opened in an emergency");
    admin.open("emergencies.xhtml");
    assertThat(admin.text())
        .contains(who)
        .contains(WHY)
        .contains("made ")
        .doesNotContain(patient.id())
        .doesNotContain("_history")
        .doesNotContain(patient.family())
        .doesNotContain(word);
    assertThat(admin.barriers()).isEmpty();
    var row = admin.find("tr:has(summary)", who).first(); // what waits, newest first
    row.locator("summary").click();
    row.locator("input").fill("The patient could not speak");
    admin.follow(row.locator("button").first());
    assertThat(admin.find("tr", "Justified: The patient could not speak").first().innerText())
        .contains(who);
  }
}
