package emr.identity;

import com.nimbusds.jose.jwk.JWKSet;
import emr.exchange.record.HospitalId;
import java.time.Duration;
import java.time.Instant;

/**
 * A system that works for a hospital and signs in by itself (SMART Backend Services).
 *
 * @param client by which it is known
 * @param hospital for which it acts, and which pays
 * @param name for people
 * @param keys public ones; it signs with their private halves
 * @param scopes what it may ask for, separated by blanks
 * @param token how long a token holds that it is given
 * @param perMinute requests that it may make in a minute, 1 at least
 * @param active false once it has been turned away
 * @param tokensFrom tokens that were given by an earlier registration hold no longer; the register
 *     says
 */
public record Partner(
    String client,
    HospitalId hospital,
    String name,
    JWKSet keys,
    String scopes,
    Duration token,
    int perMinute,
    boolean active,
    Instant tokensFrom) {

  /** As somebody registers it. */
  public Partner(
      String client,
      HospitalId hospital,
      String name,
      JWKSet keys,
      String scopes,
      Duration token,
      int perMinute,
      boolean active) {
    this(client, hospital, name, keys, scopes, token, perMinute, active, Instant.EPOCH);
  }
}
