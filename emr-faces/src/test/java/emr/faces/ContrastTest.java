package emr.faces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Colours of {@code emr.css} against each other, by the formula of WCAG 2. */
class ContrastTest {

  private static final Pattern TWO =
      Pattern.compile("--([a-z0-9-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)");
  private static final Pattern ONE = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6}|[0-9a-f]{3});");

  private static final Map<String, Map<String, String>> THEMES = themes();

  private static Map<String, Map<String, String>> themes() {
    try (var in = ContrastTest.class.getResourceAsStream("/META-INF/resources/emr/emr.css")) {
      String css = new String(in.readAllBytes(), UTF_8);
      var light = new HashMap<String, String>();
      var dark = new HashMap<String, String>();
      TWO.matcher(css)
          .results()
          .forEach(
              pair -> {
                light.put(pair.group(1), pair.group(2));
                dark.put(pair.group(1), pair.group(3));
              });
      String contrastBlock = css.substring(css.indexOf("[data-theme=contrast] {"));
      var contrast = new HashMap<>(dark);
      ONE.matcher(contrastBlock.substring(0, contrastBlock.indexOf('}')))
          .results()
          .forEach(role -> contrast.put(role.group(1), full(role)));
      Stream.of(light, dark, contrast)
          .forEach(
              theme -> {
                theme.putIfAbsent("focus-bar", "ffd166");
                theme.put("plot-1", theme.get("brand"));
              });
      return Map.of("light", light, "dark", dark, "contrast", contrast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String full(MatchResult role) {
    String hex = role.group(2);
    return hex.length() == 6 ? hex : hex.replaceAll("(.)", "$1$1");
  }

  /** A colour, what it stands on, and the least contrast. */
  record Pair(String ink, String ground, double least) {}

  static Stream<Pair> pairs() {
    return Stream.concat(
        Stream.of(
            new Pair("ink", "surface", 7),
            new Pair("ink", "ground", 7),
            new Pair("ink", "surface-3", 7),
            new Pair("ink-2", "surface", 4.5),
            new Pair("ink-2", "surface-2", 4.5),
            new Pair("ink-2", "surface-3", 4.5),
            new Pair("brand", "surface", 4.5),
            new Pair("on-brand", "brand", 4.5),
            new Pair("on-danger", "danger-solid", 4.5),
            new Pair("on-bar", "bar", 4.5),
            new Pair("on-bar-2", "bar", 4.5),
            new Pair("on-bar-2", "bar-well", 4.5),
            new Pair("line-strong", "surface", 3),
            new Pair("line-strong", "ground", 3),
            new Pair("focus", "surface", 3),
            new Pair("focus-bar", "bar", 3),
            new Pair("plot-1", "band", 3),
            new Pair("plot-2", "band", 3),
            new Pair("band-line", "surface", 3)),
        Stream.of("neutral", "info", "wait", "ok", "warn", "danger")
            .flatMap(
                role ->
                    Stream.of(
                        new Pair(role + "-ink", role + "-soft", 4.5),
                        new Pair(role + "-ink", "surface", 4.5))));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everythingCanBeRead(Pair pair) {
    THEMES.forEach(
        (name, theme) ->
            assertThat(contrast(theme.get(pair.ink()), theme.get(pair.ground())))
                .as("%s on %s in %s", pair.ink(), pair.ground(), name)
                .isGreaterThanOrEqualTo(pair.least()));
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String hex) {
    return 0.2126 * channel(hex, 0) + 0.7152 * channel(hex, 2) + 0.0722 * channel(hex, 4);
  }

  private static double channel(String hex, int at) {
    double value = Integer.parseInt(hex.substring(at, at + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
