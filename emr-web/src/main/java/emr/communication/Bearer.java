package emr.communication;

import emr.access.Statements;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Role;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Partner;
import emr.identity.Partners;
import emr.partner.PartnerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Who comes in to FHIR: by an access statement of a hospital, or an access token of a partner. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
class Bearer {

  private static final String SCHEME = "Bearer ";

  @Inject Statements statements;
  @Inject PartnerTokens tokens;
  @Inject Partners partners;

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
    AccessStatement statement =
        tokens.accept(bearer).orElseGet(() -> statements.accept(bearer, null));
    if (statement.role() == Role.PARTNER) {
      rates.count(
          statement.user(),
          partners.find(statement.user()).map(Partner::perMinute).orElse(ofHospital));
    } else {
      rates.count("@" + statement.hospital().value(), ofHospital);
    }
    return statement;
  }
}
