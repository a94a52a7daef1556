package emr.faces;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What was put in and what was left out between two texts, word by word. */
final class TextDifference {

  private static final int LONGEST = 2_000;

  private TextDifference() {}

  /** How a stretch of text stands to the other text. */
  enum Kind {
    SAME,
    LEFT_OUT,
    PUT_IN
  }

  record Stretch<T>(Kind kind, T item) implements Serializable {}

  /**
   * The shortest way from one list to the other, by longest common subsequence. Lists of more than
   * {@value #LONGEST} items are taken as wholly different, so that no page can be made slow.
   */
  static <T> List<Stretch<T>> between(List<T> before, List<T> after) {
    var way = new ArrayList<Stretch<T>>();
    if (before.size() > LONGEST || after.size() > LONGEST) {
      before.forEach(item -> way.add(new Stretch<>(Kind.LEFT_OUT, item)));
      after.forEach(item -> way.add(new Stretch<>(Kind.PUT_IN, item)));
      return way;
    }
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        way.add(new Stretch<>(Kind.SAME, before.get(i++)));
        j++;
      } else if (j >= after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        way.add(new Stretch<>(Kind.LEFT_OUT, before.get(i++)));
      } else {
        way.add(new Stretch<>(Kind.PUT_IN, after.get(j++)));
      }
    }
    return way;
  }

  /** {@code text} as words, each with the space after it. */
  static List<String> words(String text) {
    return List.of(text.split("(?<=\\s)(?=\\S)"));
  }
}
