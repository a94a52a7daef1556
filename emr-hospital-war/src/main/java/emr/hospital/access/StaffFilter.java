package emr.hospital.access;

import emr.account.Preferences;
import emr.account.Ticket;
import emr.faces.account.PersonFilter;
import jakarta.enterprise.inject.spi.CDI;

/** Lets the terminal's pages be seen by staff; made by Shiro. */
public class StaffFilter extends PersonFilter {

  private final StaffDirectory directory = CDI.current().select(StaffDirectory.class).get();

  @Override
  protected boolean holds(Ticket ticket) {
    return directory.find(ticket).isPresent();
  }

  @Override
  protected Preferences preferences(String user) {
    return directory.preferences(user);
  }
}
