package emr.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreferencesTest {

  @Test
  void comeBackAsTheyWereKept() {
    var chosen = new Preferences("ja", true, "contrast", "compact", false, true);
    assertThat(Preferences.parse(chosen.text())).isEqualTo(chosen);
    assertThat(Preferences.parse(Preferences.NONE.text())).isEqualTo(Preferences.NONE);
  }

  @Test
  void whatIsNoChoiceIsPassedOver() {
    assertThat(Preferences.parse("language=xx theme= density=huge other"))
        .isEqualTo(Preferences.NONE);
    assertThat(Preferences.parse("")).isEqualTo(Preferences.NONE);
  }
}
