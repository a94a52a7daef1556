package emr.faces;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small course of values as SVG, in a box of 120 by 28: no script, and it follows theme and
 * print.
 *
 * @param points of the polyline, x and y
 * @param bandTop y of the reference band's upper edge
 * @param bandHeight 0 where no reference is known
 * @param label the same values for those who listen
 */
public record Spark(String points, String bandTop, String bandHeight, String label)
    implements Serializable {

  private static final double TOP = 4.3;
  private static final double BOTTOM = 23.7;

  /**
   * @param values oldest first, at least two
   */
  public static Spark of(List<BigDecimal> values, Reference reference, String label) {
    BigDecimal low = reference.low();
    BigDecimal high = reference.high();
    double least = values.stream().mapToDouble(BigDecimal::doubleValue).min().orElse(0);
    double most = values.stream().mapToDouble(BigDecimal::doubleValue).max().orElse(1);
    if (low != null && high != null) {
      least = Math.min(least, low.doubleValue());
      most = Math.max(most, high.doubleValue());
    }
    double from = least;
    double span = most > least ? most - least : 1;
    double step = values.size() > 1 ? 114.0 / (values.size() - 1) : 0;
    String points =
        IntStream.range(0, values.size())
            .mapToObj(
                i -> round(3 + i * step) + "," + round(y(values.get(i).doubleValue(), from, span)))
            .collect(Collectors.joining(" "));
    if (low == null || high == null) {
      return new Spark(points, "0", "0", label);
    }
    double top = y(high.doubleValue(), from, span);
    double bottom = y(low.doubleValue(), from, span);
    return new Spark(points, round(top), round(Math.max(0, bottom - top)), label);
  }

  private static double y(double value, double from, double span) {
    return BOTTOM - (value - from) / span * (BOTTOM - TOP);
  }

  private static String round(double value) {
    return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }
}
