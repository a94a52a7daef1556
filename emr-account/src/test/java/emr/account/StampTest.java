package emr.account;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.record.Refusal;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {

  @ParameterizedTest
  @ValueSource(strings = {"normal", "再診", "フォロー", "x-2"})
  void aWordIsOfLettersOfAnyScript(String word) {
    assertThatCode(() -> stamp(word, "Text")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", ";x", "<b>", "abcdefghijklmnopqrstu"})
  void anythingElseIsNoWord(String word) {
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> stamp(word, "Text"));
  }

  private static Stamp stamp(String word, String text) {
    return new Stamp(new UUID(0, 1), "dr.north", false, word, text);
  }
}
