package emr.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How texts are compared in searches: without case, accents and width, katakana as hiragana. Kana
 * keep their voicing marks, which tell other sounds.
 */
final class Fold {

  private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final char FIRST_KATAKANA = 'ァ';
  private static final char LAST_KATAKANA = 'ヶ';
  private static final int TO_HIRAGANA = 'ァ' - 'ぁ';

  private Fold() {}

  static String fold(String text) {
    boolean plain = text.chars().allMatch(c -> c < 128);
    return plain ? text.toLowerCase(Locale.ROOT) : foldMarks(text);
  }

  private static String foldMarks(String text) {
    String bare = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    String lower =
        Normalizer.normalize(bare, Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT)
            .replace("ß", "ss")
            .replace('ς', 'σ');
    var folded = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      boolean katakana = c >= FIRST_KATAKANA && c <= LAST_KATAKANA;
      folded.append(katakana ? (char) (c - TO_HIRAGANA) : c);
    }
    return folded.toString();
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
