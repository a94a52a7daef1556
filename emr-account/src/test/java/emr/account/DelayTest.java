package emr.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DelayTest {

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  @Test
  void aFewFailuresCostNothingAndEachFurtherOneDoublesTheWait() {
    assertThat(wait(4)).isZero();
    assertThat(wait(5)).hasSeconds(2);
    assertThat(wait(6)).hasSeconds(4);
    assertThat(wait(7)).hasSeconds(8);
  }

  @Property
  void theWaitGrowsAndIsNeverLongerThanTheLongest(
      @ForAll @IntRange(min = 0, max = 1_000_000) int failures) {
    assertThat(wait(failures + 1)).isGreaterThanOrEqualTo(wait(failures));
    assertThat(wait(failures)).isLessThanOrEqualTo(Delay.OF_USER.longest());
  }

  private static Duration wait(int failures) {
    Instant next = Delay.OF_USER.next(failures, NOON);
    return next.isBefore(NOON) ? Duration.ZERO : Duration.between(NOON, next);
  }
}
