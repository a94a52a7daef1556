package emr.hospital.access;

import emr.account.Ticket;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.faces.account.Entrance;
import emr.faces.account.MustWait;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;

/** Who sits before the terminal, or which system calls: the person of this request's session. */
@Named("signedIn")
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class SignedIn {

  private static final String FIRST = "Choose your own password at the terminal first.";

  @Inject StaffDirectory directory;

  /** The person signed in, if any. */
  public Optional<Staff> staff() {
    return Entrance.ticket().flatMap(directory::find);
  }

  /** For pages: the person signed in. */
  public Staff getStaff() {
    return require();
  }

  /**
   * The person signed in.
   *
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED} if nobody is, {@link Reason#NOT_PERMITTED}
   *     while they have not chosen their own password
   */
  public Staff require() {
    Staff staff =
        staff().orElseThrow(() -> new Refusal(Reason.NOT_AUTHENTICATED, "Sign in and try again."));
    if (Entrance.ticket().filter(Ticket::mustChange).isPresent()) {
      throw new Refusal(Reason.NOT_PERMITTED, FIRST);
    }
    return staff;
  }

  /**
   * The person signed in, who may do {@code what}.
   *
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED} or {@link Reason#NOT_PERMITTED}
   */
  public Staff require(Permission what) {
    Staff staff = require();
    if (!staff.may(what)) {
      throw Refusal.notPermitted();
    }
    return staff;
  }

  /**
   * Signs a person or a system in, in a session of its own.
   *
   * @param code of the second factor; empty for who has none
   * @throws MustWait if too many failed before
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}, without saying what was wrong; {@link
   *     Reason#NOT_PERMITTED} for who has to choose their own password first
   */
  public Staff signIn(HttpServletRequest request, String user, String password, String code) {
    Ticket ticket;
    try {
      ticket = Entrance.signIn(request, user, password, code);
    } catch (MustWait e) {
      throw e;
    } catch (AuthenticationException e) {
      throw (Refusal)
          new Refusal(Reason.NOT_AUTHENTICATED, "User name, password and code are not right.")
              .initCause(e);
    }
    if (ticket.mustChange()) {
      signOut();
      throw new Refusal(Reason.NOT_PERMITTED, FIRST);
    }
    return require();
  }

  public void signOut() {
    SecurityUtils.getSubject().logout();
  }
}
