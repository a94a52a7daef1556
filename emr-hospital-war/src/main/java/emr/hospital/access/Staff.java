package emr.hospital.access;

import emr.exchange.access.Role;
import emr.exchange.record.Author;
import java.io.Serializable;

/**
 * A member of the hospital's staff.
 *
 * @param user the name they sign in with
 * @param name their name for people
 */
public record Staff(String user, String name, Role role) implements Serializable {

  /** This person as the author of what they write. */
  public Author author() {
    return new Author(user, name, role);
  }

  public boolean may(Permission permission) {
    return Permission.of(role).contains(permission);
  }
}
