package emr.access;

import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A standing policy as the judge reads it: the newest version of a policy's Consent.
 *
 * @param refuses whether it shuts what it names, rather than opens it
 * @param patient of the Consent record; with {@code record} and {@code number} it names the version
 * @param grantor number of the hospital whose records it opens
 * @param about key of the patient whose records it opens; null for all
 * @param hospital number of the hospital it is for; {@link #EVERY_OTHER}
 * @param types numbers of the record types it is about; empty for all
 * @param sensitivity that it names, as {@link emr.exchange.access.Sensitivity#bits}
 */
public record StandingPolicy(
    boolean refuses,
    long patient,
    long record,
    int number,
    short grantor,
    @Nullable Long about,
    short hospital,
    @Nullable Role role,
    @Nullable String user,
    Set<Short> types,
    short sensitivity,
    Set<AccessRight> rights,
    Instant from,
    @Nullable Instant until,
    boolean inForce) {

  /** Stands for all hospitals but the grantor's own, in a refusal. */
  public static final short EVERY_OTHER = 0;

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

  /** Whether it is for people of that hospital. A refusal is never for the grantor's own. */
  boolean isFor(short asking) {
    return (hospital == EVERY_OTHER || hospital == asking) && !(refuses && grantor == asking);
  }

  /** Opens what it names wholly, and shuts what it names in part. */
  boolean names(short sensitivities) {
    return refuses ? (sensitivities & sensitivity) != 0 : (sensitivities & ~sensitivity) == 0;
  }

  /** How a decision names it; {@link Judgement} writes the same. */
  String name() {
    return "policy:" + patient + ":" + record + ":" + number;
  }
}
