package emr.faces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every word that a page of terminal or portal shows has been written, in both languages. */
class WordsTest {

  private static final Path ROOT = Path.of("..");
  private static final String FACES = "emr-faces/src/main/resources/emr/faces/";
  private static final String PORTAL = "emr-web/src/main/resources/emr/portal/";

  /** What pages call a bundle, and where it stands. */
  private static final Map<String, String> BUNDLES =
      Map.of(
          "emrText", FACES + "text",
          "chartText", FACES + "chart",
          "rightsText", FACES + "rights",
          "fhirText", FACES + "fhir",
          "portalText", PORTAL + "text");

  private static final List<String> SOURCES =
      List.of("emr-faces/src/main", "emr-hospital-war/src/main", "emr-web/src/main");

  private static final Pattern ON_PAGE =
      Pattern.compile("(\\w+Text)\\['([a-zA-Z0-9._-]+)'\\](?!\\.concat)");
  private static final Pattern IN_JAVA =
      Pattern.compile("iewpoint(?:\\(\\))?\\s*\\.text\\(\\s*\"([a-zA-Z0-9._-]+)\"\\s*[,)]");
  private static final Pattern IN_PORTAL =
      Pattern.compile("PortalText\\.of\\(\\s*\"([a-zA-Z0-9._-]+)\"\\s*[,)]");
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)");

  private static final Pattern IGNORED =
      Pattern.compile("<!--.*?-->|#\\{[^}]*}|<kbd[^>]*>.*?</kbd>", Pattern.DOTALL);
  private static final Pattern TEXT = Pattern.compile(">([^<>]*\\p{L}{2,}[^<>]*)<");
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "\\s(?:title|label|itemLabel|alt|pt:placeholder|pt:aria-label|aria-label|caption|hint"
              + "|sub|text|summary|detail)=\"([^\"]*\\p{L}{2,}[^\"]*)\"");

  /** Names that are the same in every language. */
  private static final Set<String> NAMES =
      Set.of("UTC", "English", "HbA1c", "eGFR", "BMI", "日本語", "SpO₂");

  static Stream<String> bundles() {
    return BUNDLES.values().stream();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void whatIsWrittenInOneLanguageIsWrittenInTheOther(String bundle) {
    assertThat(words(bundle + "_ja").stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(words(bundle).stringPropertyNames());
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void whatIsFilledInCanBeFilledIn(String bundle) {
    for (String file : List.of(bundle, bundle + "_ja")) {
      words(file)
          .forEach(
              (key, text) -> {
                if (PLACE.matcher(String.valueOf(text)).find()) {
                  assertThatCode(() -> new MessageFormat(String.valueOf(text)))
                      .as("%s in %s", key, file)
                      .doesNotThrowAnyException();
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void bothLanguagesFillInTheSame(String bundle) {
    Properties japanese = words(bundle + "_ja");
    Properties english = words(bundle);
    for (String key : english.stringPropertyNames()) {
      assertThat(places(japanese.getProperty(key, "")))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
  }

  private static Set<String> places(String words) {
    var found = new TreeSet<String>();
    PLACE.matcher(words).results().forEach(place -> found.add(place.group(1)));
    return found;
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void whatIsJapaneseIsJapanese(String bundle) {
    words(bundle + "_ja")
        .forEach(
            (key, value) -> {
              String left = value.toString().replaceAll("\\{[^}]*}", "");
              boolean worded = left.matches("(?s).*[a-zA-Z]{3,}.*") && !NAMES.contains(left);
              assertThat(!worded || left.matches("(?s).*[\\u3040-\\u30ff\\u4e00-\\u9fff].*"))
                  .as("%s=%s", key, value)
                  .isTrue();
            });
  }

  /** Else a machine that speaks Japanese would answer in Japanese for English. */
  @ParameterizedTest
  @MethodSource("bundles")
  void englishIsAskedForByNameAndFound(String bundle) {
    assertThat(words(bundle + "_en")).isEmpty();
  }

  @Test
  void everyKeyOfEveryPageHasItsWords() {
    var missing = new TreeSet<String>();
    each(
        ".xhtml",
        (page, source) ->
            ON_PAGE
                .matcher(source)
                .results()
                .filter(found -> !words(BUNDLES.get(found.group(1))).containsKey(found.group(2)))
                .forEach(found -> missing.add(page + ": " + found.group())));
    assertThat(missing).isEmpty();
  }

  @Test
  void everyKeyInJavaHasItsWords() {
    List<Properties> shared =
        Stream.of("emrText", "chartText", "rightsText", "fhirText")
            .map(b -> words(BUNDLES.get(b)))
            .toList();
    Properties portal = words(BUNDLES.get("portalText"));
    var missing = new TreeSet<String>();
    each(
        ".java",
        (file, source) -> {
          IN_JAVA
              .matcher(source)
              .results()
              .map(found -> found.group(1))
              .filter(key -> shared.stream().noneMatch(words -> words.containsKey(key)))
              .forEach(key -> missing.add(file + ": " + key));
          IN_PORTAL
              .matcher(source)
              .results()
              .map(found -> found.group(1))
              .filter(key -> !portal.containsKey(key))
              .forEach(key -> missing.add(file + ": " + key));
        });
    assertThat(missing).isEmpty();
  }

  @Test
  void noPageSpeaksForItself() {
    var spoken = new TreeSet<String>();
    each(
        ".xhtml",
        (page, source) -> {
          String left = IGNORED.matcher(source).replaceAll("");
          Stream.of(TEXT, ATTRIBUTE)
              .flatMap(pattern -> pattern.matcher(left).results())
              .map(found -> found.group(1).strip())
              .filter(words -> !NAMES.contains(words))
              .forEach(words -> spoken.add(page + ": " + words));
        });
    assertThat(spoken).isEmpty();
  }

  private interface Look {
    void at(String file, String source);
  }

  private static void each(String ending, Look look) {
    for (String folder : SOURCES) {
      try (var files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
          look.at(ROOT.relativize(file).toString(), Files.readString(file, UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Properties words(String bundle) {
    var words = new Properties();
    try (Reader in = Files.newBufferedReader(ROOT.resolve(bundle + ".properties"), UTF_8)) {
      words.load(in);
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
