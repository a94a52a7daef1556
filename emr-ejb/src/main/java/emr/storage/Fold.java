package emr.storage;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How texts are compared in searches: without case, accents and width; kana keep their marks. */
final class Fold {

  private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  private Fold() {}

  static String fold(String text) {
    boolean plain = text.chars().allMatch(c -> c < 128);
    String folded =
        plain
            ? text
            : Normalizer.normalize(
                ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll(""),
                Normalizer.Form.NFC);
    return folded.toLowerCase(Locale.ROOT).replace("ß", "ss");
  }

  /** The folded words of {@code text}. */
  static List<String> words(String text) {
    var words = new ArrayList<String>();
    for (String word : NO_WORD.split(fold(text))) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
