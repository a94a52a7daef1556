package emr.account;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which passwords may be chosen (NIST SP 800-63B, 3.1.1.2): long ones that are neither among the
 * leaked ones nor built from them in a few steps. Which kinds of characters they have is no matter.
 */
public final class PasswordRule {

  /** In characters. */
  public static final int SHORTEST = 12;

  /** In characters; hashing more would be work for nothing. */
  public static final int LONGEST = 128;

  /** What can be guessed in fewer tries is refused; a leaked password takes a few thousand. */
  private static final double GUESSES = 1e8;

  private static final String BETWEEN_WORDS = "[^\\p{L}\\p{M}\\p{N}]+";

  /** In characters; a shorter name stands in many words that are not it. */
  private static final int SHORTEST_NAME = 4;

  /** The estimate takes longer than linear; so much of a password is enough for it. */
  private static final int ESTIMATED = 64;

  /** What is known of every installation. */
  private static final List<String> KNOWN =
      List.of("emr", "hospital", "medical record", "demo-Only-2026", "demo", "only");

  /** Read from the library once, when somebody first chooses a password. */
  private static final class Leaked {
    static final Zxcvbn LIST = new Zxcvbn();
  }

  /** Why a password is refused. */
  public enum Fault {
    SHORT,
    LONG,
    /** Leaked, easily made from what leaked, or one that holds the person's own name. */
    GUESSABLE
  }

  private PasswordRule() {}

  /**
   * What stands against {@code password}.
   *
   * @param about what a stranger knows of the person: user name, name
   */
  public static Optional<Fault> fault(String password, String... about) {
    String chosen = Passwords.normalised(password);
    int length = chosen.codePointCount(0, chosen.length());
    if (length < SHORTEST) {
      return Optional.of(Fault.SHORT);
    }
    if (length > LONGEST) {
      return Optional.of(Fault.LONG);
    }
    return holds(chosen, about) || guesses(chosen, about) < GUESSES
        ? Optional.of(Fault.GUESSABLE)
        : Optional.empty();
  }

  /** Whether a name, or a word of it, stands in {@code password}, however it is written. */
  private static boolean holds(String password, String... about) {
    String bare = bare(password);
    return Arrays.stream(about)
        .flatMap(name -> Stream.concat(Stream.of(name), Arrays.stream(name.split(BETWEEN_WORDS))))
        .map(PasswordRule::bare)
        .filter(name -> name.codePointCount(0, name.length()) >= SHORTEST_NAME)
        .anyMatch(bare::contains);
  }

  private static String bare(String text) {
    return Passwords.normalised(text).toLowerCase(Locale.ROOT).replaceAll(BETWEEN_WORDS, "");
  }

  private static double guesses(String password, String... about) {
    var known = new ArrayList<>(KNOWN);
    for (String words : about) {
      known.add(words);
      known.addAll(List.of(words.split(BETWEEN_WORDS)));
    }
    known.removeIf(String::isEmpty);
    String part = password.substring(0, Math.min(ESTIMATED, password.length()));
    return Leaked.LIST.measure(part, known).getGuesses();
  }
}
