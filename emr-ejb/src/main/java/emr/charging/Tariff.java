package emr.charging;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Prices, in force from the first instant of a month (UTC) until a later version of the same code.
 * A version is never changed.
 *
 * @param code 1 to 32 lower-case letters, digits or '-'
 * @param perStored minor units for each version of a record stored; up to 6 decimals
 * @param perRetrieved minor units for each version of a record retrieved; up to 6 decimals
 * @param perMibMonth minor units for 1,048,576 octets kept for the whole of a month, and in
 *     proportion; up to 6 decimals
 */
public record Tariff(
    String code,
    YearMonth validFrom,
    Currency currency,
    BigDecimal perStored,
    BigDecimal perRetrieved,
    BigDecimal perMibMonth)
    implements Serializable {

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final BigDecimal DEAREST = new BigDecimal("1000000000");

  public Tariff {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "A tariff's code has 1 to 32 lower-case letters, digits or '-'.");
    }
    for (BigDecimal price : new BigDecimal[] {perStored, perRetrieved, perMibMonth}) {
      if (price.signum() < 0
          || price.compareTo(DEAREST) > 0
          || price.stripTrailingZeros().scale() > 6) {
        throw new IllegalArgumentException("A price is not negative and has up to 6 decimals.");
      }
    }
  }

  /** Minor units for one of {@code item}. */
  public BigDecimal price(Item item) {
    return switch (item) {
      case STORED -> perStored;
      case RETRIEVED -> perRetrieved;
      case KEPT -> perMibMonth;
    };
  }

  /** For people, in the currency's main unit with two decimals or more: {@code ¥0.50}. */
  public String priceText(Item item) {
    BigDecimal price =
        price(item).movePointLeft(currency.getDefaultFractionDigits()).stripTrailingZeros();
    int decimals = Math.max(2, price.scale());
    return Money.symbol(currency) + String.format(Locale.ROOT, "%,." + decimals + "f", price);
  }
}
