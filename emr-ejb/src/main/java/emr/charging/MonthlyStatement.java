package emr.charging;

import emr.exchange.record.HospitalId;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one hospital owes for one month, or for the part of it that is over (claims 20, 27).
 *
 * <p>Each line's amount is the exact product of quantity and price, rounded once, half up, to the
 * currency's minor unit; the total is the sum of the lines as rounded. What was kept is measured in
 * octets times microseconds and set against 1,048,576 octets times the length of that month, so one
 * MiB kept for all of February costs as much as one kept for all of March.
 */
public record MonthlyStatement(
    HospitalId hospital, Period period, Tariff tariff, Usage usage, List<Line> lines)
    implements Serializable {

  private static final BigInteger MIB = BigInteger.valueOf(1 << 20);

  /** Decimals of a quantity shown; amounts are computed from the exact one. */
  private static final int DECIMALS = 6;

  /**
   * One line.
   *
   * @param quantity records, or MiB months to six decimals
   */
  public record Line(Item item, BigDecimal quantity, Money amount) implements Serializable {}

  public static MonthlyStatement of(
      HospitalId hospital, Period period, Tariff tariff, Usage usage) {
    return new MonthlyStatement(
        hospital,
        period,
        tariff,
        usage,
        Stream.of(Item.values()).map(item -> line(item, period, tariff, usage)).toList());
  }

  /** The sum of the lines. */
  public Money total() {
    return lines.stream().map(Line::amount).reduce(new Money(0, tariff.currency()), Money::plus);
  }

  /**
   * What a part of the use costs, not rounded: minor units to six decimals. For showing how a line
   * came about; only lines are charged.
   */
  static BigDecimal share(Item item, Usage part, Period period, Tariff tariff) {
    return divide(item, tariff.price(item), part, period, DECIMALS);
  }

  /** Records, or MiB months to six decimals. */
  static BigDecimal quantity(Item item, Usage usage, Period period) {
    return divide(item, BigDecimal.ONE, usage, period, item == Item.KEPT ? DECIMALS : 0);
  }

  private static Line line(Item item, Period period, Tariff tariff, Usage usage) {
    long minor = divide(item, tariff.price(item), usage, period, 0).longValueExact();
    return new Line(item, quantity(item, usage, period), new Money(minor, tariff.currency()));
  }

  private static BigDecimal divide(
      Item item, BigDecimal price, Usage usage, Period period, int decimals) {
    BigInteger used =
        switch (item) {
          case STORED -> BigInteger.valueOf(usage.stored());
          case RETRIEVED -> BigInteger.valueOf(usage.retrieved());
          case KEPT -> usage.keptOctetMicros();
        };
    BigInteger unit = item == Item.KEPT ? MIB.multiply(period.monthMicros()) : BigInteger.ONE;
    return new BigDecimal(used)
        .multiply(price)
        .divide(new BigDecimal(unit), decimals, RoundingMode.HALF_UP);
  }
}
