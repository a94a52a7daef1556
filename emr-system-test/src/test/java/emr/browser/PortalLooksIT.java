package emr.browser;

import emr.system.Staff;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of the centre's portal, in both languages, in every colouring, at two widths. */
class PortalLooksIT {

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void staffHaveNoBarriers(String language, String browser) {
    try (Desk desk = Desk.of("dr.east", browser)) {
      String patient = desk.register(Staff.name(), "Nina", "1966-06-06");
      new Looks(desk, language)
          .at("portal-home", "home.xhtml")
          .at("portal-patients", "patients.xhtml")
          .at("portal-chart", "chart.xhtml?patient=" + patient)
          .at("portal-entry", "entry.xhtml?patient=" + patient)
          .at("portal-stamps", "stamps.xhtml")
          .at("portal-help", "keys.xhtml")
          .at("portal-account", "account.xhtml")
          .done();
    }
  }

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void chartsHaveNoBarriers(String language, String browser) {
    try (Desk desk = Desk.of("dr.east", browser)) {
      String patient = "patient=" + desk.register(Staff.name(), "Nora", "1967-06-06");
      desk.writeEntry(patient.substring("patient=".length()), Staff.word());
      desk.press("#sign-go");
      desk.open("timeline.xhtml?" + patient);
      String record = desk.find("main tbody th a").first().getAttribute("href");
      new Looks(desk, language)
          .at("portal-timeline", "timeline.xhtml?" + patient)
          .at("portal-results", "results.xhtml?" + patient)
          .at("portal-documents", "documents.xhtml?" + patient)
          .at("portal-outside", "outside.xhtml?" + patient)
          .at("portal-record", record)
          .at("portal-addition", record + "&add=yes")
          .at("portal-rights", "rights.xhtml?" + patient)
          .at("portal-seen", "seen.xhtml?" + patient)
          .at("portal-report", "report.xhtml?" + patient)
          .done();
    }
  }

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void operatorsHaveNoBarriers(String language, String browser) {
    try (Desk desk = Desk.of("operator", browser)) {
      desk.open("operator/home.xhtml");
      String hospital = desk.find("main a[href*='hospital.xhtml']").first().getAttribute("href");
      new Looks(desk, language)
          .at("operator-hospital", hospital)
          .at("operator-help", "operator/keys.xhtml")
          .at("operator-account", "operator/account.xhtml")
          .at("operator-home", "operator/home.xhtml")
          .at("operator-audit", "operator/audit.xhtml")
          .at("operator-charges", "operator/charges.xhtml")
          .at("operator-tariffs", "operator/tariffs.xhtml")
          .at("operator-partners", "operator/partners.xhtml")
          .at("operator-onboard", "operator/onboard.xhtml")
          .at("operator-staff", "operator/staff.xhtml")
          .done();
    }
  }
}
