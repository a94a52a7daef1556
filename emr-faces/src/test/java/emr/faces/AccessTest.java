package emr.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.AuditEvent;
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

  private static Access access(Locale language) {
    var event = new AuditEvent();
    event.setRecorded(new Date(0)).setOutcomeDesc(WHY);
    return Access.of(
        event,
        UnaryOperator.identity(),
        new Viewpoint(language, Sample.TUESDAY.zone(), Sample.TUESDAY.now()));
  }
}
