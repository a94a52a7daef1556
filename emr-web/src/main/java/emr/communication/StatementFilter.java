package emr.communication;

import emr.access.Statements;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.partner.PartnerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Lets nobody pass without an access statement of a hospital or an access token of a partner, but
 * for what tells how to come in.
 */
@Provider
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class StatementFilter implements ContainerRequestFilter {

  private static final String STATEMENT = StatementFilter.class.getName();
  private static final String BEARER = "Bearer ";

  private static final Set<String> OPEN =
      Set.of("metadata", TokenResource.PATH, SmartConfiguration.PATH);

  @Inject Statements statements;
  @Inject PartnerTokens tokens;

  @Override
  public void filter(ContainerRequestContext request) {
    if (OPEN.contains(request.getUriInfo().getPath())) {
      return;
    }
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Refusal(
          Reason.NOT_AUTHENTICATED, "There is no access statement with this request.");
    }
    String bearer = authorization.substring(BEARER.length()).strip();
    request.setProperty(
        STATEMENT, tokens.accept(bearer).orElseGet(() -> statements.accept(bearer, null)));
  }

  /** The statement that {@code request} came with. */
  static AccessStatement of(ContainerRequestContext request) {
    return (AccessStatement) request.getProperty(STATEMENT);
  }
}
