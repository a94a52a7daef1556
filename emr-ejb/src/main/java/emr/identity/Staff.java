package emr.identity;

import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A person who works at the portal.
 *
 * @param user the name they sign in with, lower case
 * @param name their name for people
 * @param hospital whose staff they are; null for an operator of the centre
 * @param role in which capacity; null for an operator, who has no part in care and sees no charts
 */
public record Staff(String user, String name, @Nullable HospitalId hospital, @Nullable Role role)
    implements Serializable {

  public Staff {
    if ((hospital == null) != (role == null)) {
      throw new IllegalArgumentException("staff have a hospital and a role, operators neither");
    }
  }

  public boolean operator() {
    return hospital == null;
  }
}
