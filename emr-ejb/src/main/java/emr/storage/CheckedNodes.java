package emr.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.math.BigDecimal;

/**
 * Makes the nodes of a tree, and none that would harm who reads it: numbers whose digits nobody
 * could write down, texts that are not Unicode or hold control characters.
 */
final class CheckedNodes extends JsonNodeFactory {

  private static final long serialVersionUID = 1L;
  private static final int MOST_DIGITS = 400;

  @Override
  public ValueNode numberNode(BigDecimal number) {
    if (Math.abs((long) number.scale()) + number.precision() > MOST_DIGITS) {
      throw new Refusal(
          Reason.MALFORMED, "A number has " + MOST_DIGITS + " digits at most, written out.");
    }
    return super.numberNode(number);
  }

  @Override
  public TextNode textNode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' ? c != '\t' && c != '\n' && c != '\r' : c == 0x7f) {
        throw new Refusal(Reason.MALFORMED, "A text holds a control character.");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new Refusal(Reason.MALFORMED, "A text is not Unicode.");
        }
        i++;
      }
    }
    return super.textNode(text);
  }
}
