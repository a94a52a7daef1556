package emr.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.system.Entries;
import emr.system.Installation;
import emr.system.Staff;
import emr.system.Terminal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page about rights, at terminal and portal: who may, who did, and who broke the glass. */
class RightsLooksIT {

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void rightsHaveNoBarriers(String language, String browser) {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    Staff.stored(north, north.submit(Entries.bundle(Entries.pulse(patient.id(), 64, "calm"))));
    ObjectNode refusal = Entries.policy(patient.id(), "south", "READ").put("refuses", true);
    String refused =
        Staff.settled(north, north.policy(refusal).path("submission").asText())
            .at("/records/0/reference")
            .asText();
    north.policy(Entries.policy(patient.id(), "east", "READ", "STORE"));
    Staff.settled(
        north, north.withdrawPolicy(refused.replace("Consent/", "")).path("submission").asText());
    try (Desk desk = Desk.of("dr.north", browser)) {
      new Looks(desk, language)
          .at("rights", "rights.xhtml?patient=" + patient.id())
          .at("seen", "seen.xhtml?patient=" + patient.id())
          .at("report", "report.xhtml?patient=" + patient.id())
          .at("policies", "policies.xhtml")
          .done();
    }
    try (Desk desk = Desk.of("dr.south", browser)) {
      emergency(desk, language, "emergency", patient.id());
    }
    try (Desk desk = Desk.of("admin.north", browser)) {
      new Looks(desk, language).at("emergencies", "emergencies.xhtml").done();
    }
  }

  @ParameterizedTest
  @CsvSource({"en,en-GB", "ja,ja-JP"})
  void rightsAtThePortalHaveNoBarriers(String language, String browser) {
    Staff.Patient patient = Staff.registered(Staff.of("dr.north"));
    try (Desk desk = Desk.of("dr.east", browser)) {
      String own = desk.register(Staff.name(), "Rita", "1966-06-06");
      new Looks(desk, language)
          .at("portal-rights", "rights.xhtml?patient=" + own)
          .at("portal-rights-all", "rights.xhtml")
          .at("portal-seen", "seen.xhtml?patient=" + own)
          .done();
      emergency(desk, language, "portal-emergency", patient.id());
    }
    try (Desk desk = Desk.of("admin.east", browser)) {
      new Looks(desk, language)
          .at("portal-admin", "home.xhtml")
          .at("portal-emergencies", "emergencies.xhtml")
          .done();
    }
  }

  private static void emergency(Desk desk, String language, String name, String patient) {
    desk.openRefused("chart.xhtml?patient=" + patient);
    desk.shoot(name + "-refused-" + language);
    Looks looks = new Looks(desk, language).at(name, "emergency.xhtml?patient=" + patient);
    desk.press("#glass-break");
    looks.here(name + "-complaints");
    desk.find("#reason").selectOption("CANNOT_SPEAK");
    desk.find("#words").fill("Found unconscious, brought by ambulance");
    desk.find("#password").fill(Installation.DEMO_PASSWORD);
    desk.press("#glass-break");
    looks.at(name + "-chart", "chart.xhtml?patient=" + patient).done();
  }
}
