package emr.account;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * That somebody signed in: the principal of their session. It holds until they sign out, {@link
 * #LONGEST} are over, or their account moves to another epoch, as it does when it is switched off,
 * has another role, another password or another second factor.
 *
 * @param epoch of the account, when they signed in
 * @param since when they signed in
 * @param mustChange whether they have to choose a password of their own before anything else
 */
public record Ticket(String user, int epoch, Instant since, boolean mustChange)
    implements Serializable {

  /** However busy somebody is: after that they sign in again. */
  public static final Duration LONGEST = Duration.ofHours(12);

  public boolean holds(int epochNow, Instant now) {
    return epoch == epochNow && now.isBefore(since.plus(LONGEST));
  }

  /** The user name: this is what logs show of a principal. */
  @Override
  public String toString() {
    return user;
  }
}
