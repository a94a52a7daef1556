package emr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.PatientId;
import emr.exchange.record.StoredReceipt;
import emr.system.Staff.Patient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A record's way: saved, held, sent, stored, deleted; and recalled. */
class CustodyIT {

  private static final Terminal DR = Staff.of("dr.north");
  private static Patient patient;

  @BeforeAll
  static void register() {
    patient = Staff.registered(DR);
  }

  @Test
  @Tag("claim-01")
  @Tag("claim-04")
  @Tag("claim-22")
  void aRecordIsKeptHereFromTheMomentItsAuthorIsToldSo() {
    String word = Staff.word();
    Terminal.Saved saved = DR.submit(Entries.bundle(Entries.pulse(patient.id(), 60, word)));

    assertThat(saved.state()).isEqualTo("HELD");
    assertThat(DR.submission(saved.id()).path("state").asText()).isEqualTo("HELD");
    assertThat(DR.chart(patient.id()).body()).contains(word);
    assertThat(atCentre(saved.ids().get(0)).status()).isIn(403, 404);
  }

  @Test
  @Tag("claim-05")
  @Tag("claim-22")
  void aRecordLeavesOnlyAfterTheDesignatedTime() {
    Terminal administrator = Staff.of("admin.north");
    JsonNode settings = administrator.settings();
    administrator.settings(hold("PT4S"));
    try {
      long begun = System.nanoTime();
      Terminal.Saved saved = DR.submit(Entries.bundle(Entries.pulse(patient.id(), 61, "timed")));
      assertThat(saved.state()).isEqualTo("HELD");
      Staff.pause(Duration.ofSeconds(2));
      assertThat(DR.submission(saved.id()).path("state").asText()).isEqualTo("HELD");
      assertThat(Staff.settled(DR, saved.id()).path("state").asText()).isEqualTo("DELETED");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(4));
    } finally {
      ObjectNode restored = Terminal.json();
      restored.set("hold", settings.path("hold"));
      administrator.settings(restored);
    }
  }

  private static ObjectNode hold(String usual) {
    return Terminal.json().put("hold", usual);
  }

  @Test
  @Tag("claim-05")
  void aHeldRecordIsSentAtOnceWhenItsAuthorWantsIt() {
    Terminal.Saved saved = DR.submit(Entries.bundle(Entries.pulse(patient.id(), 62, "now")));
    DR.send(saved.id());
    assertThat(Staff.settled(DR, saved.id()).path("state").asText()).isEqualTo("DELETED");
  }

  @Test
  void aRecalledRecordNeverReachesTheCentre() {
    Terminal.Saved saved = DR.submit(Entries.bundle(Entries.pulse(patient.id(), 63, "oops")));
    DR.recall(saved.id());
    assertThat(DR.submission(saved.id()).path("state").asText()).isEqualTo("RECALLED");
    assertThatThrownBy(() -> DR.send(saved.id())).isInstanceOf(Web.UnexpectedAnswer.class);
    assertThat(atCentre(saved.ids().get(0)).status()).isIn(403, 404);
  }

  @Test
  void onlyItsAuthorRecallsARecord() {
    Terminal.Saved saved = DR.submit(Entries.bundle(Entries.pulse(patient.id(), 64, "mine")));
    assertThatThrownBy(() -> Staff.of("nurse.north").recall(saved.id()))
        .isInstanceOf(Web.UnexpectedAnswer.class);
    assertThat(DR.submission(saved.id()).path("state").asText()).isEqualTo("HELD");
  }

  @Test
  @Tag("claim-06")
  @Tag("claim-07")
  @Tag("claim-23")
  void theHospitalDeletesItsCopyOnTheCentresSignedOrderAndKeepsTheReceipt() {
    Terminal.Saved saved = DR.submit(Entries.bundle(Entries.pulse(patient.id(), 65, "custody")));
    JsonNode custody = Staff.stored(DR, saved);

    StoredReceipt receipt = Staff.server("north").verified(custody.path("receipt").asText());
    assertThat(receipt.submission()).hasToString(saved.id());
    assertThat(receipt.hospital()).hasToString("north");
    assertThat(Chain.receiptFor(receipt, custody.path("records").path(0))).isPresent();
    var states = new ArrayList<String>();
    custody.path("steps").forEach(step -> states.add(step.path("state").asText()));
    assertThat(states).containsSubsequence("HELD", "SENT", "STORED", "DELETED");
    assertThat(atCentre(saved.ids().get(0)).status()).isEqualTo(200);
  }

  @Test
  void additionsToARecordArriveInTheirOrder() {
    Terminal.Saved first = DR.submit(Entries.bundle(Entries.pulse(patient.id(), 70, "first")));
    String record = first.ids().get(0);
    List<Terminal.Saved> all = new ArrayList<>(List.of(first));
    for (int i = 1; i <= 4; i++) {
      all.add(
          DR.submit(
              Entries.addition(record, i, Entries.pulse(patient.id(), 70 + i, "number " + i))));
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      DR.send(all.get(i).id());
    }
    all.forEach(
        s -> assertThat(Staff.settled(DR, s.id()).path("state").asText()).isEqualTo("DELETED"));
    JsonNode history = DR.history(record).successful("history").json();
    assertThat(history.path("versions")).hasSize(5);
    assertThat(history.at("/versions/4/content").toString()).contains("first");
    assertThat(history.at("/versions/0/content").toString()).contains("number 4");
  }

  private static Web.Answer atCentre(String record) {
    return Staff.server("north").fhir("/" + record, new PatientId(patient.id()));
  }
}
