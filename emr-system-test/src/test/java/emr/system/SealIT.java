package emr.system;

import static emr.exchange.access.AccessRight.READ;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import emr.exchange.record.Retrieval;
import emr.exchange.seal.Envelope;
import emr.system.Staff.Patient;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be seen between a hospital and the centre, with and without TLS. */
class SealIT {

  @Test
  @Tag("claim-18")
  @Tag("claim-19")
  @Tag("claim-28")
  void whoListensOnTheNetworkReadsNothingInEitherDirection() {
    Terminal administrator = Staff.of("admin.north");
    Terminal dr = Staff.of("dr.north");
    JsonNode settings = administrator.settings();
    try (WireTap tap = WireTap.before(Staff.INSTALLATION.exchange().getPort())) {
      URI detour = URI.create("https://localhost:" + tap.port() + "/exchange");
      administrator.settings(Terminal.endpoints(List.of(detour)));
      try {
        String word = Staff.word();
        Patient patient = Staff.registered(dr);
        Staff.stored(dr, dr.submit(Entries.bundle(Entries.pulse(patient.id(), 60, word))));
        assertThat(dr.chart(patient.id()).body()).contains(word);

        for (byte[] seen : List.of(tap.sent(), tap.received())) {
          assertThat(seen).hasSizeGreaterThan(1_000);
          assertThat(WireTap.contains(seen, word)).isFalse();
          assertThat(WireTap.contains(seen, patient.family())).isFalse();
          assertThat(WireTap.contains(seen, "Observation")).isFalse();
        }
      } finally {
        ObjectNode restored = Terminal.json();
        restored.set("endpoints", settings.path("endpoints"));
        administrator.settings(restored);
      }
    }
  }

  @Test
  @Tag("claim-18")
  @Tag("claim-19")
  @Tag("claim-28")
  void theMessagesAreSealedEvenInsideTls() throws Exception {
    Terminal dr = Staff.of("dr.north");
    Patient patient = Staff.registered(dr);
    var about = new PatientId(patient.id());
    HospitalServer server = Staff.server("north");
    String statement = server.statement("dr.north", Role.PHYSICIAN, about, READ);
    var seal = (X509Certificate) Staff.INSTALLATION.keys("north").getCertificate("centre-seal");
    Envelope.Sent request =
        Envelope.seal(new Retrieval(statement, List.of("Patient/" + patient.id())), seal);
    Web.Answer answer = server.post("/retrievals", request.compact()).successful("retrieval");

    assertThat(answer.body()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_.-]+");
    for (String message : List.of(request.compact(), answer.body())) {
      assertThat(message).doesNotContain(patient.family()).doesNotContain(patient.id());
      assertThat(WireTap.entropy(message.getBytes(US_ASCII))).isGreaterThan(5.8); // of 6 in base64
    }
  }
}
