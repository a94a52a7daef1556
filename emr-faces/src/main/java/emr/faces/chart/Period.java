package emr.faces.chart;

import emr.faces.Viewpoint;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How far back a page looks. */
public enum Period {
  YEAR("1", 1),
  THREE_YEARS("3", 3),
  TEN_YEARS("10", 10),
  ALL("all", 0);

  private final String name;
  private final int years;

  Period(String name, int years) {
    this.name = name;
    this.years = years;
  }

  static Period named(String name, Period otherwise) {
    return Arrays.stream(values()).filter(p -> p.name.equals(name)).findFirst().orElse(otherwise);
  }

  /** Name in addresses. */
  public String getName() {
    return name;
  }

  /** Key of its words. */
  public String getLabel() {
    return "period." + name;
  }

  /**
   * Its first day; null if it has none.
   *
   * @param last the day from which it is counted back
   */
  @Nullable LocalDate first(LocalDate last) {
    return years == 0 ? null : last.minusYears(years);
  }

  /** {@code &date=ge…} for a search, or nothing. */
  String condition(String parameter, Viewpoint viewpoint) {
    LocalDate first = first(viewpoint.today());
    return first == null ? "" : "&" + parameter + "=ge" + first;
  }
}
