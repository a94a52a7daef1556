package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import emr.system.Entries;
import emr.system.Installation;
import emr.system.Staff;
import emr.system.Terminal;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nothing that somebody types is lost, and nobody else gets to see it. */
class EntryIT {

  private static final String POST =
      """
      async ([path, header, body]) => (await fetch(path, { method: 'POST', body,
        headers: { 'Content-Type': 'application/json', ...(header ? { 'X-EMR': '1' } : {}) } })).status""";

  @Test
  void aDraftOutlivesTheBrowserAndIsGoneOnceSigned() {
    String words = "Coughs since " + Staff.word();
    String family = Staff.name();
    String patient;
    try (Desk desk = Desk.of("dr.north")) {
      patient = desk.register(family, "Ona", "1967-07-07");
      type(desk, patient, words);
    }
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("home.xhtml");
      desk.follow(desk.find("main .items a", family.toUpperCase()).first());
      assertThat(desk.find("#subjective").inputValue()).isEqualTo(words);
      assertThat(desk.find("[data-field='vital-PULSE'] input").inputValue()).isEqualTo("71");
      desk.press("#review");
      desk.press("#sign-go");
      desk.open("home.xhtml");
      assertThat(desk.find("main .items a[href*='draft=']", family.toUpperCase()).count()).isZero();
      desk.open("entry.xhtml?patient=" + patient);
      assertThat(desk.find("#subjective").inputValue()).isEmpty();
    }
  }

  @Test
  void whatIsMarkedAsDelicateSaysSoAndIsNotOpenedByAPolicyThatDoesNotNameIt() {
    String plain = Staff.word();
    String delicate = Staff.word();
    Terminal north = Staff.of("dr.north");
    try (Desk desk = Desk.of("dr.north");
        Desk south = Desk.of("dr.south")) {
      String patient = desk.register(Staff.name(), "Ima", "1971-01-01");
      note(desk, patient, plain, "NORMAL");
      note(desk, patient, delicate, "PSYCHIATRY");
      desk.open("timeline.xhtml?patient=" + patient);
      assertThat(desk.find("tr .tag", "Mental health").count()).as("visit and note").isEqualTo(2);
      assertThat(desk.barriers()).isEmpty();
      desk.open("documents.xhtml?patient=" + patient);
      assertThat(desk.find("tr .tag", "Mental health").count()).isEqualTo(1);
      desk.open("chart.xhtml?patient=" + patient);
      assertThat(desk.find(".items .tag", "Mental health").count()).isPositive();
      desk.follow(desk.find(".items li", "Mental health").locator("a").first());
      assertThat(desk.find(".page-head").innerText()).contains("Mental health");
      assertThat(desk.barriers()).isEmpty();

      Staff.settled(
          north,
          north.policy(Entries.policy(patient, "south", "READ")).path("submission").asText());
      read(south, patient, plain);
      assertThat(south.text()).doesNotContain(delicate, "Mental health");

      ObjectNode named = Entries.policy(patient, "south", "READ").put("role", "PHYSICIAN");
      named.putArray("sensitivities").add("N").add("PSY");
      Staff.settled(north, north.policy(named).path("submission").asText());
      read(south, patient, delicate);
      assertThat(south.text()).contains(plain, "Mental health");
    }
  }

  @Test
  void whatIsOrderedStandsInTheChartAndIsAskedAboutWhenItIsOrderedAgain() {
    for (String user : new String[] {"dr.north", "dr.east"}) {
      try (Desk desk = Desk.of(user)) {
        String patient = desk.register(Staff.name(), "Ora", "1973-03-03");
        order(desk, patient);
        assertThat(desk.text()).contains("Orders").contains("Potassium (Urgent): Fasting");
        desk.press("#sign-go");
        desk.open("timeline.xhtml?patient=" + patient);
        desk.follow(desk.find("main tbody th a", "Potassium").first());
        assertThat(desk.text()).contains("Laboratory test").contains("Fasting");
        assertThat(desk.barriers()).isEmpty();

        order(desk, patient);
        assertThat(desk.find("#sign-go").count()).as("it is ordered already").isZero();
        assertThat(desk.text()).contains("Ordered already");
        assertThat(desk.barriers()).isEmpty();
        desk.find("[data-field=order] input[type=checkbox]").check();
        desk.press("#review");
        assertThat(desk.find("#sign-go").count()).as(desk.text()).isEqualTo(1);
      }
    }
    try (Desk nurse = Desk.of("nurse.north")) {
      String patient = Staff.registered(Staff.of("dr.north")).id();
      nurse.open("entry.xhtml?patient=" + patient);
      assertThat(nurse.find("[data-field=order]").count()).as("nurses order nothing").isZero();
    }
  }

  private static void order(Desk desk, String patient) {
    desk.open("entry.xhtml?patient=" + patient);
    desk.fillCoded("order", "Potassium");
    desk.find("[data-field=order] select").selectOption("urgent");
    desk.find("[data-field=order] input[id$=order-note]").fill("Fasting");
    assertThat(desk.barriers()).isEmpty();
    desk.press("#review");
  }

  private static void note(Desk desk, String patient, String words, String sensitivity) {
    desk.open("entry.xhtml?patient=" + patient);
    desk.find("#reason").fill(words);
    desk.find("#sensitivity").selectOption(sensitivity);
    desk.find("#subjective").fill(words);
    assertThat(desk.barriers()).isEmpty();
    desk.press("#review");
    assertThat(desk.text().contains("Mental health")).isEqualTo(!sensitivity.equals("NORMAL"));
    desk.find(".choice", "Send now").locator("input[type=radio]").check();
    desk.press("#sign-go");
  }

  private static void read(Desk desk, String patient, String words) {
    assertThat(
            Staff.eventually(
                Duration.ofSeconds(20),
                () ->
                    desk.open("timeline.xhtml?patient=" + patient + "&period=all")
                        .text()
                        .contains(words)))
        .as("%s is shown to another hospital", words)
        .isTrue();
  }

  private static void type(Desk desk, String patient, String words) {
    desk.open("entry.xhtml?patient=" + patient);
    desk.find("#subjective").fill(words);
    desk.find("[data-field='vital-PULSE'] input").fill("71");
    desk.page().waitForTimeout(2_500); // leaving the first field saved it without the second
    saved(desk);
  }

  private static void saved(Desk desk) {
    desk.find("[data-emr=draft-state]", "Draft saved")
        .waitFor(new Locator.WaitForOptions().setTimeout(15_000));
    assertThat(desk.page().url()).contains("draft=");
  }

  @Test
  void aLostSessionAsksWhoIsThereAndKeepsWhatWasTyped() {
    String words = "Sleeps badly, " + Staff.word();
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Ulla", "1968-08-08");
      type(desk, patient, "First words");
      desk.find("#subjective").focus();
      desk.page()
          .waitForTimeout(2_500); // until nothing is left to be saved: the lock takes the focus
      desk.page().context().clearCookies();
      desk.find("#subjective").fill(words);
      Locator lock = desk.find("dialog[data-emr=lock]");
      lock.waitFor(
          new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE).setTimeout(15_000));
      assertThat(desk.barriers()).isEmpty();
      lock.locator("input[type=password]").fill("wrong");
      lock.locator("button[type=submit]").click();
      lock.locator("[role=alert]:not(:empty)").waitFor();
      lock.locator("input[type=password]").fill(Installation.DEMO_PASSWORD);
      lock.locator("button[type=submit]").click();
      desk.find("html:not([data-locked])").waitFor();
      assertThat(desk.find("#subjective").inputValue()).isEqualTo(words);
      desk.press("#review");
      assertThat(desk.text()).contains(words);
      desk.press("#sign-go");
      assertThat(desk.page().url()).contains("chart.xhtml");
    }
  }

  @Test
  void theBackButtonBringsBackWhatWasTyped() {
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Edda", "1969-09-09");
      type(desk, patient, "Headache");
      desk.open("home.xhtml");
      desk.page().goBack();
      assertThat(desk.find("#subjective").inputValue()).isEqualTo("Headache");
    }
  }

  @Test
  void aDraftIsItsAuthorsAlone() {
    String id = UUID.randomUUID().toString();
    try (Desk doctor = Desk.of("dr.north");
        Desk nurse = Desk.of("nurse.north")) {
      String patient = doctor.register(Staff.name(), "Ada", "1970-01-01");
      String body =
          "{\"id\": \"%s\", \"patient\": \"%s\", \"name\": \"x\", \"fields\": {\"plan.0\": \"x\"}}"
              .formatted(id, patient);
      assertThat(post(doctor.page(), "beside/draft", true, body)).isEqualTo(204);
      assertThat(post(nurse.page(), "beside/draft", true, body)).isEqualTo(403);
      assertThat(post(doctor.page(), "beside/draft", false, body)).isEqualTo(403);
      assertThat(post(doctor.page(), "beside/draft", true, "{\"id\": 1}")).isEqualTo(400);
      assertThat(post(doctor.page(), "beside/draft", true, "no JSON")).isEqualTo(400);
      nurse.open("entry.xhtml?patient=" + patient + "&draft=" + id);
      assertThat(nurse.find("#plan").count() == 0 || nurse.find("#plan").inputValue().isEmpty())
          .isTrue();
    }
  }

  @Test
  void whatIsTooLongForADraftSaysWhatToDo() {
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Ina", "1970-01-01");
      desk.open("entry.xhtml?patient=" + patient);
      desk.find("#subjective").fill("long ".repeat(21_000));
      desk.find("[data-emr=draft-state]", "write the rest as another entry")
          .waitFor(new Locator.WaitForOptions().setTimeout(15_000));
    }
  }

  private static int post(Page page, String path, boolean header, String body) {
    return (int) page.evaluate(POST, java.util.List.of(path, header, body));
  }

  @Test
  void aStampIsPutInByItsWordAndTab() {
    String word = Staff.word();
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("stamps.xhtml");
      desk.find("#word").fill(word);
      desk.find("#text").fill("No murmur, no oedema.");
      desk.press("#stamp-keep");
      assertThat(desk.text()).contains(";" + word);
      String patient = desk.register(Staff.name(), "Iris", "1971-01-01");
      desk.open("entry.xhtml?patient=" + patient);
      desk.find("#objective").focus();
      desk.page().keyboard().type("Heart: ;" + word);
      desk.page().keyboard().press("Tab");
      assertThat(desk.find("#objective").inputValue()).isEqualTo("Heart: No murmur, no oedema.");
      desk.open("stamps.xhtml");
      desk.follow(desk.find("tr", word).locator("button"));
      assertThat(desk.find("tbody", ";" + word).count()).isZero();
    }
  }

  @Test
  void whatSomebodyChoosesFollowsThem() {
    try (Desk desk = Desk.of("clerk.north")) {
      choose(desk, "ja", "dark");
      assertThat(desk.find("html").getAttribute("lang")).isEqualTo("ja");
    }
    try (Desk desk = Desk.of("clerk.north")) {
      assertThat(desk.find("html").getAttribute("lang")).isEqualTo("ja");
      assertThat(desk.find("html").getAttribute("data-theme")).isEqualTo("dark");
      assertThat(desk.text()).contains("送信箱").doesNotContain("Outbox");
      choose(desk, "en", "");
      assertThat(desk.find("html").getAttribute("lang")).isEqualTo("en");
    }
  }

  private static void choose(Desk desk, String language, String theme) {
    desk.open("home.xhtml");
    desk.find(".bar-user").click();
    desk.find("#language").selectOption(language);
    desk.find("#theme").selectOption(theme);
    desk.press("#choose");
  }

  @Test
  void theSignInPageSpeaksWhatTheBrowserAsksForUntilSomebodyChooses() {
    try (Desk desk = Desk.atTerminal("north")) {
      desk.page().navigate(Staff.INSTALLATION.hospital("north") + "terminal/sign-in.xhtml");
      assertThat(desk.find("html").getAttribute("lang")).isEqualTo("en");
      desk.press("#speak-ja");
      assertThat(desk.find("html").getAttribute("lang")).isEqualTo("ja");
      assertThat(desk.find("#go").innerText()).isEqualTo("サインイン");
    }
  }

  @Test
  void keysLeadEverywhereAndCanBeShown() {
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Olga", "1972-02-02");
      desk.open("chart.xhtml?patient=" + patient);
      desk.page().keyboard().press("?");
      assertThat(desk.find("dialog[data-emr=keys][open]").count()).isEqualTo(1);
      assertThat(desk.barriers()).isEmpty();
      desk.page().keyboard().press("Escape");
      assertThat(desk.find("dialog[open]").count()).isZero();
      desk.page().keyboard().press("n");
      desk.page().waitForURL("**/entry.xhtml*");
      desk.page().keyboard().press("g");
      desk.page().keyboard().press("b");
      desk.page().waitForURL("**/outbox.xhtml*");
      desk.page().keyboard().press("/");
      assertThat(desk.page().evaluate("document.activeElement.id")).isEqualTo("find-query");
    }
  }
}
