package emr.faces.chart;

import emr.faces.FhirText;
import emr.faces.Flag;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The course of one measure as SVG in a box of {@value #WIDTH} by {@value #HEIGHT}: no script,
 * coloured by the style sheet, so that it follows theme and paper. The rows beside it hold the same
 * values.
 *
 * @param points drawn dots
 * @param line of the polyline
 * @param bandTop y of the reference band's upper edge
 * @param bandHeight 0 where no reference is known
 * @param label what it shows, for those who listen
 * @param rows newest first
 */
public record Plot(
    String title,
    String unit,
    String reference,
    List<Dot> points,
    String line,
    String bandTop,
    String bandHeight,
    List<Tick> across,
    List<Tick> up,
    String label,
    List<Entry> rows)
    implements Serializable {

  static final int WIDTH = 760;
  static final int HEIGHT = 236;
  private static final double LEFT = 62;
  private static final double RIGHT = 712;
  private static final double TOP = 30;
  private static final double BOTTOM = 198;
  private static final int GRIDLINES = 5;

  /**
   * @param out whether the value is out of its reference
   * @param words the value and when, shown where a pointer rests
   */
  public record Dot(String x, String y, boolean out, String words) implements Serializable {}

  /**
   * @param at x or y
   */
  public record Tick(String at, String label, boolean strong) implements Serializable {}

  /** The same value in the table. */
  public record Entry(String when, String hospital, String shown, Flag flag, String id)
      implements Serializable {}

  public Plot {
    points = List.copyOf(points);
    across = List.copyOf(across);
    up = List.copyOf(up);
    rows = List.copyOf(rows);
  }

  /**
   * @param course values of one measure in one unit, in any order
   * @param from where the time axis begins; null for the first value
   */
  static @Nullable Plot of(List<Value> course, @Nullable Instant from, Viewpoint viewpoint) {
    List<Value> sorted =
        course.stream()
            .filter(value -> value.number() != null)
            .sorted(Comparator.comparing(Value::at))
            .toList();
    if (sorted.isEmpty()) {
      return null;
    }
    Value newest = sorted.get(sorted.size() - 1);
    BigDecimal low = newest.reference().low();
    BigDecimal high = newest.reference().high();
    Scale up = Scale.over(sorted, low, high);
    Time time = Time.over(from == null ? sorted.get(0).at() : from, viewpoint);
    var dots = new ArrayList<Dot>();
    for (Value value : sorted) {
      String y = text(up.y(number(value)));
      boolean out = !value.flag().getArrow().isEmpty();
      String words =
          FhirText.joined(" ", value.shown(), value.unit(), "·", viewpoint.when(value.taken()));
      dots.add(new Dot(text(time.x(value.at())), y, out, words));
    }
    String reference = Flowsheet.reference(newest.reference());
    double top = high == null ? TOP : up.y(high.doubleValue());
    double bottom = low == null ? BOTTOM : up.y(low.doubleValue());
    return new Plot(
        newest.label(),
        newest.unit(),
        reference,
        dots,
        dots.stream().map(dot -> dot.x() + "," + dot.y()).collect(Collectors.joining(" ")),
        text(top),
        reference.isEmpty() ? "0" : text(Math.max(0, bottom - top)),
        time.ticks(viewpoint),
        up.ticks(),
        label(sorted, reference, viewpoint),
        sorted.stream()
            .sorted(Comparator.comparing(Value::at).reversed())
            .map(
                v ->
                    new Entry(
                        viewpoint.when(v.taken()),
                        v.record().hospital(),
                        v.shown(),
                        v.flag(),
                        v.record().id()))
            .toList());
  }

  private static String label(List<Value> sorted, String reference, Viewpoint viewpoint) {
    Value first = sorted.get(0);
    Value last = sorted.get(sorted.size() - 1);
    return viewpoint.text(
        reference.isEmpty() ? "plot.label" : "plot.label-reference",
        FhirText.joined(", ", last.label(), last.unit()),
        sorted.size(),
        viewpoint.when(first.taken()),
        first.shown(),
        viewpoint.when(last.taken()),
        last.shown(),
        reference);
  }

  private static double number(Value value) {
    return Objects.requireNonNull(value.number()).doubleValue();
  }

  private static String text(double at) {
    return BigDecimal.valueOf(at).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  /** The upright axis, in steps that people count in. */
  private record Scale(double least, double step, int steps) {

    static Scale over(List<Value> values, @Nullable BigDecimal low, @Nullable BigDecimal high) {
      double least = values.stream().mapToDouble(Plot::number).min().orElse(0);
      double most = values.stream().mapToDouble(Plot::number).max().orElse(1);
      least = low == null ? least : Math.min(least, low.doubleValue());
      most = high == null ? most : Math.max(most, high.doubleValue());
      double span = most > least ? most - least : Math.max(Math.abs(most) / 10, 1);
      double step = round(span / (GRIDLINES - 1));
      double from = Math.floor((least - span / 20) / step) * step;
      if (least >= 0 && from < 0) {
        from = 0;
      }
      int steps = (int) Math.max(1, Math.ceil((most + span / 20 - from) / step));
      return new Scale(from, step, steps);
    }

    /** The next of 1, 2, 2.5, 5 times a power of ten. */
    private static double round(double raw) {
      double power = Math.pow(10, Math.floor(Math.log10(raw)));
      for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
        if (raw <= factor * power * 1.0000001) {
          return factor * power;
        }
      }
      return 10 * power;
    }

    double y(double value) {
      return BOTTOM - (value - least) / (step * steps) * (BOTTOM - TOP);
    }

    List<Tick> ticks() {
      var ticks = new ArrayList<Tick>();
      for (int i = 0; i <= steps; i++) {
        double value = least + i * step;
        String label =
            new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
        ticks.add(new Tick(text(y(value)), label, false));
      }
      return ticks;
    }
  }

  /** The level axis, from a day to today. */
  private record Time(LocalDate from, LocalDate until) {

    private static final int MOST = 9;

    static Time over(Instant from, Viewpoint viewpoint) {
      LocalDate first = LocalDate.ofInstant(from, viewpoint.zone());
      LocalDate last = viewpoint.today().plusDays(1);
      return new Time(first.isBefore(last) ? first : last.minusDays(1), last);
    }

    double x(Instant at) {
      double days = at.getEpochSecond() / 86_400.0 - from.toEpochDay();
      double span = Math.max(1, until.toEpochDay() - from.toEpochDay());
      return LEFT + Math.max(0, Math.min(1, days / span)) * (RIGHT - LEFT);
    }

    List<Tick> ticks(Viewpoint viewpoint) {
      return TimeTicks.between(from, until, MOST, viewpoint).stream()
          .map(
              tick ->
                  new Tick(
                      text(x(tick.day().atStartOfDay(viewpoint.zone()).toInstant())),
                      tick.label(),
                      tick.strong()))
          .toList();
    }
  }
}
