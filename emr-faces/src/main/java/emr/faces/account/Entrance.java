package emr.faces.account;

import emr.account.Attempt;
import emr.account.Ticket;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.subject.SimplePrincipalCollection;
import org.apache.shiro.subject.Subject;
import org.apache.shiro.subject.support.DefaultSubjectContext;

/** Where people come in. Each time the session gets an id that nobody has seen before. */
public final class Entrance {

  private Entrance() {}

  /** The ticket of this request's session; whether it still holds, the accounts know. */
  public static Optional<Ticket> ticket() {
    return SecurityUtils.getSubject().getPrincipal() instanceof Ticket ticket
        ? Optional.of(ticket)
        : Optional.empty();
  }

  /** The same where Shiro does not stand, such as in an answer to an error. */
  public static Optional<Ticket> ticket(HttpSession session) {
    return session.getAttribute(DefaultSubjectContext.PRINCIPALS_SESSION_KEY)
                instanceof PrincipalCollection principals
            && principals.getPrimaryPrincipal() instanceof Ticket ticket
        ? Optional.of(ticket)
        : Optional.empty();
  }

  /** What the sender of {@code request} says to be let in. */
  public static Attempt attempt(
      HttpServletRequest request, String user, String password, String code) {
    return new Attempt(user, password, code, request.getRemoteAddr());
  }

  /**
   * Signs somebody in.
   *
   * @throws MustWait if the attempt was not looked at
   * @throws AuthenticationException if it was refused, without saying why
   */
  public static Ticket signIn(
      HttpServletRequest request, String user, String password, String code) {
    Subject subject = SecurityUtils.getSubject();
    subject.logout(); // a session made before may be known to somebody else, with what is in it
    subject.login(new SignInToken(attempt(request, user, password, code)));
    request.changeSessionId();
    return (Ticket) subject.getPrincipal();
  }

  /** Puts a new ticket into the session of who changed what they sign in with; lead on then. */
  static void renew(HttpServletRequest request, Ticket ticket) {
    Subject subject = SecurityUtils.getSubject();
    String realm = subject.getPrincipals().getRealmNames().iterator().next();
    subject
        .getSession()
        .setAttribute(
            DefaultSubjectContext.PRINCIPALS_SESSION_KEY,
            new SimplePrincipalCollection(ticket, realm));
    request.changeSessionId();
  }
}
