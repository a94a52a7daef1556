package emr.portal;

import emr.account.Attempt;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.faces.account.AccountRealm;
import emr.identity.StaffAccounts;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;

/**
 * Tells Shiro who works at the portal and what they may do.
 *
 * <p>Dependent, because a realm has final methods and CDI cannot proxy it.
 */
@Dependent
public class PortalRealm extends AccountRealm {

  private final StaffAccounts accounts;
  private final StaffAdministration administration;

  @Inject
  PortalRealm(StaffAccounts accounts, StaffAdministration administration) {
    super("portal");
    this.accounts = accounts;
    this.administration = administration;
  }

  @Override
  protected Verdict judge(Attempt attempt) {
    Verdict verdict = accounts.signIn(attempt);
    if (!verdict.mustWait()) {
      administration.noteSignIn(attempt, verdict);
    }
    return verdict;
  }

  @Override
  protected Collection<String> permissions(Ticket ticket) {
    return accounts
        .find(ticket)
        .map(staff -> Permission.of(staff).stream().map(Permission::text).toList())
        .orElse(List.of());
  }
}
