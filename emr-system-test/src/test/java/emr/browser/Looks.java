package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/**
 * Looks at a page in every colouring and on a wide screen and a telephone: nothing that axe finds,
 * nothing that scrolls sideways, nothing that the browser complains of. What it saw stays in {@code
 * target/screens}.
 */
final class Looks {

  private static final Path SCREENS = Path.of("target/screens");
  private static final List<Integer> WIDTHS = List.of(1440, 390);
  private static final List<String> THEMES = List.of("light", "dark", "contrast");

  private final Desk desk;
  private final String language;
  private final SoftAssertions all = new SoftAssertions();

  Looks(Desk desk, String language) {
    this.desk = desk;
    this.language = language;
  }

  Looks at(String name, String path) {
    desk.page().setViewportSize(1440, 900);
    desk.open(path);
    return here(name);
  }

  /** The page that is open. */
  Looks here(String name) {
    Page page = desk.page();
    assertThat(page.locator(".bar").count()).as(name + " is there: " + desk.text()).isEqualTo(1);
    assertThat(page.locator("html").getAttribute("lang")).as(name).isEqualTo(language);
    String text = desk.text();
    all.assertThat(text).as(name + " has all its words").doesNotContain("???");
    for (int width : WIDTHS) {
      page.setViewportSize(width, width > 1000 ? 900 : 800);
      for (String theme : THEMES) {
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
        if (width < 1000 && !theme.equals("light")) {
          continue; // a narrow screen has no colours of its own
        }
        if (!language.equals("en") && !theme.equals("light")) {
          continue; // nor has a language
        }
        String look = String.join("-", name, language, theme, Integer.toString(width));
        all.assertThat(theme.equals("light") ? desk.barriers() : desk.paleness())
            .as(look)
            .isEmpty();
        if (theme.equals("light") || width > 1000) {
          page.screenshot(
              new Page.ScreenshotOptions()
                  .setPath(SCREENS.resolve(look + ".png"))
                  .setFullPage(width < 1000));
        }
      }
      all.assertThat(sideways(page)).as(name + " scrolls sideways at " + width).isEmpty();
    }
    page.setViewportSize(1440, 900);
    return this;
  }

  /** The widest parts that stand out of the page, if any does. */
  private static List<String> sideways(Page page) {
    Object found =
        page.evaluate(
            """
            () => {
              const wide = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= wide) { return []; }
              return [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > wide + 1 && !e.closest('.scroll, .rail'))
                .slice(0, 3).map(e => e.outerHTML.slice(0, 120));
            }""");
    var parts = new ArrayList<String>();
    if (found instanceof List<?> list) {
      list.forEach(part -> parts.add(String.valueOf(part)));
    }
    return parts;
  }

  void done() {
    all.assertThat(desk.faults()).as("what the browser complained of").isEmpty();
    all.assertAll();
  }
}
