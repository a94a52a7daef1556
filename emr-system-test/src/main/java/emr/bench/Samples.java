package emr.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** How long operations took. */
final class Samples {

  private static final double NANOS_PER_MS = 1e6;

  private long[] nanos = new long[4096];
  private int count;

  synchronized void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = took;
  }

  synchronized int count() {
    return count;
  }

  /**
   * @param share between 0 and 1
   * @return milliseconds; 0 if there is no sample
   */
  synchronized double quantile(double share) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1, Math.floor(share * count))] / NANOS_PER_MS;
  }

  /** In milliseconds. */
  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("p50", Figures.round(quantile(0.5)))
        .put("p95", Figures.round(quantile(0.95)))
        .put("p99", Figures.round(quantile(0.99)))
        .put("max", Figures.round(quantile(1)));
  }
}
