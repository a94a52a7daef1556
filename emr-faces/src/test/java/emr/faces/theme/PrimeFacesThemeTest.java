package emr.faces.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PrimeFacesThemeTest {

  @Test
  void everyColourOfPrimeFacesHasARole() {
    assertThat(PrimeFacesTheme.inRoles(PrimeFacesTheme.sagaBlue()))
        .doesNotContainPattern("#[0-9a-fA-F]{6}\\b")
        .doesNotContain("color-scheme")
        .contains("var(--surface)", "var(--ink)", "var(--focus)");
  }

  @Test
  void theSameColourIsAnotherRoleAsTextAndAsGround() {
    assertThat(PrimeFacesTheme.inRoles("a{color:#fff;background:#fff;border:1px solid #ced4da}"))
        .isEqualTo(
            "a{color:var(--on-brand);background:var(--surface);border:1px solid var(--line-strong)}");
  }

  @Test
  void aFocusRingHasOurColourWhateverTheirs() {
    assertThat(PrimeFacesTheme.inRoles("a{box-shadow:0 0 0 .2rem rgb(166.2,213,250.2)}"))
        .isEqualTo("a{box-shadow:0 0 0 2px var(--surface), 0 0 0 5px var(--focus)}");
  }

  @Test
  void aColourWithoutARoleStopsTheBuild() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PrimeFacesTheme.inRoles("a{color:#abcdef}"))
        .withMessageContaining("#abcdef");
  }
}
