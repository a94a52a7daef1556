package emr.faces.chart;

import emr.faces.ChartRecord;
import emr.faces.FhirText;
import emr.faces.Flag;
import emr.faces.Reference;
import emr.faces.Spark;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Results by measure and date, the newest at the right.
 *
 * @param columns oldest first
 * @param groups vital signs, laboratory, others; those without rows are left out
 * @param all how many dates there are, those that are not columns included
 * @param compared whether two dates stand beside each other, with the change between them
 */
public record Flowsheet(List<Column> columns, List<Group> groups, int all, boolean compared)
    implements Serializable {

  private static final int ROWS = 120;

  /**
   * A date at a hospital.
   *
   * @param key for addresses
   */
  public record Column(String key, String day, String hospital) implements Serializable {}

  /**
   * @param label key of its words
   */
  public record Group(String label, List<Row> rows) implements Serializable {}

  /**
   * A measure in one unit.
   *
   * @param reference of the newest value, such as 3.6–4.8; empty if none is known
   * @param cells one for each column
   * @param spark null with fewer than two numbers
   * @param change between two dates that are compared, signed; empty where there is none
   */
  public record Row(
      String key,
      String label,
      String unit,
      String reference,
      List<Cell> cells,
      @Nullable Spark spark,
      String change)
      implements Serializable {}

  /**
   * The value of a measure at a date, the last of the day.
   *
   * @param shown empty where nothing was measured
   * @param id of the record it comes from, for links
   * @param others how many more there are of that day
   */
  public record Cell(String shown, Flag flag, String id, int others) implements Serializable {

    private static final Cell NOTHING = new Cell("", Flag.NONE, "", 0);

    static Cell of(List<Value> sameDay) {
      if (sameDay.isEmpty()) {
        return NOTHING;
      }
      Value last = sameDay.get(sameDay.size() - 1);
      return new Cell(last.shown(), last.flag(), last.record().id(), sameDay.size() - 1);
    }
  }

  private record Date(LocalDate day, String hospital) implements Comparable<Date> {

    private static final Comparator<Date> ORDER =
        Comparator.comparing(Date::day).thenComparing(Date::hospital);

    static Date of(Value value, Viewpoint viewpoint) {
      return new Date(viewpoint.dayOf(value.taken()), value.record().hospital());
    }

    @Override
    public int compareTo(Date other) {
      return ORDER.compare(this, other);
    }

    String key() {
      return day + "-" + Integer.toHexString(hospital.hashCode());
    }
  }

  public Flowsheet {
    columns = List.copyOf(columns);
    groups = List.copyOf(groups);
  }

  /**
   * @param columns how many dates to show, the newest
   * @param compare keys of two columns to show alone; anything else shows the newest
   */
  static Flowsheet of(
      Collection<Value> values, int columns, List<String> compare, Viewpoint viewpoint) {
    var dates = new TreeMap<Date, Boolean>();
    values.forEach(value -> dates.put(Date.of(value, viewpoint), true));
    List<Date> chosen = dates.keySet().stream().filter(d -> compare.contains(d.key())).toList();
    boolean compared = chosen.size() == 2;
    List<Date> shown =
        compared
            ? chosen
            : dates.keySet().stream().skip(Math.max(0, dates.size() - columns)).toList();
    var groups = new ArrayList<Group>();
    for (String group : List.of(Value.VITALS, Value.LABORATORY, Value.OTHER)) {
      List<Row> rows = rows(group, values, shown, compared, viewpoint);
      if (!rows.isEmpty()) {
        groups.add(new Group("results.group." + group, rows));
      }
    }
    return new Flowsheet(
        shown.stream()
            .map(date -> new Column(date.key(), viewpoint.day(date.day()), date.hospital()))
            .toList(),
        groups,
        dates.size(),
        compared);
  }

  /** Every date there is, newest first, to choose from. */
  static List<Column> dates(Collection<Value> values, Viewpoint viewpoint) {
    return values.stream()
        .map(value -> Date.of(value, viewpoint))
        .distinct()
        .sorted(Comparator.reverseOrder())
        .map(date -> new Column(date.key(), viewpoint.day(date.day()), date.hospital()))
        .toList();
  }

  private static List<Row> rows(
      String group,
      Collection<Value> values,
      List<Date> shown,
      boolean compared,
      Viewpoint viewpoint) {
    Map<String, List<Value>> byMeasure = new LinkedHashMap<>();
    values.stream()
        .filter(value -> value.group().equals(group))
        .sorted(Comparator.comparing(Value::at))
        .forEach(v -> byMeasure.computeIfAbsent(v.key(), key -> new ArrayList<>()).add(v));
    return byMeasure.values().stream()
        .sorted(
            Comparator.comparing(course -> course.get(0).place(), String.CASE_INSENSITIVE_ORDER))
        .map(course -> row(course, shown, compared, viewpoint))
        .filter(row -> row.cells().stream().anyMatch(cell -> !cell.shown().isEmpty()))
        .limit(ROWS)
        .toList();
  }

  private static Row row(
      List<Value> oldestFirst, List<Date> shown, boolean compared, Viewpoint viewpoint) {
    Map<Date, List<Value>> byDate = new HashMap<>();
    oldestFirst.forEach(
        v -> byDate.computeIfAbsent(Date.of(v, viewpoint), d -> new ArrayList<>()).add(v));
    Value newest = oldestFirst.get(oldestFirst.size() - 1);
    List<List<Value>> days =
        shown.stream().map(date -> byDate.getOrDefault(date, List.of())).toList();
    return new Row(
        newest.key(),
        newest.label(),
        newest.unit(),
        reference(newest.reference()),
        days.stream().map(Cell::of).toList(),
        spark(oldestFirst, newest),
        compared ? change(days.get(0), days.get(1)) : "");
  }

  static String reference(Reference reference) {
    BigDecimal low = reference.low();
    BigDecimal high = reference.high();
    if (low == null) {
      return high == null ? "" : "≤ " + FhirText.number(high);
    }
    return high == null
        ? "≥ " + FhirText.number(low)
        : FhirText.number(low) + "–" + FhirText.number(high);
  }

  private static String change(List<Value> before, List<Value> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return "";
    }
    BigDecimal from = before.get(before.size() - 1).number();
    BigDecimal to = after.get(after.size() - 1).number();
    if (from == null || to == null) {
      return "";
    }
    BigDecimal difference = to.subtract(from);
    String sign = difference.signum() > 0 ? "+" : difference.signum() < 0 ? "−" : "±";
    return sign + FhirText.number(difference.abs());
  }

  private static @Nullable Spark spark(List<Value> oldestFirst, Value newest) {
    List<BigDecimal> numbers =
        oldestFirst.stream().map(Value::number).filter(Objects::nonNull).toList();
    if (numbers.size() < 2) {
      return null;
    }
    List<BigDecimal> last = numbers.subList(Math.max(0, numbers.size() - 12), numbers.size());
    String label =
        newest.label()
            + ": "
            + String.join(", ", last.stream().map(FhirText::number).toList())
            + " "
            + newest.unit();
    return Spark.of(last, newest.reference(), label.strip());
  }

  /** Whether there is nothing to show. */
  public boolean vacant() {
    return groups.isEmpty();
  }

  /** Where results that are not the newest of their chart come from. */
  static List<Value> values(
      Collection<ChartRecord> records, @Nullable LocalDate born, Viewpoint viewpoint) {
    return records.stream().flatMap(record -> Value.of(record, born, viewpoint).stream()).toList();
  }
}
