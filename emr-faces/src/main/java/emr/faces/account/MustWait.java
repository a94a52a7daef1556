package emr.faces.account;

import java.time.Duration;
import org.apache.shiro.authc.ExcessiveAttemptsException;

/** Too many attempts failed before this one, which was not looked at. */
public final class MustWait extends ExcessiveAttemptsException {

  private static final long serialVersionUID = 1L;

  private final Duration delay;

  MustWait(Duration delay) {
    this.delay = delay;
  }

  /** Until the next attempt is looked at, in whole seconds and at least one. */
  public long seconds() {
    return delay.plusMillis(999).toSeconds();
  }
}
