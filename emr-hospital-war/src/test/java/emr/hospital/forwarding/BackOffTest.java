package emr.hospital.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackOffTest {

  @Property
  void isNeverLongerThanTheLongestAndNeverNothing(
      @ForAll @IntRange(min = 1) int failures,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
    assertThat(BackOff.after(failures, chance))
        .isLessThanOrEqualTo(BackOff.LONGEST)
        .isGreaterThanOrEqualTo(BackOff.SHORTEST.dividedBy(2));
  }

  @Property
  void growsWithEachFailure(
      @ForAll @IntRange(min = 1, max = 100) int failures,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
    assertThat(BackOff.after(failures + 1, chance))
        .isGreaterThanOrEqualTo(BackOff.after(failures, chance));
  }

  @Test
  void hospitalsThatFailedTogetherComeBackApart() {
    assertThat(BackOff.after(20, 0.1)).isNotEqualTo(BackOff.after(20, 0.9));
  }
}
