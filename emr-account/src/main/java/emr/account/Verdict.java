package emr.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt. Why it was refused is not said: name, password, code and an account
 * switched off get the same answer.
 *
 * @param ticket null if it was refused
 * @param delay how long the next attempt will not be looked at; more than zero if this one was not
 */
public record Verdict(@Nullable Ticket ticket, Duration delay) {

  public static final Verdict REFUSED = new Verdict(null, Duration.ZERO);

  static Verdict good(Ticket ticket) {
    return new Verdict(ticket, Duration.ZERO);
  }

  static Verdict later(Duration delay) {
    return new Verdict(null, delay);
  }

  /** Whether nothing was looked at, because of failures before. */
  public boolean mustWait() {
    return !delay.isZero();
  }
}
