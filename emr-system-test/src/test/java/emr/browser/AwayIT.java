package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import emr.system.Servers;
import emr.system.Staff;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Staff at a terminal while the centre does not answer. */
class AwayIT {

  private enum Absence {
    /** It takes what it is sent, and answers nothing. */
    HANGS,
    /** Nobody listens where it was. */
    GONE
  }

  @AfterEach
  void theCentreAnswersAgain() throws Exception {
    Servers.goOn("centre");
  }

  @ParameterizedTest
  @EnumSource(Absence.class)
  @Tag("claim-04")
  @Tag("claim-05")
  void whatIsHereIsReadAndAddedToAndGoesToTheCentreLater(Absence absence) throws Exception {
    String family = Staff.name();
    String before = Staff.word();
    String meanwhile = Staff.word();
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(family, "Ada", "14 Mar 1959");
      String chart = "chart.xhtml?patient=" + patient;
      desk.writeEntry(patient, before);
      desk.press("#sign-go");
      if (absence == Absence.HANGS) {
        Servers.hang("centre");
      } else {
        Servers.kill("centre");
      }

      desk.open(chart).open(chart); // the first finds out
      assertThat(desk.text())
          .contains(before + " syndrome")
          .contains("Centre away since")
          .contains("outside records fetched before");
      assertThat(desk.find(".banner .tag", "Allergies could not all be read").count()).isEqualTo(1);
      assertThat(desk.barriers()).isEmpty();
      desk.shoot("chart-centre-" + absence);

      desk.typeEntry(patient, meanwhile);
      desk.press("#review");
      assertThat(desk.find("#sign-go").count()).as("a drug beside unread allergies").isZero();
      assertThat(desk.find("[data-emr=first-error]").innerText())
          .contains("The allergies in the chart could not all be read");
      assertThat(desk.barriers()).isEmpty();
      desk.shoot("entry-centre-" + absence);
      desk.find("[data-field='unread'] input").check();
      desk.press("#review");
      assertThat(desk.find("#sign-go").count()).as(desk.text()).isEqualTo(1);
      assertThat(desk.find("#sign").innerText()).contains("does not mean that there is none");
      TerminalIT.chooseSendNow(desk);
      desk.press("#sign-go");
      assertThat(desk.open(chart).text()).contains(meanwhile + " syndrome");

      Servers.goOn("centre");
      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(90),
                  () -> desk.open("outbox.xhtml").text().contains("Centre reachable")))
          .isTrue();
      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(90),
                  () ->
                      desk.open("outbox.xhtml?state=DELETED")
                          .text()
                          .contains(family.toUpperCase())))
          .as("it is at the centre")
          .isTrue();
    }
  }
}
