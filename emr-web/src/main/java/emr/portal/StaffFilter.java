package emr.portal;

import emr.account.Preferences;
import emr.account.Ticket;
import emr.faces.account.PersonFilter;
import emr.identity.StaffAccounts;

/** Lets the portal's pages be seen by who has an account. */
public class StaffFilter extends PersonFilter {

  private final StaffAccounts accounts;

  StaffFilter(StaffAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  protected boolean holds(Ticket ticket) {
    return accounts.find(ticket).isPresent();
  }

  @Override
  protected Preferences preferences(String user) {
    return accounts.preferences(user);
  }
}
