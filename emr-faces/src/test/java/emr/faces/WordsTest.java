package emr.faces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every word that a page of this module asks for has been written. */
class WordsTest {

  private static final Pattern KEY =
      Pattern.compile("emrText\\['([a-zA-Z0-9.-]+)'\\](?!\\.concat)");
  private static final Path PAGES = Path.of("src/main/resources/META-INF/resources/emr");

  @Test
  void everyKeyOfEveryPageHasItsWords() throws IOException {
    var bundle = ResourceBundle.getBundle("emr.faces.text", Locale.ENGLISH);
    var missing = new TreeSet<String>();
    try (var files = Files.walk(PAGES)) {
      for (Path page : files.filter(f -> f.toString().endsWith(".xhtml")).toList()) {
        KEY.matcher(Files.readString(page, UTF_8))
            .results()
            .map(found -> found.group(1))
            .filter(key -> !bundle.containsKey(key))
            .forEach(missing::add);
      }
    }
    assertThat(missing).isEmpty();
  }
}
