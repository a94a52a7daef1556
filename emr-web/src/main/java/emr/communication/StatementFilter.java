package emr.communication;

import emr.access.Statements;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Lets nobody pass without an access statement, but for {@code metadata}. */
@Provider
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class StatementFilter implements ContainerRequestFilter {

  private static final String STATEMENT = StatementFilter.class.getName();
  private static final String BEARER = "Bearer ";

  @Inject Statements statements;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getUriInfo().getPath().equals("metadata")) {
      return;
    }
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Refusal(
          Reason.NOT_AUTHENTICATED, "There is no access statement with this request.");
    }
    request.setProperty(
        STATEMENT, statements.accept(authorization.substring(BEARER.length()).strip(), null));
  }

  /** The statement that {@code request} came with. */
  static AccessStatement of(ContainerRequestContext request) {
    return (AccessStatement) request.getProperty(STATEMENT);
  }
}
