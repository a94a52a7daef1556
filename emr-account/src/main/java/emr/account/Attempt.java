package emr.account;

import java.util.Locale;

/**
 * What somebody says to be let in.
 *
 * @param user in lower case, whatever was typed
 * @param code of the second factor, or a recovery code; empty for who has none
 * @param address from which they say it, as the server sees it
 */
public record Attempt(String user, String password, String code, String address) {

  /** Nothing that is longer is ever right, nor what no database keeps. */
  private static final int LONGEST = 1_000;

  public Attempt {
    user = normalised(bounded(user));
    password = bounded(password);
    code = bounded(code);
  }

  private static String bounded(String typed) {
    return typed.length() > LONGEST || typed.indexOf('\0') >= 0 ? "" : typed;
  }

  static String normalised(String user) {
    return user.strip().toLowerCase(Locale.ROOT);
  }

  /** Without what must stay secret. */
  @Override
  public String toString() {
    return user + " from " + address;
  }
}
