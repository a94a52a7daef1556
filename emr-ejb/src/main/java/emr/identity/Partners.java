package emr.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The register of partners. Every request of one asks it, so it is answered from memory; a change
 * made here is seen at once, one made by another server of the centre after {@link #FRESH}.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Partners {

  /** How long the register in memory is believed. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private static final Duration SHORTEST_TOKEN = Duration.ofMinutes(1);
  private static final int SHORTEST_RSA_KEY = 2048;
  private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  @Inject RegisterRows register;
  @Resource TransactionSynchronizationRegistry transaction;
  @Inject Hospitals hospitals;

  private volatile @Nullable Register known;

  private record Register(Instant readAt, Map<String, Partner> byClient) {}

  public Optional<Partner> find(String client) {
    return Optional.ofNullable(known().byClient.get(client));
  }

  /** As it is registered now, whatever is known by heart and which server changed it. */
  public Optional<Partner> fresh(String client) {
    return Optional.ofNullable(register.current(RegisteredPartner.class, client))
        .map(this::toPartner);
  }

  private Partner toPartner(RegisteredPartner row) {
    return row.toPartner(
        hospitals
            .find(row.hospital())
            .orElseThrow(() -> new IllegalStateException("a partner of no hospital"))
            .id());
  }

  /** In the order of their clients' names. */
  public List<Partner> all() {
    return known().byClient.values().stream()
        .sorted(Comparator.comparing(Partner::client))
        .toList();
  }

  /**
   * Registers a partner, or changes what is registered of one: its name, its keys, its scopes, how
   * long its tokens hold, whether it takes part. It stays with its hospital.
   *
   * @param by who does so
   * @throws Refusal {@link Reason#UNPROCESSABLE} for what a partner cannot be
   */
  @Transactional
  public void register(Partner partner, String by) {
    requirePossible(partner);
    short hospital =
        hospitals
            .find(partner.hospital())
            .orElseThrow(() -> unprocessable("There is no hospital " + partner.hospital() + "."))
            .number();
    RegisteredPartner row = register.find(RegisteredPartner.class, partner.client());
    if (row == null) {
      register.add(new RegisteredPartner(partner, hospital, by));
    } else if (row.hospital() != hospital) {
      throw unprocessable("A partner stays with its hospital.");
    } else {
      row.become(partner);
    }
    forgetWhenDone();
  }

  private static void requirePossible(Partner partner) {
    if (!CLIENT.matcher(partner.client()).matches()) {
      throw unprocessable("A client id has 1 to 64 letters, digits, '.', '_' or '-'.");
    }
    if (partner.name().isBlank() || partner.name().length() > 200) {
      throw unprocessable("A partner has a name of 1 to 200 characters.");
    }
    if (partner.token().compareTo(SHORTEST_TOKEN) < 0
        || partner.token().compareTo(AccessStatement.LONGEST_OF_PARTNER) > 0) {
      throw unprocessable("A token holds for 60 to 3600 seconds.");
    }
    if (partner.scopes().isBlank() || partner.scopes().length() > 500) {
      throw unprocessable("A partner has scopes, of 500 characters at most.");
    }
    if (partner.perMinute() < 1) {
      throw unprocessable("A partner may make one request a minute at least.");
    }
    List<JWK> keys = partner.keys().getKeys();
    if (keys.isEmpty() || !keys.stream().allMatch(Partners::isGood)) {
      throw unprocessable("A partner's keys are EC P-384, or RSA of 2048 bits at least.");
    }
  }

  private static boolean isGood(JWK key) {
    return key instanceof ECKey ec
        ? ec.getCurve().equals(Curve.P_384)
        : key instanceof RSAKey && key.size() >= SHORTEST_RSA_KEY;
  }

  private static Refusal unprocessable(String explanation) {
    return new Refusal(Reason.UNPROCESSABLE, explanation);
  }

  private void forgetWhenDone() {
    Completion.forget(transaction, () -> known = null);
  }

  private Register known() {
    Register current = known;
    if (current == null || Instant.now().isAfter(current.readAt.plus(FRESH))) {
      Instant readAt = Instant.now();
      var byClient = new HashMap<String, Partner>();
      for (RegisteredPartner row : register.all(RegisteredPartner.ALL, RegisteredPartner.class)) {
        Partner partner = toPartner(row);
        byClient.put(partner.client(), partner);
      }
      current = new Register(readAt, Map.copyOf(byClient));
      known = current;
    }
    return current;
  }
}
