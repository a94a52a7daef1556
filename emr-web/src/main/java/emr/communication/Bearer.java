package emr.communication;

import emr.access.Statements;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.partner.PartnerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Who comes in to FHIR: by an access statement of a hospital, or an access token of a partner. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
class Bearer {

  private static final String SCHEME = "Bearer ";

  @Inject Statements statements;
  @Inject PartnerTokens tokens;

  /**
   * @param authorization the header; null if there is none
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}
   */
  AccessStatement statement(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Refusal(
          Reason.NOT_AUTHENTICATED, "There is no access statement with this request.");
    }
    String bearer = authorization.substring(SCHEME.length()).strip();
    return tokens.accept(bearer).orElseGet(() -> statements.accept(bearer, null));
  }
}
