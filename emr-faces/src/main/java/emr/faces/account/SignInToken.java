package emr.faces.account;

import emr.account.Attempt;
import org.apache.shiro.authc.UsernamePasswordToken;

/** An attempt, as Shiro carries it to the realm. */
final class SignInToken extends UsernamePasswordToken {

  private static final long serialVersionUID = 1L;

  private final transient Attempt attempt;

  SignInToken(Attempt attempt) {
    super(attempt.user(), attempt.password(), attempt.address());
    this.attempt = attempt;
  }

  Attempt attempt() {
    return attempt;
  }
}
