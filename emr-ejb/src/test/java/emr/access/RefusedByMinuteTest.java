package emr.access;

import static emr.access.RefusedByMinute.FEW;
import static emr.access.RefusedByMinute.FEW_OF_NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.access.RefusedByMinute.Rest;
import emr.exchange.record.HospitalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusedByMinuteTest {

  private static final HospitalId NORTH = new HospitalId("north");
  private static final HospitalId SOUTH = new HospitalId("south");
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final Instant NEXT = NOON.plusSeconds(60);

  private final RefusedByMinute counted = new RefusedByMinute();

  @Test
  void theFirstOfAMinuteAreFewAndTheOthersAreToldAsHowMany() {
    assertThat(few(NORTH, FEW + 57)).isEqualTo(FEW);
    assertThat(counted.rest(NEXT)).containsExactly(new Rest(NORTH, NOON, 57));
    assertThat(counted.rest(NEXT)).as("told once").isEmpty();
  }

  @Test
  void whatIsNotOverIsNotTold() {
    few(NORTH, FEW + 1);
    assertThat(counted.rest(NOON.plusSeconds(59))).isEmpty();
    assertThat(counted.rest(NEXT)).hasSize(1);
  }

  @Test
  void aMinuteWithFewHasNoRest() {
    few(NORTH, FEW);
    assertThat(counted.rest(NEXT)).isEmpty();
  }

  @Test
  void hospitalsAreCountedApartAndNobodyCountsLess() {
    few(NORTH, FEW + 1);
    assertThat(few(SOUTH, 1)).isEqualTo(1);
    assertThat(few(null, FEW)).isEqualTo(FEW_OF_NOBODY);
    assertThat(counted.rest(NEXT))
        .containsExactlyInAnyOrder(
            new Rest(NORTH, NOON, 1), new Rest(null, NOON, FEW - FEW_OF_NOBODY));
  }

  @Test
  void everyMinuteBeginsAnew() {
    few(NORTH, FEW + 1);
    assertThat(counted.isFew(NORTH, NEXT)).isTrue();
  }

  private int few(@Nullable HospitalId hospital, int times) {
    int few = 0;
    for (int i = 0; i < times; i++) {
      few += counted.isFew(hospital, NOON.plusMillis(i)) ? 1 : 0;
    }
    return few;
  }
}
