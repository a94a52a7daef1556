package emr.browser;

import emr.system.Entries;
import emr.system.Staff;
import emr.system.Terminal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of a hospital's terminal, in both languages, in every colouring, at two widths. */
class TerminalLooksIT {

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void staffHaveNoBarriers(String language, String browser) {
    try (Desk desk = Desk.of("dr.north", browser)) {
      String family = Staff.name();
      String patient = desk.register(family, "Nina", "1966-06-06");
      desk.writeEntry(patient, Staff.word());
      var looks = new Looks(desk, language);
      looks.here("sign");
      desk.press("#sign-go");
      looks
          .at("home", "home.xhtml")
          .at("chart", "chart.xhtml?patient=" + patient)
          .at("entry", "entry.xhtml?patient=" + patient)
          .at("outbox", "outbox.xhtml")
          .at("stamps", "stamps.xhtml")
          .at("help", "keys.xhtml")
          .at("account", "account.xhtml");
      desk.open("patients.xhtml");
      desk.page().locator("#query").fill(family);
      desk.press("#search-go");
      looks.here("search").done();
    }
  }

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void chartsHaveNoBarriers(String language, String browser) {
    Terminal north = Staff.of("dr.north");
    Staff.Patient person = Staff.registered(north);
    String note = note(north, person);
    try (Desk desk = Desk.of("dr.north", browser)) {
      String patient = "patient=" + person.id();
      var looks =
          new Looks(desk, language)
              .at("timeline", "timeline.xhtml?" + patient)
              .at("results", "results.xhtml?" + patient)
              .at("documents", "documents.xhtml?" + patient)
              .at("outside", "outside.xhtml?" + patient)
              .at("record", "record.xhtml?" + patient + note)
              .at("addition", "record.xhtml?add=yes&" + patient + note)
              .at("rights", "rights.xhtml?" + patient)
              .at("seen", "seen.xhtml?" + patient)
              .at("report", "report.xhtml?" + patient)
              .at("emergency", "emergency.xhtml?" + patient);
      desk.open("results.xhtml?" + patient);
      desk.follow(desk.find("main tbody th a").first());
      looks.here("plot").done();
    }
  }

  /** A pulse of two versions; its address among the pages. */
  private static String note(Terminal north, Staff.Patient person) {
    var first = Entries.pulse(person.id(), 71, Staff.word());
    var saved = north.submit(Entries.bundle(first));
    Staff.stored(north, saved);
    String record = saved.ids().get(0);
    var second = Entries.pulse(person.id(), 72, Staff.word());
    Staff.stored(north, north.submit(Entries.addition(record, 1, second)));
    return "&type=Observation&id=" + record.substring(record.indexOf('/') + 1);
  }

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void administratorsHaveNoBarriers(String language, String browser) {
    try (Desk desk = Desk.of("admin.north", browser)) {
      new Looks(desk, language)
          .at("staff", "staff.xhtml")
          .at("settings", "settings.xhtml")
          .at("policies", "policies.xhtml")
          .at("emergencies", "emergencies.xhtml")
          .done();
    }
  }
}
