package emr.faces.chart;

import emr.faces.ChartRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A chart as it was known at a moment: of each record the newest version that was stored by then.
 */
final class AsKnown {

  private AsKnown() {}

  /** Records, as {@code Type/id}, of which it takes older versions to know how they stood then. */
  static List<String> unsure(Collection<ChartRecord> newest, Instant at) {
    return newest.stream()
        .filter(record -> record.at().isAfter(at) && record.number() > 1)
        .map(AsKnown::name)
        .distinct()
        .toList();
  }

  /**
   * @param newest the newest version of each record
   * @param versions older versions of those that are {@link #unsure}, in any order
   */
  static List<ChartRecord> at(
      Instant at, Collection<ChartRecord> newest, Collection<ChartRecord> versions) {
    Map<String, ChartRecord> then = new HashMap<>();
    var all = new ArrayList<>(newest);
    all.addAll(versions);
    all.stream()
        .filter(record -> !record.at().isAfter(at))
        .sorted(Comparator.comparingInt(ChartRecord::number))
        .forEach(record -> then.put(name(record), record));
    return List.copyOf(then.values());
  }

  private static String name(ChartRecord record) {
    return record.type() + "/" + record.id();
  }
}
