package emr.hospital.temporarystore;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * The designated time of claim 5: how long a submission stays here before it is sent.
 *
 * @param usual for types not named
 * @param byType for FHIR resource types that differ
 */
public record HoldTimes(Duration usual, Map<String, Duration> byType) implements Serializable {

  /** No hold is longer; a record must not be forgotten here. */
  public static final Duration LONGEST = Duration.ofDays(30);

  public HoldTimes {
    byType = Map.copyOf(byType);
    require(usual);
    byType.values().forEach(HoldTimes::require);
  }

  private static void require(Duration hold) {
    if (hold.isNegative() || hold.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a hold is between none and 30 days");
    }
  }

  public Duration of(String type) {
    return byType.getOrDefault(type, usual);
  }

  /** The longest of its types' holds, so that nothing leaves before its time. */
  public Duration of(Collection<String> types) {
    return types.stream().map(this::of).max(Duration::compareTo).orElse(usual);
  }
}
