package emr.partner;

import java.time.Instant;
import java.util.UUID;

/**
 * What the centre signs and a partner brings with each request. Nobody but the centre reads it.
 *
 * @param id stands in the audit trail with everything it was used for
 * @param client the partner's
 * @param scope granted, separated by blanks
 * @param expires the first instant at which it no longer holds
 */
public record AccessToken(UUID id, String client, String scope, Instant issued, Instant expires) {}
