package emr.partner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Partner;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AssertionTest {

  private static final String HERE = "https://centre.example/fhir/auth/token";
  private static final Set<String> AUDIENCES = Set.of(HERE);
  private static final Instant NOW = Instant.now();

  private static ECKey key;
  private static RSAKey rsa;
  private static ECKey other;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    key = new ECKeyGenerator(Curve.P_384).keyID("one").generate();
    rsa = new RSAKeyGenerator(2048).keyID("two").generate();
    other = new ECKeyGenerator(Curve.P_384).keyID("one").generate();
  }

  private static Partner partner() {
    return new Partner(
        "lab",
        new HospitalId("north"),
        "Laboratory",
        new JWKSet(List.<JWK>of(key.toPublicJWK(), rsa.toPublicJWK())),
        "system/*.rs",
        Duration.ofMinutes(5),
        600,
        true);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("lab")
        .subject("lab")
        .audience(HERE)
        .jwtID("1")
        .expirationTime(Date.from(NOW.plusSeconds(240)));
  }

  private static SignedJWT signed(
      JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, String keyId, JWSSigner signer)
      throws JOSEException {
    var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims.build());
    jwt.sign(signer);
    return jwt;
  }

  private static SignedJWT signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(claims, JWSAlgorithm.ES384, "one", new ECDSASigner(key));
  }

  private static Assertion verified(SignedJWT jwt) {
    return Assertion.verified(jwt, partner(), AUDIENCES, NOW);
  }

  @Test
  void aGoodOneTellsItsIdAndItsEnd() throws JOSEException {
    Assertion assertion = verified(signed(claims()));
    assertThat(assertion.id()).isEqualTo("1");
    assertThat(assertion.expires()).isBetween(NOW.plusSeconds(238), NOW.plusSeconds(241));
  }

  @Test
  void anRsaKeyDoesAsWell() throws JOSEException {
    assertThat(verified(signed(claims(), JWSAlgorithm.RS384, "two", new RSASSASigner(rsa))).id())
        .isEqualTo("1");
  }

  static Stream<Arguments> badOnes() throws JOSEException {
    byte[] guessed = key.toPublicJWK().toJSONString().getBytes(UTF_8);
    return Stream.of(
        Arguments.of(
            "another key", signed(claims(), JWSAlgorithm.ES384, "one", new ECDSASigner(other))),
        Arguments.of(
            "an unknown key id",
            signed(claims(), JWSAlgorithm.ES384, "three", new ECDSASigner(key))),
        Arguments.of(
            "another algorithm",
            signed(claims(), JWSAlgorithm.RS256, "two", new RSASSASigner(rsa))),
        Arguments.of(
            "the public key as a secret",
            signed(claims(), JWSAlgorithm.HS384, "one", new MACSigner(guessed))),
        Arguments.of("another audience", signed(claims().audience("https://else.example/token"))),
        Arguments.of("no audience", signed(claims().audience((String) null))),
        Arguments.of("another issuer", signed(claims().issuer("clinic"))),
        Arguments.of("another subject", signed(claims().subject("clinic"))),
        Arguments.of("no id", signed(claims().jwtID(null))),
        Arguments.of("a blank id", signed(claims().jwtID(" "))),
        Arguments.of("a long id", signed(claims().jwtID("x".repeat(256)))),
        Arguments.of("no end", signed(claims().expirationTime(null))),
        Arguments.of(
            "an end long past", signed(claims().expirationTime(Date.from(NOW.minusSeconds(120))))),
        Arguments.of(
            "an end too far",
            signed(claims().expirationTime(Date.from(NOW.plus(Duration.ofMinutes(10)))))),
        Arguments.of(
            "a beginning to come",
            signed(claims().notBeforeTime(Date.from(NOW.plusSeconds(120))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badOnes")
  void itProvesNothingWith(String what, SignedJWT jwt) {
    assertThatThrownBy(() -> verified(jwt))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_AUTHENTICATED));
  }
}
