package emr.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {

  private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);
  private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109L);

  /** RFC 6238, appendix B: the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codesAreThoseOfTheStandard(long second, String code) {
    assertThat(OneTimeCodes.code(SECRET, OneTimeCodes.stepAt(Instant.ofEpochSecond(second))))
        .isEqualTo(code);
  }

  @Test
  void aClockMayBeOffByOneStepAndNotByTwo() {
    long step = OneTimeCodes.stepAt(NOW);
    assertThat(taken(step - 1)).isTrue();
    assertThat(taken(step + 1)).isTrue();
    assertThat(taken(step - 2)).isFalse();
    assertThat(taken(step + 2)).isFalse();
  }

  @Test
  void aCodeIsNotTakenTwiceNorAnOlderOneAfterIt() {
    long step = OneTimeCodes.stepAt(NOW);
    assertThat(OneTimeCodes.step(SECRET, OneTimeCodes.code(SECRET, step), NOW, step)).isEmpty();
    assertThat(OneTimeCodes.step(SECRET, OneTimeCodes.code(SECRET, step - 1), NOW, step)).isEmpty();
    assertThat(OneTimeCodes.step(SECRET, OneTimeCodes.code(SECRET, step + 1), NOW, step))
        .hasValue(step + 1);
  }

  @Test
  void whatIsNoCodeIsNotTaken() {
    assertThat(OneTimeCodes.step(SECRET, "", NOW, 0)).isEmpty();
    assertThat(OneTimeCodes.step(SECRET, "81804", NOW, 0)).isEmpty();
    assertThat(OneTimeCodes.step(SECRET, "０８１８０４", NOW, 0)).isEmpty();
  }

  private static boolean taken(long step) {
    return OneTimeCodes.step(SECRET, OneTimeCodes.code(SECRET, step), NOW, 0).isPresent();
  }
}
