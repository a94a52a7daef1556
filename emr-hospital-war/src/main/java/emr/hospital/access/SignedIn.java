package emr.hospital.access;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.subject.Subject;

/** Who sits before the terminal, or which system calls: the person of this request's session. */
@Named("signedIn")
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class SignedIn {

  @Inject StaffDirectory directory;

  /** The person signed in, if any. */
  public Optional<Staff> staff() {
    return Optional.ofNullable((String) SecurityUtils.getSubject().getPrincipal())
        .flatMap(directory::find);
  }

  /** For pages: the person signed in. */
  public Staff getStaff() {
    return require();
  }

  /**
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED} if nobody is signed in
   */
  public Staff require() {
    return staff()
        .orElseThrow(() -> new Refusal(Reason.NOT_AUTHENTICATED, "Sign in and try again."));
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
   * Signs a person in, in a session of their own.
   *
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED}, without saying what was wrong
   */
  public Staff signIn(String user, String password) {
    Subject subject = SecurityUtils.getSubject();
    subject.logout(); // a session made before may be known to somebody else
    try {
      subject.login(new UsernamePasswordToken(user, password));
    } catch (AuthenticationException e) {
      throw new Refusal(Reason.NOT_AUTHENTICATED, "User name or password is not right.");
    }
    return require();
  }

  public void signOut() {
    SecurityUtils.getSubject().logout();
  }
}
