package emr.partner;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Partner;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JWT by which a partner proves who it is (RFC 7523, as <a
 * href="https://hl7.org/fhir/smart-app-launch/STU2/client-confidential-asymmetric.html">SMART</a>
 * has it). Every {@link Refusal} is {@link Reason#NOT_AUTHENTICATED} and says no more than is good
 * for whoever guesses.
 *
 * @param id its {@code jti}
 * @param expires its {@code exp}
 */
record Assertion(String id, Instant expires) {

  static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS384, JWSAlgorithm.ES384);

  /** By how much the clocks of a partner and the centre may differ. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int LONGEST_ID = 255;

  static SignedJWT parse(String text) {
    try {
      return SignedJWT.parse(text);
    } catch (ParseException e) {
      throw refused(e);
    }
  }

  /** Who it says made it; believe it only once it is verified. */
  static String issuer(SignedJWT assertion) {
    try {
      return Objects.requireNonNullElse(assertion.getJWTClaimsSet().getIssuer(), "");
    } catch (ParseException e) {
      throw refused(e);
    }
  }

  /**
   * Checks algorithm, signature, issuer, subject, audience and time.
   *
   * @param audiences the addresses at which tokens are given
   */
  static Assertion verified(
      SignedJWT assertion, Partner partner, Set<String> audiences, Instant now) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(partner.keys())));
    var who = new JWTClaimsSet.Builder().issuer(partner.client()).subject(partner.client()).build();
    var claims =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            new HashSet<>(audiences), who, Set.of("exp", "jti"), Set.of());
    claims.setMaxClockSkew((int) SKEW.toSeconds());
    processor.setJWTClaimsSetVerifier(claims);
    try {
      JWTClaimsSet said = processor.process(assertion, null);
      return new Assertion(id(said.getJWTID()), expires(said.getExpirationTime(), now));
    } catch (BadJOSEException | JOSEException e) {
      throw refused(e);
    }
  }

  private static String id(@Nullable String id) {
    if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
      throw refused("The assertion's jti has 1 to 255 characters.");
    }
    return id;
  }

  private static Instant expires(@Nullable Date exp, Instant now) {
    if (exp == null) {
      throw refused("The assertion has no exp.");
    }
    Instant expires = exp.toInstant();
    if (expires.isAfter(now.plus(LONGEST).plus(SKEW))) {
      throw refused("An assertion holds for five minutes at most.");
    }
    return expires;
  }

  static Refusal refused() {
    return refused("The client assertion does not prove who you are.");
  }

  static Refusal refused(String explanation) {
    return new Refusal(Reason.NOT_AUTHENTICATED, explanation);
  }

  private static Refusal refused(Exception cause) {
    return (Refusal) refused().initCause(cause);
  }
}
