package emr.hospital.temporarystore;

import static emr.exchange.Fixtures.ADA;
import static emr.exchange.Fixtures.BOB;
import static emr.exchange.Fixtures.DR_LEE;
import static emr.exchange.Fixtures.NOON;
import static emr.exchange.Fixtures.NORTH;
import static emr.exchange.Fixtures.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubmissionRulesTest {

  private static final String SUBJECT = "\"subject\":{\"reference\":\"Patient/%s\"}";

  @Test
  void anEntryAboutItsPatientPasses() {
    assertThat(SubmissionRules.check(about(SUBJECT.formatted(ADA.value())), NORTH)).hasSize(1);
  }

  @Test
  void anEntryOfAnotherHospitalIsRefused() {
    assertRefused(Reason.UNPROCESSABLE, about(SUBJECT.formatted(ADA.value())), SOUTH);
  }

  @Test
  void anEntryAboutAnotherPatientIsRefused() {
    assertRefused(Reason.UNPROCESSABLE, about(SUBJECT.formatted(BOB.value())), NORTH);
  }

  @Test
  void anotherPatientIsFoundHoweverDeepItStands() {
    assertRefused(
        Reason.UNPROCESSABLE,
        about(
            "\"component\":[{\"extension\":[{\"valueReference\":{\"reference\":\"Patient/x\"}}]}]"),
        NORTH);
  }

  @Test
  void aContentThatSaysItIsAnotherRecordIsRefused() {
    assertRefused(
        Reason.UNPROCESSABLE, of("{\"resourceType\":\"Observation\",\"id\":\"o2\"}"), NORTH);
  }

  @Test
  void whatIsNotJsonIsRefusedWithoutQuotingIt() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> SubmissionRules.check(of("{\"secret\":"), NORTH))
        .returns(Reason.MALFORMED, Refusal::reason)
        .satisfies(refusal -> assertThat(refusal.explanation()).doesNotContain("secret"))
        .withNoCause();
  }

  @Test
  void whatIsNestedTooDeepIsRefused() {
    String deep = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
    assertRefused(Reason.MALFORMED, about("\"extension\":" + deep), NORTH);
  }

  @Test
  void aClinicalRecordAboutNobodyIsRefused() {
    assertRefused(
        Reason.UNPROCESSABLE,
        by(DR_LEE, null, "{\"resourceType\":\"Observation\",\"id\":\"o1\"}"),
        NORTH);
  }

  @Test
  void whatItsAuthorsRoleDoesNotWriteIsRefused() {
    var clerk = new Author("clerk", "Clerk", Role.CLERK);
    assertRefused(
        Reason.NOT_PERMITTED,
        by(clerk, ADA, "{\"resourceType\":\"Observation\",\"id\":\"o1\"}"),
        NORTH);
  }

  private static void assertRefused(
      Reason reason, Submission submission, emr.exchange.record.HospitalId here) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> SubmissionRules.check(submission, here))
        .returns(reason, Refusal::reason);
  }

  private static Submission about(String field) {
    return of("{\"resourceType\":\"Observation\",\"id\":\"o1\"," + field + "}");
  }

  private static Submission of(String content) {
    return by(DR_LEE, ADA, content);
  }

  private static Submission by(Author author, PatientId patient, String content) {
    return new Submission(
        UUID.randomUUID(),
        NORTH,
        patient,
        author,
        NOON,
        List.of(new Submission.Entry(new RecordId("Observation", "o1"), 0, content)));
  }
}
