package emr.portal;

import emr.charging.Item;
import emr.charging.MonthlyStatement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A hospital's charges by month as stacked bars of an SVG of 420 by 190; the ground is at y 160.
 */
final class Bars {

  private static final double GROUND = 160;
  private static final double HEIGHT = 135;
  private static final int LEFT = 54;
  private static final int STEP = 61;

  private Bars() {}

  /**
   * A month's bar.
   *
   * @param x left edge
   * @param parts from the ground up
   * @param top y of the amount above it
   */
  public record Bar(YearMonth month, int x, List<Part> parts, String top, String amount) {

    public int middle() {
      return x + 17;
    }
  }

  /** A piece of a bar; {@code css} is its class in {@code emr.css}. */
  public record Part(String css, String y, String height) {}

  static List<Bar> of(List<MonthlyStatement> statements) {
    double most = most(statements);
    var bars = new ArrayList<Bar>();
    for (MonthlyStatement statement : statements) {
      var parts = new ArrayList<Part>();
      double y = GROUND;
      for (MonthlyStatement.Line line : statement.lines()) {
        double height = most == 0 ? 0 : line.amount().minor() / most * HEIGHT;
        y -= height;
        parts.add(new Part("bar" + (line.item().ordinal() + 1), one(y), one(height)));
      }
      bars.add(
          new Bar(
              statement.period().month(),
              LEFT + bars.size() * STEP,
              parts,
              one(y - 5),
              statement.total().toString()));
    }
    return bars;
  }

  /** One entry for each of the items, in the order of the parts. */
  static List<String> scale(List<Bar> bars) {
    return bars.isEmpty()
        ? List.of()
        : List.of(Item.values()).stream()
            .map(i -> PortalText.of("item.short." + i.name()))
            .toList();
  }

  private static double most(List<MonthlyStatement> statements) {
    return statements.stream().mapToLong(s -> s.total().minor()).max().orElse(0);
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
