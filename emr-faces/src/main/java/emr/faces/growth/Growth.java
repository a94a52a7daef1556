package emr.faces.growth;

import emr.faces.Viewpoint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/**
 * A child's values among the percentiles of the World Health Organization, as SVG in a box of
 * {@value #WIDTH} by {@value #HEIGHT}. The rows beside it hold the same values.
 *
 * @param curves percentiles, lowest first; a curve has a piece for each run of ages
 * @param line of the child's own values
 * @param ages what the level axis counts, in words
 * @param label what it shows, for those who listen
 * @param rows newest first
 */
public record Growth(
    String title,
    String unit,
    List<Curve> curves,
    List<Dot> points,
    String line,
    List<Tick> across,
    List<Tick> up,
    String ages,
    String label,
    List<Row> rows)
    implements Serializable {

  static final int WIDTH = 760;
  static final int HEIGHT = 300;

  private static final double LEFT = 62;
  private static final double RIGHT = 712;
  private static final double TOP = 30;
  private static final double BOTTOM = 262;
  private static final double MONTH = 30.4375;

  /** Above this age in months growth is counted in years. */
  private static final int INFANCY = 24;

  private static final int SCHOOL = 60;
  private static final int YEAR = 12;

  /** What the curves are called, and how many standard deviations they lie from the median. */
  private enum Percentile {
    P3(-1.880794),
    P15(-1.036433),
    P50(0),
    P85(1.036433),
    P97(1.880794);

    private final double z;

    Percentile(double z) {
      this.z = z;
    }
  }

  /**
   * A value as it was taken.
   *
   * @param shown as reported
   * @param record logical id of the Observation
   */
  public record Taken(
      BaseDateTimeType at, BigDecimal value, String shown, String hospital, String record) {}

  /**
   * @param pieces points of its polylines
   * @param endY where it ends
   */
  public record Curve(String name, List<String> pieces, String endY, boolean middle)
      implements Serializable {

    public Curve {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * @param words value, age and percentile, shown where a pointer rests
   */
  public record Dot(String x, String y, String words) implements Serializable {}

  /**
   * @param at x or y
   */
  public record Tick(String at, String label) implements Serializable {}

  /** The same value in the table. */
  public record Row(
      String when, String age, String hospital, String shown, String percentile, String record)
      implements Serializable {}

  public Growth {
    curves = List.copyOf(curves);
    points = List.copyOf(points);
    across = List.copyOf(across);
    up = List.copyOf(up);
    rows = List.copyOf(rows);
  }

  /** One value beside the table. */
  private record Placed(Taken taken, double months, Lms among) {

    double value() {
      return taken.value().doubleValue();
    }

    /** Such as 43; less than 1 and more than 99 are not told apart. */
    String percentile() {
      double exact = among.percentile(value());
      return exact < 1 ? "< 1" : exact > 99 ? "> 99" : Long.toString(Math.round(exact));
    }
  }

  /**
   * The growth of a child born on {@code born}; empty if there is no table for the sex, or no value
   * at an age that it knows.
   *
   * @param gender FHIR's code
   * @param values in the measure's unit, in any order
   */
  public static Optional<Growth> of(
      GrowthMeasure measure,
      String gender,
      LocalDate born,
      List<Taken> values,
      Viewpoint viewpoint) {
    Optional<GrowthTable> table = GrowthTable.of(measure, gender);
    List<Placed> placed =
        values.stream()
            .flatMap(value -> table.flatMap(t -> placed(value, born, t, viewpoint)).stream())
            .sorted(Comparator.comparingDouble(Placed::months))
            .toList();
    return placed.isEmpty()
        ? Optional.empty()
        : table.map(t -> new Drawing(t, placed, born, viewpoint).growth());
  }

  private static Optional<Placed> placed(
      Taken taken, LocalDate born, GrowthTable table, Viewpoint viewpoint) {
    double months = ChronoUnit.DAYS.between(born, viewpoint.dayOf(taken.at())) / MONTH;
    return taken.value().signum() > 0
        ? table.at(months).map(among -> new Placed(taken, months, among))
        : Optional.empty();
  }

  private static String text(double at) {
    return BigDecimal.valueOf(at).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  /** From one age to another, and from one value to another. */
  private record Box(double from, double until, double least, double most) {

    double x(double months) {
      return LEFT + (months - from) / (until - from) * (RIGHT - LEFT);
    }

    double y(double value) {
      return BOTTOM - (value - least) / (most - least) * (BOTTOM - TOP);
    }
  }

  private static final class Drawing {

    private final GrowthTable table;
    private final List<Placed> placed;
    private final LocalDate born;
    private final Viewpoint viewpoint;
    private final double step;
    private final Box box;

    Drawing(GrowthTable table, List<Placed> placed, LocalDate born, Viewpoint viewpoint) {
      this.table = table;
      this.placed = placed;
      this.born = born;
      this.viewpoint = viewpoint;
      double last = placed.get(placed.size() - 1).months();
      double until = last <= INFANCY ? INFANCY : last <= SCHOOL ? SCHOOL : table.until();
      double from = placed.get(0).months() < SCHOOL ? 0 : SCHOOL;
      double lowest = extreme(from, until, Percentile.P3, false);
      double highest = extreme(from, until, Percentile.P97, true);
      this.step = step((highest - lowest) / 5);
      this.box =
          new Box(
              from,
              until,
              Math.floor(lowest / step) * step,
              Math.ceil(highest / step + 0.1) * step);
    }

    private double extreme(double from, double until, Percentile curve, boolean most) {
      var values = new ArrayList<Double>();
      for (double months = from; months <= until; months++) {
        table.at(months).ifPresent(lms -> values.add(lms.valueAt(curve.z)));
      }
      placed.forEach(each -> values.add(each.value()));
      Comparator<Double> order = Comparator.naturalOrder();
      return values.stream().max(most ? order : order.reversed()).orElseThrow();
    }

    /** The next of 1, 2, 2.5, 5 times a power of ten. */
    private static double step(double raw) {
      double power = Math.pow(10, Math.floor(Math.log10(raw)));
      return DoubleStream.of(1, 2, 2.5, 5, 10)
          .map(factor -> factor * power)
          .filter(step -> step >= raw)
          .findFirst()
          .orElse(10 * power);
    }

    Growth growth() {
      String title =
          viewpoint.text("growth." + table.measure())
              + ", "
              + viewpoint.text("growth." + table.gender());
      List<Dot> dots = placed.stream().map(this::dot).toList();
      Placed newest = placed.get(placed.size() - 1);
      return new Growth(
          title,
          table.measure().unit(),
          Arrays.stream(Percentile.values()).map(this::curve).toList(),
          dots,
          dots.stream().map(dot -> dot.x() + "," + dot.y()).collect(Collectors.joining(" ")),
          across(),
          up(),
          viewpoint.text(box.until() > INFANCY ? "growth.years" : "growth.months"),
          viewpoint.text(
              "growth.label",
              title,
              placed.size(),
              newest.taken().shown() + " " + table.measure().unit(),
              age(newest),
              newest.percentile()),
          placed.stream()
              .sorted(Comparator.comparingDouble(Placed::months).reversed())
              .map(this::row)
              .toList());
    }

    private Curve curve(Percentile percentile) {
      var pieces = new ArrayList<String>();
      for (List<Lms> run : table.runs()) {
        String piece =
            run.stream()
                .filter(lms -> lms.months() >= box.from() && lms.months() <= box.until())
                .map(
                    lms -> text(box.x(lms.months())) + "," + text(box.y(lms.valueAt(percentile.z))))
                .collect(Collectors.joining(" "));
        if (piece.contains(" ")) {
          pieces.add(piece);
        }
      }
      double end = table.at(box.until()).orElseThrow().valueAt(percentile.z);
      return new Curve(percentile.name(), pieces, text(box.y(end)), percentile == Percentile.P50);
    }

    private Dot dot(Placed each) {
      return new Dot(
          text(box.x(each.months())),
          text(box.y(each.value())),
          viewpoint.text(
              "growth.point",
              each.taken().shown() + " " + table.measure().unit(),
              age(each),
              each.percentile()));
    }

    private Row row(Placed each) {
      return new Row(
          viewpoint.when(each.taken().at()),
          age(each),
          each.taken().hospital(),
          each.taken().shown(),
          each.percentile(),
          each.taken().record());
    }

    private String age(Placed each) {
      return new Viewpoint(
              viewpoint.locale(), viewpoint.zone(), each.taken().at().getValue().toInstant())
          .age(born);
    }

    private List<Tick> across() {
      boolean years = box.until() > INFANCY;
      int wide = years ? (box.until() - box.from() > 10 * YEAR ? 2 * YEAR : YEAR) : 3;
      var ticks = new ArrayList<Tick>();
      int first = (int) Math.ceil(box.from() / wide) * wide;
      for (int months = first; months <= box.until(); months += wide) {
        ticks.add(new Tick(text(box.x(months)), Integer.toString(years ? months / YEAR : months)));
      }
      return ticks;
    }

    private List<Tick> up() {
      var ticks = new ArrayList<Tick>();
      for (double value = box.least(); value <= box.most() + step / 2; value += step) {
        ticks.add(
            new Tick(
                text(box.y(value)),
                BigDecimal.valueOf(value)
                    .setScale(1, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString()));
      }
      return ticks;
    }
  }
}
