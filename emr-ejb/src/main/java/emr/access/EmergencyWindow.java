package emr.access;

import emr.exchange.access.Sensitivity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody opened in an emergency, as the judge reads it.
 *
 * @param hospital number of the person's hospital
 * @param person the name they sign in with there
 * @param patient by key
 * @param types numbers of the record types; empty for all
 * @param endedAt when it was ended before its time
 */
public record EmergencyWindow(
    UUID id,
    short hospital,
    String person,
    long patient,
    Set<Short> types,
    Instant openedAt,
    Instant until,
    @Nullable Instant endedAt) {

  /** What no emergency opens. */
  static final short SHUT = Sensitivity.bits(Set.of(Sensitivity.VERY_RESTRICTED));

  public EmergencyWindow {
    types = Set.copyOf(types);
  }

  boolean isOf(Asker asker) {
    return hospital == asker.hospital() && person.equals(asker.user());
  }

  boolean isOpen(Instant now) {
    return !now.isBefore(openedAt)
        && now.isBefore(until)
        && (endedAt == null || now.isBefore(endedAt));
  }

  /** How a decision names it; {@link Judgement} writes the same. */
  String name() {
    return "emergency:" + id;
  }
}
