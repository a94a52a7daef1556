package emr.faces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What centre and hospital explain in English to programs and people alike, in the reader's
 * language. The sentences stand in {@code explained_ja.tsv}; one that does not stand there stays
 * English.
 */
final class Explained {

  private static final List<Sentence> JAPANESE = read();
  private static final String REFUSED = "Refused: ";
  private static final String PERMITTED = "Permitted: ";

  private Explained() {}

  /**
   * @param english with what it quotes in groups
   * @param other with {0}, {1} … for the groups
   */
  private record Sentence(Pattern english, String other) {

    Optional<String> of(String text) {
      Matcher found = english.matcher(text);
      if (!found.matches()) {
        return Optional.empty();
      }
      var quoted = new Object[found.groupCount()];
      Arrays.setAll(quoted, i -> found.group(i + 1));
      return Optional.of(new MessageFormat(other, Locale.JAPANESE).format(quoted));
    }
  }

  private static List<Sentence> read() {
    try (InputStream in =
        Objects.requireNonNull(Explained.class.getResourceAsStream("explained_ja.tsv"))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .map(pair -> new Sentence(pattern(pair[0]), pair[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern pattern(String english) {
    return Pattern.compile(
        Arrays.stream(english.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("(.+?)")));
  }

  /** The sentence if it is known, else empty. */
  static Optional<String> sentence(String english, Locale locale) {
    return locale.getLanguage().equals("ja")
        ? JAPANESE.stream().flatMap(known -> known.of(english).stream()).findFirst()
        : Optional.of(english);
  }

  /** An explanation, also one such as "Refused: it is not there" or "Permitted: one; another". */
  static String of(String english, Viewpoint viewpoint) {
    if (english.startsWith(REFUSED)) {
      return viewpoint.text("explained.refused", parts(english, REFUSED, viewpoint));
    }
    if (english.startsWith(PERMITTED)) {
      return viewpoint.text("explained.permitted", parts(english, PERMITTED, viewpoint));
    }
    return english.equals("Permitted")
        ? viewpoint.text("explained.plainly")
        : sentence(english, viewpoint.locale()).orElse(english);
  }

  private static String parts(String english, String head, Viewpoint viewpoint) {
    return Arrays.stream(english.substring(head.length()).split("; "))
        .map(part -> sentence(part, viewpoint.locale()).orElse(part))
        .collect(Collectors.joining(viewpoint.text("explained.and")));
  }
}
