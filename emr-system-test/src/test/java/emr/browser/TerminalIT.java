package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import emr.exchange.record.PatientId;
import emr.system.Entries;
import emr.system.Staff;
import emr.system.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hospital's staff at its terminals. */
class TerminalIT {

  @Test
  void aWrongPasswordOpensNothing() {
    try (Desk desk = Desk.atTerminal("north")) {
      desk.signIn("dr.north", "not the password");
      assertThat(desk.find("#password").count()).isEqualTo(1);
      assertThat(desk.text()).contains("do not belong together");
      desk.page().navigate(Staff.INSTALLATION.hospital("north") + "terminal/home.xhtml");
      assertThat(desk.find("#password").count()).as("the page asks to sign in").isEqualTo(1);
    }
  }

  @Test
  @Tag("claim-01")
  @Tag("claim-04")
  @Tag("claim-05")
  @Tag("claim-22")
  void aPhysicianRegistersAPatientAndMakesRecordsOfEachKind() {
    String words = Staff.word();
    try (Desk desk = Desk.of("dr.north")) {
      String family = Staff.name();
      String patient = desk.register(family, "Ada", "14 Mar 1959");
      desk.writeEntry(patient, words);
      assertThat(desk.text()).containsIgnoringCase(family).contains("about to sign for");
      desk.press("#sign-go");

      desk.open("chart.xhtml?patient=" + patient);
      assertThat(desk.page().title()).containsIgnoringCase(family);
      assertThat(desk.text())
          .contains(words + " syndrome")
          .contains(words + " pollen")
          .contains(words + " tablets")
          .contains("71")
          .contains("128/82")
          .contains("Held");
      assertThat(desk.barriers()).isEmpty();
    }
  }

  @Test
  void staffSeeWhoSawAChartAndWhoWasRefused() {
    Staff.Patient patient = Staff.registered(Staff.of("dr.north"));
    Staff.server("south").fhir("/Patient/" + patient.id(), new PatientId(patient.id()));
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("chart.xhtml?patient=" + patient.id());
      desk.follow(desk.find("nav a", "Who saw this chart"));
      assertThat(desk.text())
          .containsIgnoringCase(patient.family())
          .contains("dr.north")
          .contains("dr.south")
          .contains("no rule and no policy gives the right");
      assertThat(desk.find(".banner").innerText()).contains("Allergies are not shown here");
      assertThat(desk.barriers()).isEmpty();
      desk.open("seen.xhtml?refused=true&patient=" + patient.id());
      assertThat(desk.find("tbody", "dr.south").count()).isPositive();
      assertThat(desk.find("tbody", "dr.north").count()).isZero();

      desk.follow(desk.find("a", "Signed statement for the patient"));
      assertThat(desk.text())
          .containsIgnoringCase(patient.family())
          .contains("dr.south")
          .contains("Signed by the centre, verified");
      assertThat(desk.barriers()).isEmpty();
    }
  }

  @Test
  @Tag("claim-05")
  @Tag("claim-06")
  @Tag("claim-07")
  @Tag("claim-23")
  void theOutboxShowsWhatIsHeldAndSendsIt() {
    try (Desk desk = Desk.of("dr.north")) {
      String family = Staff.name();
      String patient = desk.register(family, "Ida", "2 Feb 1962");
      desk.writeEntry(patient, Staff.word());
      desk.press("#sign-go");
      desk.open("outbox.xhtml?state=HELD");
      assertThat(row(desk, family)).contains("Held");
      assertThat(desk.barriers()).isEmpty();

      desk.follow(desk.find("tr", family.toUpperCase()).locator("button", named("Send now")));
      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(60),
                  () -> {
                    desk.open("outbox.xhtml?state=DELETED");
                    return desk.find("tr", family.toUpperCase()).count() == 2;
                  }))
          .as("registration and entry are stored at the centre and deleted here")
          .isTrue();
    }
  }

  @Test
  @Tag("claim-05")
  void whatIsHeldIsRecalledWithAReason() {
    try (Desk desk = Desk.of("dr.north")) {
      String family = Staff.name();
      String patient = desk.register(family, "Una", "2 Feb 1963");
      desk.writeEntry(patient, Staff.word());
      desk.press("#sign-go");
      desk.open("outbox.xhtml?state=HELD");
      Locator row = desk.find("tr", family.toUpperCase());
      row.locator("summary", named("Recall")).click();
      row.locator("input[type=text]").fill("It belongs to another patient");
      desk.follow(row.locator("button.danger", named("Recall")));
      desk.open("outbox.xhtml?state=RECALLED");
      assertThat(row(desk, family)).contains("Recalled");
    }
  }

  @Test
  @Tag("claim-05")
  void aReasonGoesWithTheRowItWasTypedIn() {
    try (Desk desk = Desk.of("dr.north")) {
      String one = Staff.name();
      String other = Staff.name();
      for (String family : List.of(one, other)) {
        String patient = desk.register(family, "Lea", "2 Feb 1964");
        desk.writeEntry(patient, Staff.word());
        desk.press("#sign-go");
      }
      desk.open("outbox.xhtml?state=HELD");
      explain(desk, one);
      unfold(desk, other);
      recall(desk, other);
      desk.open("outbox.xhtml?state=HELD");
      assertThat(row(desk, other)).as("it was given no reason").contains("Held");

      explain(desk, other);
      explain(desk, one); // further down: what was typed last is not what counts
      recall(desk, other);
      desk.open("outbox.xhtml?state=RECALLED");
      assertThat(row(desk, other)).contains("wrong with " + other);
      desk.open("outbox.xhtml?state=HELD");
      assertThat(row(desk, one)).contains("Held");
    }
  }

  private static void explain(Desk desk, String family) {
    unfold(desk, family).locator("input[type=text]").fill("What is wrong with " + family);
  }

  /** By the keyboard, as the button below: the box of another row may lie above them. */
  private static Locator unfold(Desk desk, String family) {
    Locator row = desk.find("tr", family.toUpperCase());
    row.locator("summary", named("Recall")).press("Enter");
    return row;
  }

  @SuppressWarnings("deprecation") // a key alone waits for no page
  private static void recall(Desk desk, String family) {
    Locator button =
        desk.find("tr", family.toUpperCase()).locator("button.danger", named("Recall"));
    desk.page().waitForNavigation(() -> button.press("Enter"));
  }

  @Test
  @Tag("claim-05")
  void severalAreRecalledForOneReasonOrSentAtOnce() {
    Terminal north = Staff.of("dr.north");
    String one = heldForSomebody(north);
    String other = heldForSomebody(north);
    String third = heldForSomebody(north);
    String why = "Both are of the wrong day, " + Staff.word();
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("outbox.xhtml?state=HELD");
      pick(desk, one);
      pick(desk, other);
      desk.find(".bulk summary").click();
      desk.press(".bulk button.danger");
      assertThat(row(desk, one)).as("no reason was given").contains("Held");

      desk.open("outbox.xhtml?state=HELD");
      pick(desk, one);
      pick(desk, other);
      desk.find(".bulk summary").click();
      desk.find(".bulk input[type=text]").fill(why);
      desk.press(".bulk button.danger");
      desk.open("outbox.xhtml?state=RECALLED");
      assertThat(row(desk, one)).contains(why);
      assertThat(row(desk, other)).contains(why);

      desk.open("outbox.xhtml?state=HELD");
      pick(desk, third);
      desk.press("#send-picked");
      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(60),
                  () -> row(desk.open("outbox.xhtml?state=DELETED"), third).contains("Deleted")))
          .as("what was not recalled is sent")
          .isTrue();
    }
  }

  /** A record that waits here; the family name of its patient. */
  private static String heldForSomebody(Terminal north) {
    Staff.Patient patient = Staff.registered(north);
    north.submit(Entries.bundle(Entries.pulse(patient.id(), 71, Staff.word())));
    return patient.family();
  }

  private static void pick(Desk desk, String family) {
    desk.find("tr", family.toUpperCase()).first().locator("input[type=checkbox]").check();
  }

  @Test
  void whatSomebodyActsForIsChosenAndNoted() {
    Staff.Patient patient = Staff.registered(Staff.of("dr.north"));
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("chart.xhtml?patient=" + patient.id());
      assertThat(desk.find(".bar-as").innerText()).contains("for treatment");
      desk.find("details[data-emr=purpose] summary").click();
      assertThat(desk.barriers()).isEmpty();
      desk.press("[data-purpose=PAYMENT]");
      assertThat(desk.page().url()).as("the same page").contains("patient=" + patient.id());
      assertThat(desk.find(".bar-as").innerText()).contains("for payment");
      desk.open("seen.xhtml?patient=" + patient.id());
      assertThat(desk.find("main tbody").innerText()).contains("Payment").contains("Treatment");
    }
    try (Desk desk = Desk.of("clerk.north")) {
      desk.open("home.xhtml");
      assertThat(desk.find("[data-purpose]").count()).isEqualTo(2);
      assertThat(desk.find("[data-purpose=TREATMENT]").count()).isZero();
    }
  }

  @Test
  void whatIsCountedAndSetIsNamedInPeoplesWords() {
    try (Desk desk = Desk.of("dr.north")) {
      desk.register(Staff.name(), "Ada", "6 Jun 1967");
      desk.open("home.xhtml");
      assertThat(desk.text())
          .contains("Patients you wrote for before today")
          .contains("Your submissions not yet at the centre");
      assertThat(desk.find("[data-emr=link]").innerText()).matches(".* submissions? unsent");
    }
    try (Desk desk = Desk.of("admin.north")) {
      desk.open("settings.xhtml");
      assertThat(desk.find("#holds tbody").innerText()).doesNotContain("Consent");
      assertThat(desk.barriers()).isEmpty();
    }
  }

  private static String row(Desk desk, String family) {
    return desk.find("tr", family.toUpperCase()).first().innerText();
  }

  private static Locator.LocatorOptions named(String text) {
    return new Locator.LocatorOptions().setHasText(text);
  }

  @Test
  @Tag("claim-05")
  @Tag("claim-16")
  @Tag("claim-17")
  @Tag("claim-26")
  void anAdditionStandsBesideTheOriginal() {
    String words = Staff.word();
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Eva", "3 Mar 1963");
      desk.writeEntry(patient, words);
      desk.press("#sign-go");
      desk.open("chart.xhtml?patient=" + patient);
      desk.follow(desk.find("a", words + " syndrome").first());
      String record = desk.page().url().replaceAll("&(version|view|add)=[^&]*", "");
      desk.page().navigate(record + "&add=yes");
      desk.page().locator("#addition").fill("Confirmed by " + words + " test");
      desk.press("#sign-go");
      desk.page().navigate(record + "&version=2");

      assertThat(desk.text())
          .contains("Nothing here was ever overwritten")
          .contains("Original beside version 2")
          .contains("Confirmed by " + words + " test");
      assertThat(desk.find(".pair article").count()).isEqualTo(2);
      assertThat(desk.find(".pair article").first().innerText())
          .contains(words + " syndrome")
          .doesNotContain("Confirmed by");
      assertThat(desk.barriers()).isEmpty();
    }
  }

  @Test
  @Tag("claim-08")
  @Tag("claim-10")
  @Tag("claim-11")
  @Tag("claim-14")
  @Tag("claim-15")
  void aRightSignedOnTheRightsPageOpensTheChartToTheOtherHospital() {
    String words = Staff.word();
    String family = Staff.name();
    try (Desk north = Desk.of("dr.north");
        Desk south = Desk.of("dr.south")) {
      String patient = north.register(family, "Lea", "4 Apr 1964");
      north.writeEntry(patient, words);
      chooseSendNow(north);
      north.press("#sign-go");
      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(60),
                  () -> !chart(north, patient).contains("not yet at the centre")))
          .isTrue();
      south
          .page()
          .navigate(
              Staff.INSTALLATION.hospital("south") + "terminal/chart.xhtml?patient=" + patient);
      assertThat(south.text()).doesNotContain(words).doesNotContainIgnoringCase(family);

      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(90),
                  () -> {
                    north.open("rights.xhtml?patient=" + patient);
                    return north.find("#hospital").innerText().contains("South Clinic");
                  }))
          .as("the centre has told which hospitals there are")
          .isTrue();
      assertThat(north.barriers()).isEmpty();
      north.find("#hospital").selectOption("South Clinic");
      north.find("#read").check();
      north.press("#simulate");
      assertThat(north.find("#grant table").innerText()).contains("Registration\t1\t0\t1\tno\tno");
      north.press("#policy-sign");
      assertThat(north.text()).contains("South Clinic");

      assertThat(
              Staff.eventually(Duration.ofSeconds(60), () -> chart(south, patient).contains(words)))
          .as("south sees the chart")
          .isTrue();
    }
  }

  @Test
  @Tag("claim-10")
  @Tag("claim-11")
  @Tag("claim-14")
  void aReferralOpensTheChartToTheOtherHospitalUntilItIsWithdrawn() {
    Staff.Patient person = Staff.registered(Staff.of("dr.north"));
    try (Desk north = Desk.of("dr.north")) {
      refer(north, person.id(), person.family());
    }
    try (Desk east = Desk.of("dr.east")) { // which has no server
      String family = Staff.name();
      refer(east, east.register(family, "Rea", "5 May 1965"), family);
    }
  }

  private static void refer(Desk desk, String patient, String family) {
    String why = "Suspected stenosis " + Staff.word();
    String rights = "rights.xhtml?patient=" + patient;
    try (Desk south = Desk.of("dr.south")) {
      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(90),
                  () ->
                      desk.open(rights)
                          .find("#refer-hospital")
                          .innerText()
                          .contains("South Clinic")))
          .as("the centre has told which hospitals there are")
          .isTrue();
      desk.press("#refer-sign");
      assertThat(desk.text()).contains("No hospital is chosen").contains("Say why");
      assertThat(desk.barriers()).isEmpty();
      desk.find("#refer-hospital").selectOption("South Clinic");
      desk.find("#refer-urgent").selectOption("true");
      desk.find("#refer-reason").fill(why);
      desk.press("#refer-sign");
      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(60),
                  () ->
                      chart(south, patient)
                          .toLowerCase(Locale.ROOT)
                          .contains(family.toLowerCase(Locale.ROOT))))
          .as("south sees the chart")
          .isTrue();

      desk.open(rights);
      assertThat(desk.barriers()).isEmpty();
      desk.follow(desk.find("#given a", "Referral: " + why));
      assertThat(desk.text()).contains(why).contains("South Clinic").contains("Urgent");

      desk.open(rights);
      Locator row = desk.find("#given tr", "Referral: " + why);
      row.locator("summary").click();
      row.locator("input[type=text]").fill("Seen, and sent back");
      desk.follow(row.locator("button.danger"));
      assertThat(
              Staff.eventually(
                  Duration.ofSeconds(60),
                  () ->
                      !chart(south, patient)
                          .toLowerCase(Locale.ROOT)
                          .contains(family.toLowerCase(Locale.ROOT))))
          .as("the chart is shut again")
          .isTrue();
    }
  }

  /** Chooses to send at once. */
  static void chooseSendNow(Desk desk) {
    desk.find(".choice", "Send now").locator("input[type=radio]").check();
  }

  private static String chart(Desk desk, String patient) {
    desk.page()
        .navigate(
            desk.page().url().replaceAll("/terminal/.*", "/terminal/chart.xhtml")
                + "?patient="
                + patient);
    desk.settle();
    return desk.text();
  }

  @Test
  void aClerkSeesNoClinicalPartOfAChart() {
    String words = Staff.word();
    try (Desk dr = Desk.of("dr.north");
        Desk clerk = Desk.of("clerk.north")) {
      String patient = dr.register(Staff.name(), "Pia", "5 May 1965");
      dr.writeEntry(patient, words);
      dr.press("#sign-go");
      assertThat(chart(clerk, patient)).doesNotContain(words);
    }
  }

  @Test
  void theSignInPageHasNoBarriers() {
    try (Desk desk = Desk.atTerminal("south")) {
      desk.page().navigate(Staff.INSTALLATION.hospital("south") + "terminal/");
      assertThat(desk.barriers()).isEmpty();
    }
  }
}
