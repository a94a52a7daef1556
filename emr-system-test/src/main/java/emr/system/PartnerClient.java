package emr.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import emr.exchange.seal.Thumbprint;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A partner's system, as far as it signs in: SMART Backend Services over TLS. */
public final class PartnerClient {

  public static final String EVERYTHING = "system/*.cruds";

  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Duration LIFE = Duration.ofMinutes(4);

  private final String client;
  private final URI base;
  private final Web web;
  private final ECPrivateKey key;
  private final String keyId;

  private PartnerClient(String client, URI base, Web web, ECPrivateKey key, String keyId) {
    this.client = client;
    this.base = base;
    this.web = web;
    this.key = key;
    this.keyId = keyId;
  }

  /** The partner whose key lies in {@code keys/<client>.p12}. */
  public static PartnerClient of(Installation installation, String client) {
    KeyStore keys = installation.keys(client);
    try {
      URI base = installation.fhirOverTls();
      return new PartnerClient(
          client,
          base,
          Web.to(base, installation),
          (ECPrivateKey) keys.getKey(client, installation.secret(client).toCharArray()),
          Thumbprint.of((X509Certificate) keys.getCertificate(client)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of " + client + " cannot be read", e);
    }
  }

  /** Where tokens are given, as the centre says. */
  public String tokenAddress() {
    return web.get("/.well-known/smart-configuration")
        .successful("asking how to sign in")
        .json()
        .path("token_endpoint")
        .asText();
  }

  /** A token with these scopes, separated by blanks. */
  public String token(String scope) {
    return ask(assertion(claims().build()), scope)
        .successful("signing in as " + client)
        .json()
        .path("access_token")
        .asText();
  }

  /** What a good assertion claims, to be changed by whoever wants a bad one. */
  public JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(client)
        .subject(client)
        .audience(tokenAddress())
        .jwtID(UUID.randomUUID().toString())
        .expirationTime(Date.from(Instant.now().plus(LIFE)));
  }

  /** {@code claims}, signed with the partner's key. */
  public String assertion(JWTClaimsSet claims) {
    return assertion(claims, key);
  }

  /** {@code claims}, signed with another key in the partner's name. */
  public String assertion(JWTClaimsSet claims, ECPrivateKey with) {
    var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES384).keyID(keyId).build(), claims);
    try {
      jwt.sign(new ECDSASigner(with));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key on the curve P-384 signs", e);
    }
    return jwt.serialize();
  }

  /** Asks for a token with an assertion. */
  public Web.Answer ask(String assertion, String scope) {
    return ask(
        Map.of(
            "grant_type", "client_credentials",
            "client_assertion_type", JWT_BEARER,
            "client_assertion", assertion,
            "scope", scope));
  }

  /** Asks for a token with any form. */
  public Web.Answer ask(Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return web.send(
        "POST", "/auth/token", body, "Content-Type", "application/x-www-form-urlencoded");
  }

  /** The centre over TLS, at its FHIR base. */
  public Web web() {
    return web;
  }

  @Override
  public String toString() {
    return client + " at " + base;
  }
}
