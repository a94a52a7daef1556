package emr.account;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * How somebody wants pages shown; kept with their account, so that it follows them from place to
 * place. What is not among the choices counts as the first of them.
 *
 * @param language "en", "ja", or empty for what the browser asks for
 * @param era whether dates in Japanese count years by era
 * @param theme "light", "dark", "contrast", or empty for what the device says
 * @param density "compact", "roomy", or empty for regular
 * @param singleKeys whether keys without Ctrl do something (WCAG 2.1.4)
 * @param guided whether they have seen the guide to their first day
 */
public record Preferences(
    String language, boolean era, String theme, String density, boolean singleKeys, boolean guided)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Set<String> LANGUAGES = Set.of("en", "ja");
  private static final Set<String> THEMES = Set.of("light", "dark", "contrast");
  private static final Set<String> DENSITIES = Set.of("compact", "roomy");

  /** Of somebody who has chosen nothing yet. */
  public static final Preferences NONE = new Preferences("", false, "", "", true, false);

  public Preferences {
    language = LANGUAGES.contains(language) ? language : "";
    theme = THEMES.contains(theme) ? theme : "";
    density = DENSITIES.contains(density) ? density : "";
  }

  public Preferences inLanguage(String chosen) {
    return new Preferences(chosen, era, theme, density, singleKeys, guided);
  }

  public Preferences afterGuide() {
    return new Preferences(language, era, theme, density, singleKeys, true);
  }

  /** As it is kept: words with a space between. */
  String text() {
    return String.join(
        " ",
        "language=" + language,
        "theme=" + theme,
        "density=" + density,
        era ? "era" : "",
        singleKeys ? "" : "quiet-keys",
        guided ? "guided" : "");
  }

  /** Reads {@link #text()}; words that it does not know, it passes over. */
  static Preferences parse(String text) {
    List<String> words = List.of(text.split(" +"));
    return new Preferences(
        value(words, "language="),
        words.contains("era"),
        value(words, "theme="),
        value(words, "density="),
        !words.contains("quiet-keys"),
        words.contains("guided"));
  }

  private static String value(List<String> words, String name) {
    return words.stream()
        .filter(word -> word.startsWith(name))
        .findFirst()
        .map(word -> word.substring(name.length()))
        .orElse("");
  }
}
