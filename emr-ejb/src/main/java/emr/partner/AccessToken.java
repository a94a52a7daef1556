package emr.partner;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the centre signs and a partner brings with each request. Nobody but the centre reads it.
 *
 * @param id stands in the audit trail with everything it was used for
 * @param client the partner's
 * @param scope granted, separated by blanks
 * @param expires the first instant at which it no longer holds
 * @param registered the {@code tokensFrom} of the registration by which it was given: it ends with
 *     that. Null in tokens of centres that did not say so yet
 */
public record AccessToken(
    UUID id,
    String client,
    String scope,
    Instant issued,
    Instant expires,
    @Nullable Instant registered) {

  /**
   * Whether it was given by the registration whose tokens begin at {@code from}, or a later one.
   */
  boolean isOf(Instant from) {
    return registered != null && !registered.isBefore(from);
  }
}
