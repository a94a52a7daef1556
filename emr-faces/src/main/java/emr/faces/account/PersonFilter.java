package emr.faces.account;

import emr.account.Preferences;
import emr.account.Ticket;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.web.filter.authc.PassThruAuthenticationFilter;

/**
 * Lets pages be seen by who is signed in and whose ticket holds. Everybody else is sent to sign in,
 * and who has a password of somebody else's making to choose their own; from within an AJAX request
 * too.
 */
public abstract class PersonFilter extends PassThruAuthenticationFilter {

  /** How long a session lasts in which nobody does anything. */
  static final Duration LONGEST_IDLE = Duration.ofMinutes(15);

  /** Header of what pages ask for besides pages; no form of another site can send it. */
  public static final String BESIDE = "X-EMR";

  private static final String LAST = "emr.last-act";

  private String accountPage = "";

  /** Where a password is chosen. */
  public void setAccountPage(String page) {
    accountPage = page;
  }

  /** Whether the ticket of this request's session still holds. */
  protected abstract boolean holds(Ticket ticket);

  /** How {@code user} wants pages shown. */
  protected abstract Preferences preferences(String user);

  @Override
  protected boolean isAccessAllowed(
      ServletRequest request, ServletResponse response, Object mappedValue) {
    Optional<Ticket> ticket = Entrance.ticket();
    if (ticket.isEmpty()) {
      return false;
    }
    if (!holds(ticket.get())) {
      SecurityUtils.getSubject().logout();
      return false;
    }
    var http = (HttpServletRequest) request;
    if (isIdle(http, Instant.now())) {
      SecurityUtils.getSubject().logout();
      return false;
    }
    Shown.once(http.getSession(), () -> preferences(ticket.get().user()));
    return !ticket.get().mustChange() || pathsMatch(accountPage, request);
  }

  /** A page that stays open asks for news; only what a person does counts as being there. */
  static boolean isIdle(HttpServletRequest request, Instant now) {
    HttpSession session = request.getSession();
    boolean alone =
        request.getPathInfo() != null
            && request.getPathInfo().equals("/live")
            && request.getParameter("here") == null;
    Instant last = session.getAttribute(LAST) instanceof Instant at ? at : now;
    if (Duration.between(last, now).compareTo(LONGEST_IDLE) > 0) {
      return true;
    }
    if (!alone || session.getAttribute(LAST) == null) {
      session.setAttribute(LAST, now);
    }
    return false;
  }

  @Override
  protected void redirectToLogin(ServletRequest request, ServletResponse response)
      throws IOException {
    var http = (HttpServletRequest) request;
    var answer = (HttpServletResponse) response;
    String page =
        http.getContextPath() + (Entrance.ticket().isPresent() ? accountPage : getLoginUrl());
    if (http.getHeader(BESIDE) != null) {
      answer.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } else if ("partial/ajax".equals(http.getHeader("Faces-Request"))) {
      answer.setContentType("text/xml");
      answer.setCharacterEncoding("UTF-8");
      answer
          .getWriter()
          .print(
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                  + page
                  + "\"/></partial-response>");
    } else {
      answer.sendRedirect(page);
    }
  }

  @Override
  protected void saveRequestAndRedirectToLogin(ServletRequest request, ServletResponse response)
      throws IOException {
    redirectToLogin(request, response);
  }
}
