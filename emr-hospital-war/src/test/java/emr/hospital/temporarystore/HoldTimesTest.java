package emr.hospital.temporarystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("claim-05")
class HoldTimesTest {

  private static final Duration USUAL = Duration.ofMinutes(10);
  private static final HoldTimes TIMES =
      new HoldTimes(
          USUAL, Map.of("Patient", Duration.ZERO, "DocumentReference", Duration.ofHours(2)));

  @Test
  void aTypeWithoutATimeOfItsOwnIsHeldAsUsual() {
    assertThat(TIMES.of(List.of("Observation"))).isEqualTo(USUAL);
  }

  @Test
  void aRegistrationAloneIsNotHeld() {
    assertThat(TIMES.of(List.of("Patient"))).isEqualTo(Duration.ZERO);
  }

  @Test
  void aSubmissionIsHeldForTheLongestOfItsTypes() {
    assertThat(TIMES.of(List.of("Patient", "Observation", "DocumentReference")))
        .isEqualTo(Duration.ofHours(2));
  }

  @Test
  void noHoldIsNegativeOrLongerThanThirtyDays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HoldTimes(Duration.ofSeconds(-1), Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HoldTimes(USUAL, Map.of("Observation", Duration.ofDays(31))));
  }
}
