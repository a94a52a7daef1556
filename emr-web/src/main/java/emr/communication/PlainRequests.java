package emr.communication;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The door for what is asked most, and most plainly, before JAX-RS. It is one filter for both, for
 * the container takes its time for each.
 */
@WebFilter("/fhir/*")
@SuppressWarnings("NullAway.Init") // the container injects
public class PlainRequests extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Inject transient PlainReads reads;
  @Inject transient PlainWrites writes;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!reads.answer(request, response) && !writes.answer(request, response)) {
      chain.doFilter(request, response);
    }
  }
}
