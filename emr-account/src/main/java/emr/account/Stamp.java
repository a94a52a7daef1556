package emr.account;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.io.Serializable;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A piece of text that somebody writes often; typed as {@code ;word}.
 *
 * @param owner user name of who keeps it
 * @param shared whether colleagues of the same profession may use it too
 * @param word 1 to 20 letters of any script, digits or hyphens
 * @param text 1 to 4,000 characters
 */
public record Stamp(UUID id, String owner, boolean shared, String word, String text)
    implements Serializable {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}ー-]{1,20}");
  private static final int LONGEST = 4_000;

  /**
   * @throws Refusal {@link Reason#UNPROCESSABLE}
   */
  public Stamp {
    if (!WORD.matcher(word).matches()) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "A stamp's word has 1 to 20 letters, digits or hyphens.");
    }
    if (text.isBlank() || text.length() > LONGEST) {
      throw new Refusal(Reason.UNPROCESSABLE, "A stamp's text has 1 to 4000 characters.");
    }
  }
}
