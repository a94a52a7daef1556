package emr.charging;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/**
 * An amount that can be paid.
 *
 * @param minor in the currency's minor units: yen, cents
 */
public record Money(long minor, Currency currency) implements Serializable {

  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("amounts in " + currency + " and " + other.currency);
    }
    return new Money(Math.addExact(minor, other.minor), currency);
  }

  /** In the currency's main unit, with all its decimals: {@code 12.50}, {@code 486912}. */
  public BigDecimal amount() {
    return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
  }

  /** For people: {@code ¥486,912}, {@code €12.50}. */
  @Override
  public String toString() {
    return symbol(currency)
        + String.format(Locale.ROOT, "%,." + currency.getDefaultFractionDigits() + "f", amount());
  }

  static String symbol(Currency currency) {
    return switch (currency.getCurrencyCode()) {
      case "JPY" -> "¥";
      case "EUR" -> "€";
      case "USD" -> "$";
      case "GBP" -> "£";
      default -> currency.getCurrencyCode() + " ";
    };
  }
}
