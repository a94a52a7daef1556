package emr.faces.account;

import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import java.util.List;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.session.Session;

/**
 * For what the person of a session opens charts, as they said in the bar. It stands in each
 * statement made for them, and ends with the session.
 */
public final class ChosenPurpose {

  private static final String KEY = "emr.purpose";

  private ChosenPurpose() {}

  /** What was chosen, if {@code role} may; else the usual. */
  public static Purpose of(Role role) {
    List<Purpose> open = Purpose.choices(role);
    Session session = SecurityUtils.getSubject().getSession(false);
    return session != null
            && session.getAttribute(KEY) instanceof Purpose chosen
            && open.contains(chosen)
        ? chosen
        : open.get(0);
  }

  /** Takes note of what was chosen. */
  public static void choose(Purpose purpose) {
    SecurityUtils.getSubject().getSession().setAttribute(KEY, purpose);
  }
}
