package emr.access;

import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A standing policy as the judge reads it: the newest version of a policy's Consent.
 *
 * @param patient of the Consent record; with {@code record} and {@code number} it names the version
 * @param grantor number of the hospital whose records it opens
 * @param about key of the patient whose records it opens; null for all
 * @param hospital number of the hospital it opens them to
 * @param types numbers of the record types it opens; empty for all
 */
public record StandingPolicy(
    long patient,
    long record,
    int number,
    short grantor,
    @Nullable Long about,
    short hospital,
    @Nullable Role role,
    @Nullable String user,
    Set<Short> types,
    Set<AccessRight> rights,
    Instant from,
    @Nullable Instant until,
    boolean inForce) {

  public StandingPolicy {
    types = Set.copyOf(types);
    rights = Set.copyOf(rights);
  }

  /**
   * Whether it was made with this person in mind. If not, it opens no more than the person's role
   * may see at the own hospital: a grant to a whole hospital is none to its clerks to read notes.
   */
  boolean namesPerson() {
    return role != null || user != null;
  }

  /** How a decision names it; {@link Judgement} writes the same. */
  String name() {
    return "policy:" + patient + ":" + record + ":" + number;
  }
}
