package emr.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {

  private static final String KEPT = Passwords.hash("demo-Only-2026");

  @Test
  void theRightPasswordMatchesAndNoOther() {
    assertThat(Passwords.matches("demo-Only-2026", KEPT)).isTrue();
    assertThat(Passwords.matches("demo-only-2026", KEPT)).isFalse();
    assertThat(Passwords.matches("", KEPT)).isFalse();
  }

  @Test
  void theSamePasswordIsNeverKeptTwiceAlike() {
    assertThat(Passwords.hash("demo-Only-2026")).isNotEqualTo(KEPT).contains("argon2id");
  }

  @Test
  void howAKeyboardWritesALetterIsNoMatter() {
    assertThat(Passwords.matches("Cafe\u0301 au lait", Passwords.hash("Caf\u00e9 au lait")))
        .isTrue();
  }
}
