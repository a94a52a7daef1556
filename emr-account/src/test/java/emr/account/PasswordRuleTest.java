package emr.account;

import static org.assertj.core.api.Assertions.assertThat;

import emr.account.PasswordRule.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

  @Test
  void lengthIsCountedInCharacters() {
    assertThat(PasswordRule.fault("zu kurz, nö")).hasValue(Fault.SHORT);
    assertThat(PasswordRule.fault("𠮷𠮷𠮷𠮷𠮷𠮷")).as("six, in twelve units").hasValue(Fault.SHORT);
    assertThat(PasswordRule.fault("x7".repeat(65))).hasValue(Fault.LONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "passwordpassword",
        "P@ssw0rd2026",
        "qwertyuiop12",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "iloveyou1234",
        "unbelievable",
        "demo-Only-2026",
        "hospital2026"
      })
  void whatLeakedOrIsMadeFromItIsRefused(String password) {
    assertThat(PasswordRule.fault(password)).hasValue(Fault.GUESSABLE);
  }

  @Test
  void onesOwnNameIsNoPassword() {
    assertThat(PasswordRule.fault("ada.northwood1", "ada.northwood", "Dr Ada Northwood"))
        .hasValue(Fault.GUESSABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "J4xk-Tq9z-Northwood-w2Lm",
        "vqzjxADA NORTHWOODkwmplty",
        "n.o.r.t.h.w.o.o.d J4xk Tq9z",
        "ａｄａｎｏｒｔｈｗｏｏｄ J4xk Tq9z"
      })
  void aPasswordThatHoldsOnesOwnNameIsRefusedHoweverLongItIs(String password) {
    assertThat(PasswordRule.fault(password, "a.n", "Dr Ada Northwood")).hasValue(Fault.GUESSABLE);
    assertThat(PasswordRule.fault(password, "p.s", "Dr Paula South")).isEmpty();
  }

  @Test
  void aNameOfTwoCharactersStandsInManyWords() {
    assertThat(PasswordRule.fault("correct horse battery staple", "li", "Or Li")).isEmpty();
    assertThat(PasswordRule.fault("山田太郎の花がきれいですね、今日", "yamada", "山田 太郎")).hasValue(Fault.GUESSABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery staple",
        "vqzjxkwmplty",
        "さくらの花がきれいですね、今日",
        "J4xk-Tq9z-w2Lm"
      })
  void whatNobodyGuessesIsTakenWhateverItsCharacters(String password) {
    assertThat(PasswordRule.fault(password)).isEmpty();
  }

  @Test
  void aLongPasswordIsJudgedAtOnce() {
    long start = System.nanoTime();
    PasswordRule.fault("password1".repeat(14));
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void aFirstPasswordWouldBeTaken() {
    assertThat(PasswordRule.fault(FirstPassword.fresh())).isEmpty();
  }
}
