package emr.exchange.record;

import emr.exchange.access.Role;
import java.io.Serializable;

/**
 * Who wrote a submission.
 *
 * @param user the name they sign in with, unique in their hospital
 * @param name their name for people
 * @param role in which capacity they wrote
 */
public record Author(String user, String name, Role role) implements Serializable {

  public Author {
    if (user.isBlank() || user.length() > 64 || name.length() > 200) {
      throw new IllegalArgumentException("an author has a user name of 1 to 64 characters");
    }
  }
}
