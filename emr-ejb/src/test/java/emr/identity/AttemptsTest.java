package emr.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final Attempts attempts = new Attempts();

  @Test
  void aFewFailuresCostNothing() {
    fail(Attempts.FREE - 1);
    assertThat(attempts.wait("dr.east", NOON)).isZero();
  }

  @Test
  void eachFurtherFailureDoublesTheWait() {
    fail(Attempts.FREE);
    assertThat(attempts.wait("dr.east", NOON)).isEqualTo(Duration.ofSeconds(2));
    fail(1);
    assertThat(attempts.wait("dr.east", NOON)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void nobodyWaitsLongerThanAMinute() {
    fail(1_000);
    assertThat(attempts.wait("dr.east", NOON)).isEqualTo(Attempts.LONGEST);
    assertThat(attempts.wait("dr.east", NOON.plus(Attempts.LONGEST))).isZero();
  }

  @Test
  void anothersFailuresDoNotCount() {
    fail(1_000);
    assertThat(attempts.wait("clerk.east", NOON)).isZero();
  }

  @Test
  void successAndTimeForget() {
    fail(1_000);
    attempts.succeeded("dr.east");
    assertThat(attempts.wait("dr.east", NOON)).isZero();
    fail(Attempts.FREE - 1);
    attempts.failed("dr.east", NOON.plus(Attempts.MEMORY).plusSeconds(1));
    assertThat(attempts.wait("dr.east", NOON.plus(Attempts.MEMORY).plusSeconds(1))).isZero();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      attempts.failed("dr.east", NOON);
    }
  }
}
