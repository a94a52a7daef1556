package emr.communication;

import emr.access.Statements;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.partner.PartnerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Who comes in to FHIR: by an access statement of a hospital, or an access token of a partner. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
class Bearer {

  private static final String SCHEME = "Bearer ";

  @Inject Statements statements;
  @Inject PartnerTokens tokens;

  @Inject
  @ConfigProperty(name = "emr.statements.per-minute", defaultValue = "6000")
  int ofHospital;

  private final CallerRates rates = new CallerRates(System::nanoTime);

  /**
   * @param authorization the header; null if there is none
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}; {@link Reason#TOO_MANY}
   */
  AccessStatement statement(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Refusal(
          Reason.NOT_AUTHENTICATED, "There is no access statement with this request.");
    }
    String bearer = authorization.substring(SCHEME.length()).strip();
    Optional<PartnerTokens.Accepted> partners = tokens.accept(bearer);
    if (partners.isPresent()) {
      AccessStatement statement = partners.get().statement();
      rates.count(statement.user(), partners.get().partner().perMinute());
      return statement;
    }
    AccessStatement statement = statements.accept(bearer, null);
    rates.count("@" + statement.hospital().value(), ofHospital);
    return statement;
  }
}
