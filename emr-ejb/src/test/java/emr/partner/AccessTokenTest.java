package emr.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTokenTest {

  private static final Instant REGISTERED = Instant.parse("2026-01-05T12:00:00.000001Z");

  @Test
  void aTokenEndsWithItsRegistrationHoweverSoonTheNextOneIs() {
    AccessToken token = by(REGISTERED);
    assertThat(token.isOf(REGISTERED)).isTrue();
    assertThat(token.isOf(REGISTERED.plusNanos(1_000))).isFalse();
  }

  @Test
  void aTokenOfARegistrationThatThisServerHasNotReadYetHolds() {
    assertThat(by(REGISTERED.plusSeconds(5)).isOf(REGISTERED)).isTrue();
  }

  @Test
  void aTokenThatDoesNotSayItsRegistrationIsOfNone() {
    assertThat(by(null).isOf(REGISTERED)).isFalse();
  }

  private static AccessToken by(@Nullable Instant registered) {
    return new AccessToken(
        UUID.randomUUID(),
        "lab",
        "system/*.rs",
        REGISTERED,
        REGISTERED.plusSeconds(600),
        registered);
  }
}
