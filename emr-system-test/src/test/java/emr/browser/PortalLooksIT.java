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
          .done();
    }
  }

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void operatorsHaveNoBarriers(String language, String browser) {
    try (Desk desk = Desk.of("operator", browser)) {
      new Looks(desk, language)
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
