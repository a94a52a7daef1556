package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import emr.exchange.Keys;
import emr.system.Staff;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The centre's portal: a hospital without a server of its own, and the centre's operator. */
class PortalIT {

  @Test
  @Tag("claim-02")
  @Tag("claim-03")
  @Tag("claim-16")
  @Tag("claim-17")
  void staffWithoutAServerMakeReadAndAddToRecords() {
    String words = Staff.word();
    try (Desk desk = Desk.of("dr.east")) {
      String family = Staff.name();
      String patient = desk.register(family, "Mia", "6 Jun 1966");
      desk.writeEntry(patient, words);
      desk.press("#sign-go");
      desk.open("chart.xhtml?patient=" + patient);
      assertThat(desk.text()).contains(words + " syndrome").doesNotContain("Held");
      assertThat(desk.barriers()).isEmpty();

      desk.follow(desk.find("a", words + " syndrome").first());
      String record = desk.page().url().replaceAll("&(version|view|add)=[^&]*", "");
      desk.page().navigate(record + "&add=yes");
      desk.page().locator("#addition").fill("Confirmed later");
      desk.press("#sign-go");
      desk.page().navigate(record + "&version=2");
      assertThat(desk.text()).contains("Original beside version 2").contains("Confirmed later");
    }
  }

  @Test
  @Tag("claim-20")
  @Tag("claim-21")
  @Tag("claim-27")
  void theOperatorSeesEachHospitalsBillDownToTheAuditEntries() {
    Staff.registered(Staff.of("dr.north"));
    try (Desk desk = Desk.of("operator")) {
      desk.open("operator/charges.xhtml?hospital=north&item=stored");
      assertThat(desk.text()).contains("North General Hospital").contains("South Clinic");
      assertThat(desk.find("th.d2").count()).as("entries behind the line").isPositive();
      assertThat(desk.barriers()).isEmpty();
    }
  }

  @Test
  void staffSeeWhoSawAChart() {
    try (Desk desk = Desk.of("dr.east")) {
      String patient = desk.register(Staff.name(), "Eda", "6 Jun 1967");
      desk.open("chart.xhtml?patient=" + patient);
      desk.follow(desk.find("nav a", "Who saw this chart"));
      assertThat(desk.text()).contains("Read a record").contains("dr.east").contains("Treatment");
      assertThat(desk.barriers()).isEmpty();
      desk.open("seen.xhtml?patient=" + patient + "&from=soon");
      assertThat(desk.find("#from-h").innerText()).contains("could not be read");
      assertThat(desk.find("#from").getAttribute("aria-invalid")).isEqualTo("true");
      assertThat(desk.text()).doesNotContain("Nobody asked for this chart");
      desk.open("seen.xhtml?patient=" + patient + "&from=today");
      assertThat(desk.text()).contains("dr.east");

      desk.open("report.xhtml?patient=" + patient);
      assertThat(desk.text()).contains("dr.east").contains("Signed by the centre, verified");
      assertThat(desk.barriers()).isEmpty();
    }
  }

  @Test
  void theOperatorRegistersAPartnerWithItsPublicKey() throws JOSEException {
    String client = "it." + Staff.word();
    var key = new ECKeyGenerator(Curve.P_384).keyID("one").generate();
    try (Desk desk = Desk.of("operator")) {
      desk.open("operator/partners.xhtml");
      desk.page().locator("#client").fill(client);
      desk.page().locator("#hospital").selectOption("east");
      desk.page().locator("#name").fill("Imaging system");
      desk.page().locator("#scopes").fill("system/ImagingStudy.rs");
      desk.page().locator("#jwks").fill("no keys");
      desk.press("#partner-go");
      assertThat(desk.text()).contains("These are no keys");
      desk.page().locator("#jwks").fill(new JWKSet(key).toString(false));
      desk.press("#partner-go");
      assertThat(desk.text()).contains("Imaging system is registered").contains(client);
      assertThat(desk.barriers()).isEmpty();

      desk.open("operator/partners.xhtml?partner=" + client);
      assertThat(desk.page().locator("#jwks").inputValue())
          .contains("P-384")
          .as("the private half")
          .doesNotContain("\"d\"");
      desk.page().locator("#takes-part").uncheck();
      desk.press("#partner-go");
      assertThat(desk.find("tr", client).innerText()).contains("Turned away");
    }
  }

  @Test
  void theOperatorReadsTheAuditTrailButNoChart() {
    Staff.Patient patient = Staff.registered(Staff.of("dr.north"));
    try (Desk desk = Desk.of("operator")) {
      desk.open("operator/audit.xhtml?patient=" + patient.id());
      assertThat(desk.text()).contains("dr.north").doesNotContain(patient.family());
      assertThat(desk.barriers()).isEmpty();
      desk.page()
          .navigate(Staff.INSTALLATION.portal() + "portal/chart.xhtml?patient=" + patient.id());
      assertThat(desk.text()).doesNotContainIgnoringCase(patient.family());
    }
  }

  @Test
  @Tag("claim-02")
  void theOperatorOnboardsAHospitalAndRefusesACertificateOfItsOwnMaking() {
    String id = "t-" + Staff.word();
    String name = Staff.name() + " Hospital";
    try (Desk desk = Desk.of("operator")) {
      desk.open("operator/onboard.xhtml");
      assertThat(desk.barriers()).isEmpty();
      desk.find("#id").fill(id);
      desk.find("#name").fill(name);
      desk.find("#pem").fill(pem(Keys.of(id)));
      desk.press("#onboard-go");
      desk.open("operator/home.xhtml");
      assertThat(desk.text()).as("its certificate is nobody's").doesNotContain(name);

      desk.open("operator/onboard.xhtml");
      desk.find("#id").fill(id);
      desk.find("#name").fill(name);
      desk.find("#hosted").check();
      desk.press("#onboard-go");
      desk.open("operator/home.xhtml");
      assertThat(desk.text()).contains(name);
      assertThat(desk.barriers()).isEmpty();
    }
  }

  private static String pem(Keys keys) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(keys.certificate().getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
