package emr.partner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.SignedJWT;
import emr.access.RefusedPapers;
import emr.access.UsedOnce;
import emr.custody.CentreKeys;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.exchange.seal.Thumbprint;
import emr.identity.Partner;
import emr.identity.Partners;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Gives partners tokens for their assertions and takes the tokens back as access statements (<a
 * href="https://hl7.org/fhir/smart-app-launch/STU2/backend-services.html">SMART Backend
 * Services</a>). A token says who asks; what they may have is judged as for everybody.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects, then calls prepare()
public class PartnerTokens {

  /** The only kind of assertion there is. */
  public static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final String ADDRESS = "/auth/token";
  private static final String REVOKED = "The access token was revoked.";
  private static final int MOST_REMEMBERED = 10_000;

  @Inject Partners partners;
  @Inject CentreKeys keys;
  @Inject UsedOnce used;
  @Inject RefusedPapers papers;

  @Inject
  @ConfigProperty(name = "emr.fhir.bases", defaultValue = "https://localhost/fhir")
  List<String> bases;

  private Set<String> audiences;
  private String ownKey;

  /** Tokens whose signature was checked, by their hash: checking costs a tenth of a read. */
  private final ConcurrentHashMap<String, Verified> verified = new ConcurrentHashMap<>();

  private record Verified(AccessToken token, AccessStatement statement) {}

  @PostConstruct
  void prepare() {
    audiences = bases.stream().map(base -> base + ADDRESS).collect(Collectors.toUnmodifiableSet());
    ownKey = Thumbprint.of(keys.signCertificate());
  }

  /**
   * Where tokens are given.
   *
   * @param base the FHIR base by which the caller knows the centre; another one is answered with
   *     the first of those that are configured
   */
  public String address(String base) {
    String address = base + ADDRESS;
    return audiences.contains(address) ? address : bases.get(0) + ADDRESS;
  }

  /** The scopes that a client can ask for, for all types; each may name a type instead. */
  public static List<String> scopes() {
    return Scope.examples();
  }

  /** Whether each word of {@code scopes} is a scope that exists here, and there is one. */
  public static boolean exist(String scopes) {
    return Scope.allExist(scopes);
  }

  /** How assertions may be signed. */
  public static List<String> algorithms() {
    return Assertion.ALGORITHMS.stream().map(Object::toString).sorted().toList();
  }

  /**
   * What a partner is given.
   *
   * @param token to be sent as a bearer token
   * @param scope what was granted, perhaps less than was asked for
   */
  public record Grant(String token, long seconds, String scope) {}

  /**
   * The registered partner in whose name an assertion comes; nothing is proved by that. Empty if it
   * names none.
   */
  @SuppressWarnings("UnusedException") // then it names nobody
  public Optional<Partner> claimed(String assertion) {
    try {
      return partners.find(Assertion.issuer(Assertion.parse(assertion)));
    } catch (Refusal refusal) {
      return Optional.empty();
    }
  }

  /**
   * A token for whom {@code assertion} proves.
   *
   * @param client who the caller says to be beside the assertion; null if it does not
   * @param proved told who it is before anything is granted or noted; may refuse
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}, or {@link Reason#NOT_PERMITTED} if nothing of
   *     what is asked for can be granted
   */
  public Grant grant(
      String assertion, @Nullable String client, String scope, Consumer<Partner> proved) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Partner partner;
    try {
      partner = prove(assertion, client, now, proved);
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.NOT_AUTHENTICATED) {
        note(claimed(assertion), refusal);
      }
      throw refusal;
    }
    String granted = Scope.granted(scope, partner.scopes());
    if (granted.isEmpty()) {
      throw new Refusal(Reason.NOT_PERMITTED, "None of these scopes can be granted to you.");
    }
    var token =
        new AccessToken(
            UUID.randomUUID(),
            partner.client(),
            granted,
            now,
            now.plus(partner.token()),
            partner.tokensFrom());
    return new Grant(
        keys.sign().sign(PaperType.TOKEN, token), partner.token().toSeconds(), granted);
  }

  private Partner prove(
      String assertion, @Nullable String client, Instant now, Consumer<Partner> proved) {
    SignedJWT jwt = Assertion.parse(assertion);
    String issuer = Assertion.issuer(jwt);
    if (client != null && !client.equals(issuer)) {
      throw Assertion.refused();
    }
    Partner partner =
        partners.fresh(issuer).filter(Partner::active).orElseThrow(Assertion::refused);
    Assertion proof = Assertion.verified(jwt, partner, audiences, now);
    proved.accept(partner);
    byte[] once = sha256(partner.client() + "\n" + proof.id());
    if (!used.use(UUID.nameUUIDFromBytes(once), proof.expires().plus(Assertion.SKEW))) {
      throw Assertion.refused("The client assertion was used before.");
    }
    return partner;
  }

  /**
   * A request with a token that holds.
   *
   * @param partner as it is registered now
   */
  public record Accepted(AccessStatement statement, Partner partner) {}

  /**
   * What the bearer of {@code token} may ask for; empty if it is none of the centre's tokens.
   *
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED} if it is one, and no longer holds
   */
  public Optional<Accepted> accept(String token) {
    String hash = Base64.getEncoder().encodeToString(sha256(token));
    Verified known = verified.get(hash);
    if (known == null) {
      AccessToken brought = verify(token);
      if (brought == null) {
        return Optional.empty();
      }
      known = new Verified(brought, statement(brought));
      remember(hash, known);
    }
    AccessToken held = known.token;
    if (!Instant.now().isBefore(held.expires())) {
      throw noted(partners.find(held.client()), "The access token has expired.");
    }
    Optional<Partner> registered = partners.find(held.client());
    Partner partner =
        registered
            .filter(Partner::active)
            .filter(now -> held.isOf(now.tokensFrom()))
            .orElseThrow(() -> noted(registered, REVOKED));
    return Optional.of(new Accepted(known.statement, partner));
  }

  private Refusal noted(Optional<Partner> bringer, String why) {
    Refusal refusal = Assertion.refused(why);
    note(bringer, refusal);
    return refusal;
  }

  private void note(Optional<Partner> bringer, Refusal refusal) {
    papers.note(
        bringer.map(Partner::hospital).orElse(null),
        bringer.map(Partner::client).orElse(""),
        refusal.explanation());
  }

  private @Nullable AccessToken verify(String compact) {
    Signed paper;
    try {
      paper = Signed.parse(compact);
    } catch (BrokenSeal e) {
      return null;
    }
    if (paper.keyId().filter(ownKey::equals).isEmpty()) {
      return null;
    }
    try {
      return paper.verify(PaperType.TOKEN, keys.signCertificate(), AccessToken.class);
    } catch (BrokenSeal e) {
      throw (Refusal) noted(Optional.empty(), "The access token is none.").initCause(e);
    }
  }

  private AccessStatement statement(AccessToken token) {
    Partner partner =
        partners.find(token.client()).orElseThrow(() -> noted(Optional.empty(), REVOKED));
    Map<AccessRight, Set<String>> types = Scope.types(token.scope());
    return new AccessStatement(
        token.id(),
        partner.hospital(),
        token.client(),
        Role.PARTNER,
        Purpose.TREATMENT,
        null,
        types.keySet(),
        Scope.bounds(types),
        token.issued(),
        token.expires());
  }

  private void remember(String hash, Verified token) {
    if (verified.size() >= MOST_REMEMBERED) {
      Instant now = Instant.now();
      verified.values().removeIf(known -> !now.isBefore(known.token.expires()));
      if (verified.size() >= MOST_REMEMBERED) {
        verified.clear();
      }
    }
    verified.put(hash, token);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
