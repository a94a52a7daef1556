package emr.faces.chart;

import emr.faces.Viewpoint;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;

/** Days at which an axis of time is marked: first days of months or years, not too many. */
final class TimeTicks {

  private static final List<Integer> MONTHS = List.of(1, 2, 3, 6, 12, 24, 60, 120, 240);

  private TimeTicks() {}

  /**
   * @param strong whether a year begins
   */
  record Tick(LocalDate day, String label, boolean strong) {}

  static List<Tick> between(LocalDate from, LocalDate until, int most, Viewpoint viewpoint) {
    long months = Math.max(1, (until.toEpochDay() - from.toEpochDay()) / 30);
    int step = MONTHS.stream().filter(s -> months / s < most).findFirst().orElse(MONTHS.get(8));
    var ticks = new ArrayList<Tick>();
    LocalDate day = LocalDate.of(from.getYear(), 1, 1);
    if (step >= 24) {
      day = LocalDate.of(from.getYear() - Math.floorMod(from.getYear(), step / 12), 1, 1);
    }
    for (; day.isBefore(until); day = day.plusMonths(step)) {
      if (!day.isBefore(from)) {
        boolean year = day.getMonthValue() == 1;
        String label =
            year
                ? Integer.toString(day.getYear())
                : day.getMonth().getDisplayName(TextStyle.SHORT, viewpoint.locale());
        ticks.add(new Tick(day, label, year));
      }
    }
    return ticks;
  }
}
