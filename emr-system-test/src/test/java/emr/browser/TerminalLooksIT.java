package emr.browser;

import emr.system.Staff;
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
  void administratorsHaveNoBarriers(String language, String browser) {
    try (Desk desk = Desk.of("admin.north", browser)) {
      new Looks(desk, language)
          .at("staff", "staff.xhtml")
          .at("settings", "settings.xhtml")
          .at("policies", "policies.xhtml")
          .done();
    }
  }
}
