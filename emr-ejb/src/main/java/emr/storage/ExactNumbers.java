package emr.storage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads decimals so that they are written as they came: {@code 0.00000010} and {@code 1e2} too,
 * which Java would write in another way.
 */
final class ExactNumbers extends JsonParserDelegate {

  ExactNumbers(JsonParser parser) {
    super(parser);
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    BigDecimal value = super.getDecimalValue();
    String text = getText();
    return value.toString().equals(text) ? value : new AsWritten(text);
  }

  /** A number that remembers how it was written. */
  private static final class AsWritten extends BigDecimal {

    private static final long serialVersionUID = 1L;

    private final String text;

    AsWritten(String text) {
      super(text);
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
