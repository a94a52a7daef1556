package emr.audit;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.record.RecordKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleTest {

  @Test
  void aPolicyIsNamedWithItsVersion() {
    long patient = 1L << 40;
    long record = 1L << 41;
    var rule = new Rule("own policy:" + patient + ":" + record + ":3", true);
    String consent =
        "Consent/"
            + new RecordKey(patient).text()
            + "-"
            + new RecordKey(record).text()
            + "/_history/3";
    assertThat(rule.policies()).extracting(Rule.Policy::toString).containsExactly(consent);
    assertThat(rule.words()).contains("their own hospital keeps the chart", "policy " + consent);
  }

  @Test
  void aPolicyForAllPatientsIsNamedWithoutOne() {
    assertThat(new Rule("policy:0:7:1", true).policies())
        .extracting(Rule.Policy::toString)
        .containsExactly("Consent/0-" + new RecordKey(7).text() + "/_history/1");
  }

  @Test
  void aPolicyThatDecidedIsToldWithTheHashOfThatVersion() {
    String hash = "0123456789abcdef".repeat(4);
    var hashes = Map.of(new Rule.Policy(0, 7, 1), hash);
    String told =
        "policy Consent/0-" + new RecordKey(7).text() + "/_history/1 (SHA-256 " + hash + ")";
    assertThat(new Rule("policy:0:7:1", true, hashes).words()).isEqualTo("Permitted: " + told);
    assertThat(new Rule("READ: NOT_PERMITTED policy:0:7:1", false, hashes).words())
        .isEqualTo("Refused: refused by " + told);
    assertThat(new Rule("policy:0:7:2", true, hashes).words())
        .as("another version")
        .doesNotContain(hash);
  }

  @Test
  void aRefusalSaysWhatWasMissing() {
    assertThat(new Rule("READ: NOT_PERMITTED", false).words())
        .isEqualTo("Refused: no rule and no policy gives the right");
  }

  @Test
  void aRefusalSaysWhatLayBehindIt() {
    assertThat(new Rule("READ: NOT_PERMITTED policy:0:7:1", false).words())
        .isEqualTo(
            "Refused: refused by policy Consent/0-" + new RecordKey(7).text() + "/_history/1");
    assertThat(new Rule("STORE: NOT_PERMITTED role", false).words())
        .isEqualTo("Refused: their role may not, and no policy names them");
    assertThat(new Rule("READ: NOT_PERMITTED scope", false).words())
        .isEqualTo("Refused: the statement or the scopes bring no right to this type");
    assertThat(new Rule("READ: UNKNOWN_RECORD shut", false).words())
        .as("it is there, and shut")
        .isEqualTo("Refused: no rule and no policy gives the right");
    assertThat(new Rule("PAPER: The access statement was used before.", false).words())
        .isEqualTo("Refused: The access statement was used before.");
  }

  @Test
  void aPolicyThatIsNotForWhoLooksIsNotNamed() {
    assertThat(new Rule("own policy:other policy:other", true).words())
        .contains("a policy that is not yours to see")
        .doesNotContain("Consent");
    assertThat(new Rule("READ: NOT_PERMITTED policy:other", false).words())
        .isEqualTo("Refused: a policy refuses it that is not yours to see");
  }

  @Test
  void whatNobodyKnowsIsRepeated() {
    assertThat(new Rule("READ: A_NEW_REASON", false).words()).isEqualTo("Refused: A_NEW_REASON");
    assertThat(new Rule("", true).words()).isEqualTo("Permitted");
  }

  @Test
  void whatWasAdministeredSaysItself() {
    assertThat(new Rule("opened the account dr.east", true).words())
        .isEqualTo("opened the account dr.east");
    assertThat(new Rule("", true).words()).isEqualTo("Permitted");
  }
}
