package emr.hospital.forwarding;

import static emr.exchange.Fixtures.NOON;
import static emr.exchange.Fixtures.NORTH;
import static emr.exchange.Fixtures.SOUTH;
import static emr.exchange.Fixtures.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.Fixtures;
import emr.exchange.Keys;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Manifest;
import emr.exchange.record.RecordId;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("claim-06")
@Tag("claim-07")
class ReceiptsTest {

  private static final Keys CENTRE = Keys.of("centre");
  private static final Keys STRANGER = Keys.of("centre");

  private final Submission sent =
      submission(RecordId.fresh("Observation", Optional.of(Fixtures.ADA)), 0);
  private final String content = sent.entries().get(0).content();

  @Test
  void isBelievedIfItIsAboutExactlyWhatWasSent() {
    String signed = sign(CENTRE, receipt(sent.id(), NORTH, 1, Manifest.sha256(content)));

    assertThat(Receipts.verify(signed, CENTRE.certificate(), sent).storedAt()).isEqualTo(NOON);
  }

  @Test
  void ofAStrangerIsNotBelieved() {
    assertNotBelieved(STRANGER, receipt(sent.id(), NORTH, 1, Manifest.sha256(content)));
  }

  @Test
  void forAnotherSubmissionIsNotBelieved() {
    assertNotBelieved(CENTRE, receipt(UUID.randomUUID(), NORTH, 1, Manifest.sha256(content)));
  }

  @Test
  void forAnotherHospitalIsNotBelieved() {
    assertNotBelieved(CENTRE, receipt(sent.id(), SOUTH, 1, Manifest.sha256(content)));
  }

  @Test
  void forAnotherVersionIsNotBelieved() {
    assertNotBelieved(CENTRE, receipt(sent.id(), NORTH, 2, Manifest.sha256(content)));
  }

  @Test
  void forAnotherContentIsNotBelieved() {
    assertNotBelieved(CENTRE, receipt(sent.id(), NORTH, 1, Manifest.sha256(content + " ")));
  }

  @Test
  void thatLeavesARecordOutIsNotBelieved() {
    assertNotBelieved(CENTRE, new StoredReceipt(sent.id(), NORTH, NOON, List.of()));
  }

  private void assertNotBelieved(Keys signer, StoredReceipt receipt) {
    String signed = sign(signer, receipt);
    assertThatExceptionOfType(BrokenSeal.class)
        .isThrownBy(() -> Receipts.verify(signed, CENTRE.certificate(), sent));
  }

  private StoredReceipt receipt(UUID id, HospitalId hospital, int number, String contentHash) {
    RecordId record = sent.entries().get(0).record();
    return new StoredReceipt(
        id,
        hospital,
        NOON,
        List.of(new StoredReceipt.Stored(record, number, "0".repeat(64), contentHash)));
  }

  private static String sign(Keys keys, StoredReceipt receipt) {
    return new Signer(keys.key(), keys.certificate()).sign(PaperType.RECEIPT, receipt);
  }
}
