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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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
   * @param request on whichever listener it came; where that asked for a hospital's certificate, a
   *     statement is good only with its own
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}; {@link Reason#TOO_MANY}
   */
  AccessStatement statement(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Refusal(
          Reason.NOT_AUTHENTICATED, "There is no access statement with this request.");
    }
    String bearer = authorization.substring(SCHEME.length()).strip();
    Optional<PartnerTokens.Accepted> known = tokens.accept(bearer);
    if (known.isPresent()) {
      AccessStatement statement = known.get().statement();
      rates.count(caller(statement), known.get().partner().perMinute());
      return statement;
    }
    AccessStatement statement = statements.accept(bearer, HospitalFilter.certificate(request));
    rates.count(caller(statement), ofHospital);
    return statement;
  }

  /** Counts requests that came within one that was let in. */
  void owe(AccessStatement by, int requests) {
    if (requests > 0) {
      int perMinute =
          by.role() == Role.PARTNER
              ? partners.find(by.user()).map(Partner::perMinute).orElse(1)
              : ofHospital;
      rates.owe(caller(by), perMinute, requests);
    }
  }

  /**
   * Counts a request for a token, of a partner that has proved itself.
   *
   * @throws Refusal {@link Reason#TOO_MANY}
   */
  void asksForToken(Partner partner) {
    rates.count("token " + partner.client(), partner.perMinute());
  }

  private static String caller(AccessStatement by) {
    return by.role() == Role.PARTNER ? by.user() : "@" + by.hospital().value();
  }
}
