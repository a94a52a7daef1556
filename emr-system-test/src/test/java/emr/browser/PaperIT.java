package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import emr.system.Entries;
import emr.system.Staff;
import emr.system.Terminal;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A chart on paper, and in the colours that a system forces upon pages: it stays to be read, and
 * says what it leaves out.
 */
class PaperIT {

  /** The least contrast of text, by WCAG 2.2, 1.4.3. */
  private static final double LEAST = 4.5;

  private static String patient;

  @BeforeAll
  static void somebodyHasAChart() {
    Terminal north = Staff.of("dr.north");
    patient = "patient=" + Staff.registered(north).id();
    String id = patient.substring("patient=".length());
    Staff.stored(north, north.submit(Entries.bundle(Entries.pulse(id, 61, Staff.word()))));
    north.submit(Entries.bundle(Entries.pulse(id, 64, Staff.word())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "light", "dark", "contrast"})
  void paperIsWhiteAndInkIsDarkInEveryTheme(String theme) {
    try (Desk desk = Desk.of("dr.north")) {
      Page page = desk.open("timeline.xhtml?" + patient).page();
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      page.emulateMedia(
          new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target", "screens", "paper-" + theme + ".png")));
      for (String part : new String[] {"h1", "main tbody th a", "main .soft", "svg text"}) {
        assertThat(onWhite(desk.find(part).first(), part.startsWith("svg") ? "fill" : "color"))
            .as("%s in theme '%s'", part, theme)
            .isGreaterThan(LEAST);
      }
      assertThat(desk.find(".on-paper").last().isVisible()).isTrue();
      assertThat(desk.find(".bar").isVisible()).isFalse();
    }
  }

  @Test
  void aTimelineOfThePastSaysSoOnPaper() {
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("timeline.xhtml?" + patient + "&at=2030-01-01T00:00");
      desk.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(desk.find("main .strip", "as it was known then").isVisible()).isTrue();
      assertThat(desk.find("main form.row").isVisible()).as("what cannot be used").isFalse();
    }
  }

  @Test
  void drawingsTakeTheColoursThatASystemForces() {
    try (Desk desk = Desk.of("dr.north")) {
      Page page = desk.open("timeline.xhtml?" + patient).page();
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setForcedColors(ForcedColors.ACTIVE)
              .setColorScheme(ColorScheme.DARK));
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target", "screens", "forced-colours.png")));
      assertThat(style(desk.find(".lanes svg text").first(), "fill"))
          .isEqualTo(style(desk.find("h1").first(), "color"));
      assertThat(desk.barriers()).isEmpty();
    }
  }

  private static String style(Locator part, String name) {
    return (String) part.evaluate("(part, name) => getComputedStyle(part)[name]", name);
  }

  /** The contrast of a part's colour with white paper. */
  private static double onWhite(Locator part, String name) {
    double[] light =
        Arrays.stream(style(part, name).replaceAll("[^0-9.]+", " ").strip().split(" "))
            .limit(3)
            .mapToDouble(each -> Double.parseDouble(each) / 255)
            .map(each -> each <= 0.04045 ? each / 12.92 : Math.pow((each + 0.055) / 1.055, 2.4))
            .toArray();
    return 1.05 / (0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05);
  }
}
