package emr.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.junit.jupiter.api.Test;

/** A line of who saw a chart. */
class AccessTest {

  private static final String WHY =
      "Permitted: their own hospital keeps the chart or wrote the record, and their role may;"
          + " policy Consent/0sanv-0san7/_history/2 (SHA-256 "
          + "0123456789abcdef".repeat(4)
          + ")";

  @Test
  void aPolicyIsOpenedByALinkAndItsIdIsNoWord() {
    Access access = access(Locale.ENGLISH);

    assertThat(access.policies()).containsExactly(new Access.Policy("0sanv-0san7", "2"));
    assertThat(access.why()).contains("policy (version 2)").doesNotContain("0san", "SHA");
  }

  @Test
  void aPolicyHasItsWordsInJapaneseToo() {
    assertThat(access(Locale.JAPANESE).why())
        .contains("権限の記録（第2版）")
        .doesNotContain("policy", "0san", "SHA");
  }

  @Test
  void whatOnePersonWasShownAtOnceIsOneLine() {
    List<Access> lines =
        together(
            event("13", 61, AuditEventAction.E, "0", "Observation", "Observation"),
            event("12", 60, AuditEventAction.R, "0", "Patient"),
            event("11", 59, AuditEventAction.E, "0", "Observation"));

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).entries()).containsExactly("13", "12", "11");
    assertThat(lines.get(0).when()).isEqualTo("1 Jan 1970 09:00:59 – 09:01:01");
    assertThat(lines.get(0).much()).isEqualTo("3 Measurement or finding, 1 Registration");
  }

  @Test
  void whatWasRefusedAddedOrOpenedInAnEmergencyStaysApart() {
    AuditEvent emergency = event("4", 40, AuditEventAction.E, "0", "Observation");
    emergency.getPurposeOfEventFirstRep().getCodingFirstRep().setCode("BTG");
    AuditEvent another = event("5", 41, AuditEventAction.E, "0", "Observation");
    another.getAgentFirstRep().getWho().getIdentifier().setValue("dr.other");

    assertThat(
            together(
                another,
                emergency,
                event("3", 39, AuditEventAction.E, "0", "Observation"),
                event("2", 38, AuditEventAction.C, "0", "Observation"),
                event("1", 37, AuditEventAction.E, "4")))
        .extracting(Access::numbers)
        .containsExactly("5", "4", "3", "2", "1");
  }

  @Test
  void aMinuteLaterIsAnotherLine() {
    assertThat(
            together(
                event("3", 121, AuditEventAction.E, "0"),
                event("2", 100, AuditEventAction.E, "0"),
                event("1", 60, AuditEventAction.E, "0")))
        .extracting(Access::numbers)
        .containsExactly("3, 2", "1");
  }

  private static List<Access> together(AuditEvent... newestFirst) {
    return Access.together(
        Stream.of(newestFirst)
            .map(event -> Access.of(event, UnaryOperator.identity(), Sample.TUESDAY))
            .toList(),
        Sample.TUESDAY);
  }

  private static AuditEvent event(
      String number, int second, AuditEventAction action, String outcome, String... types) {
    var event = new AuditEvent();
    event.setId(number);
    event.setRecorded(new Date(second * 1000L)).setAction(action);
    event.setOutcome(AuditEventOutcome.fromCode(outcome)).setOutcomeDesc("Permitted");
    event.addAgent().setRequestor(true).getWho().getIdentifier().setValue("dr.north");
    for (String type : types) {
      event.addEntity().getWhat().setReference("http://c/fhir/" + type + "/x/_history/1");
    }
    return event;
  }

  private static Access access(Locale language) {
    var event = new AuditEvent();
    event.setRecorded(new Date(0)).setOutcomeDesc(WHY);
    return Access.of(
        event,
        UnaryOperator.identity(),
        new Viewpoint(language, Sample.TUESDAY.zone(), Sample.TUESDAY.now()));
  }
}
