package emr.hospital.access;

import emr.account.Attempt;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.faces.account.AccountRealm;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Collection;
import java.util.List;

/**
 * Tells Shiro who the staff are and what they may do.
 *
 * <p>Made by Shiro and not by CDI, which cannot proxy the final methods of a realm.
 */
public class StaffRealm extends AccountRealm {

  private final StaffDirectory directory;

  public StaffRealm() {
    super("staff");
    directory = CDI.current().select(StaffDirectory.class).get();
  }

  @Override
  protected Verdict judge(Attempt attempt) {
    return directory.signIn(attempt);
  }

  @Override
  protected Collection<String> permissions(Ticket ticket) {
    return directory
        .find(ticket)
        .map(staff -> Permission.of(staff.role()).stream().map(Permission::text).toList())
        .orElse(List.of());
  }
}
