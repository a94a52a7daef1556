package emr.access;

import emr.exchange.record.HospitalId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts refused papers by minute and in whose name they came, on one server. */
final class RefusedByMinute {

  /** Of one hospital, in a minute, these are few. */
  static final int FEW = 60;

  /** So are these in nobody's name: anybody can send them. */
  static final int FEW_OF_NOBODY = 10;

  private final Map<Minute, Integer> counts = new ConcurrentHashMap<>();

  private record Minute(@Nullable HospitalId hospital, Instant from) {

    int few() {
      return hospital == null ? FEW_OF_NOBODY : FEW;
    }
  }

  /**
   * More refusals than were few.
   *
   * @param hospital null for nobody's
   * @param minute its beginning
   * @param count of those beyond the few, 1 at least
   */
  record Rest(@Nullable HospitalId hospital, Instant minute, int count) {}

  /** Counts one more; false if they are no longer few. */
  boolean isFew(@Nullable HospitalId hospital, Instant now) {
    var minute = new Minute(hospital, now.truncatedTo(ChronoUnit.MINUTES));
    return counts.merge(minute, 1, Integer::sum) <= minute.few();
  }

  /** What was beyond the few in each minute before that of {@code now}; each is told once. */
  List<Rest> rest(Instant now) {
    Instant running = now.truncatedTo(ChronoUnit.MINUTES);
    var rest = new ArrayList<Rest>();
    for (Minute minute : counts.keySet()) {
      Integer count = minute.from.isBefore(running) ? counts.remove(minute) : null;
      if (count != null && count > minute.few()) {
        rest.add(new Rest(minute.hospital, minute.from, count - minute.few()));
      }
    }
    return rest;
  }
}
