package emr.portal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.shiro.web.util.WebUtils;

/**
 * What browsers are told with every page: keep nothing, show it in no frame, tell nobody where one
 * came from. PrimeFaces adds the policy on scripts, which names a fresh nonce each time. Pages are
 * given over TLS only, and only where Shiro stands guard: a container goes on serving when a filter
 * behind this one could not start.
 */
public class PortalHeaders extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.isSecure()) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    if (WebUtils.getWebEnvironment(request.getServletContext()) == null) {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Strict-Transport-Security", "max-age=31536000");
    chain.doFilter(request, response);
  }
}
