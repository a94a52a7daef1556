package emr.portal;

import emr.account.Accounts.Enrolled;
import emr.account.Attempt;
import emr.account.SecondFactor;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.faces.Viewpoint;
import emr.faces.account.AccountPage;
import emr.identity.StaffAccounts;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What the person at the portal signs in with. */
@Named("account")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class OwnAccount extends AccountPage {

  private static final long serialVersionUID = 1L;

  @Inject StaffAccounts accounts;
  @Inject StaffAdministration administration;
  @Inject SignedIn signedIn;

  @Override
  protected Verdict changePassword(Ticket ticket, Attempt proof, String fresh) {
    Verdict verdict = accounts.changePassword(ticket, proof, fresh);
    if (verdict.ticket() != null) {
      administration.noteOwn(ticket.user(), "changed their password");
    }
    return verdict;
  }

  @Override
  protected Enrolled enrol(Ticket ticket, Attempt proof, SecondFactor secondFactor) {
    Enrolled enrolled = accounts.enrol(ticket, proof, secondFactor);
    if (enrolled.verdict().ticket() != null) {
      administration.noteOwn(ticket.user(), "set up a second factor");
    }
    return enrolled;
  }

  @Override
  protected boolean hasSecondFactor(String user) {
    return accounts.hasSecondFactor(user);
  }

  @Override
  protected String person() {
    return signedIn.require().name();
  }

  @Override
  protected String place() {
    return PortalText.of("portal");
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }

  @Override
  protected String home() {
    return SignIn.home(signedIn.require());
  }
}
