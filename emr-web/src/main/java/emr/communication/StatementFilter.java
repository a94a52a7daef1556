package emr.communication;

import emr.exchange.access.AccessStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
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

  private static final Set<String> OPEN =
      Set.of("metadata", Capabilities.WHO_SAW_DEFINED, TokenResource.PATH, SmartConfiguration.PATH);

  @Inject Bearer bearer;
  @Context HttpServletRequest http;

  @Override
  public void filter(ContainerRequestContext request) {
    if (OPEN.contains(request.getUriInfo().getPath())) {
      return;
    }
    request.setProperty(STATEMENT, bearer.statement(http));
  }

  /** The statement that {@code request} came with. */
  static AccessStatement of(ContainerRequestContext request) {
    return (AccessStatement) request.getProperty(STATEMENT);
  }
}
