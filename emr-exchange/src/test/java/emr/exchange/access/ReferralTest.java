package emr.exchange.access;

import static emr.exchange.Fixtures.ADA;
import static emr.exchange.Fixtures.DR_LEE;
import static emr.exchange.Fixtures.NOON;
import static emr.exchange.Fixtures.NORTH;
import static emr.exchange.Fixtures.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Submission;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("claim-10")
@Tag("claim-14")
class ReferralTest {

  private static final Instant DAY_90 = NOON.plus(Duration.ofDays(90));

  @Test
  void aReferralIsAPolicyAndTheRequestThatItNames() throws IOException {
    List<Submission.Entry> entries =
        new Referral(policy(SOUTH, DAY_90), " Suspected stenosis ", true)
            .entries(DR_LEE, "South Clinic", NOON);

    assertThat(entries)
        .extracting(entry -> entry.record().type())
        .containsExactly("Consent", "ServiceRequest");
    JsonNode request = json(entries.get(1));
    assertThat(request.path("id").asText()).isEqualTo(entries.get(1).record().id());
    assertThat(request.path("status").asText()).isEqualTo("active");
    assertThat(request.path("intent").asText()).isEqualTo("order");
    assertThat(request.path("priority").asText()).isEqualTo("urgent");
    assertThat(request.at("/category/0/coding/0/code").asText()).isEqualTo("3457005");
    assertThat(request.at("/code/coding/0/code").asText()).isEqualTo("3457005");
    assertThat(request.at("/subject/reference").asText()).isEqualTo("Patient/" + ADA);
    assertThat(request.at("/requester/identifier/value").asText()).isEqualTo("north/dr.lee");
    assertThat(request.at("/performer/0/identifier/system").asText()).isEqualTo("urn:emr:hospital");
    assertThat(request.at("/performer/0/identifier/value").asText()).isEqualTo("south");
    assertThat(request.at("/performer/0/display").asText()).isEqualTo("South Clinic");
    assertThat(Referral.reason(request)).isEqualTo("Suspected stenosis");

    AccessPolicy policy = AccessPolicy.fromConsent(json(entries.get(0)));
    assertThat(policy.referral()).isEqualTo(entries.get(1).record());
    assertThat(policy).isEqualTo(policy(SOUTH, DAY_90).by(entries.get(1).record()));
  }

  private static JsonNode json(Submission.Entry entry) throws IOException {
    return new ObjectMapper().readTree(entry.content());
  }

  private static AccessPolicy policy(HospitalId to, @Nullable Instant until) {
    return new AccessPolicy(
        false,
        NORTH,
        ADA,
        to,
        null,
        null,
        Set.of(),
        Set.of(),
        Set.of(AccessRight.READ),
        NOON,
        until,
        true);
  }

  @Test
  void aReferralEndsWithinAYearIsToAnotherHospitalAndSaysWhy() {
    Instant tooLate = NOON.plus(Duration.ofDays(368));

    for (AccessPolicy policy :
        List.of(policy(SOUTH, null), policy(SOUTH, tooLate), policy(NORTH, DAY_90))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Referral(policy, "Pain", false));
    }
    for (String reason : List.of("  x ", "", "x".repeat(1001))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Referral(policy(SOUTH, DAY_90), reason, false));
    }
  }

  @Test
  void anotherRequestIsNoReferral() throws IOException {
    JsonNode order =
        new ObjectMapper()
            .readTree(
                "{\"resourceType\": \"ServiceRequest\", \"reasonCode\": [{\"text\": \"x\"}]}");

    assertThat(Referral.reason(order)).isEmpty();
  }
}
