package emr.hospital.terminal;

import emr.account.Accounts.Enrolled;
import emr.account.Attempt;
import emr.account.SecondFactor;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.faces.Viewpoint;
import emr.faces.account.AccountPage;
import emr.hospital.access.SignedIn;
import emr.hospital.access.Staff;
import emr.hospital.access.StaffDirectory;
import emr.hospital.communication.HospitalIdentity;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What the person at the terminal signs in with. */
@Named("account")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class OwnAccount extends AccountPage {

  private static final long serialVersionUID = 1L;

  @Inject StaffDirectory directory;
  @Inject SignedIn signedIn;
  @Inject HospitalIdentity identity;
  @Inject Desk desk;

  @Override
  protected Verdict changePassword(Ticket ticket, Attempt proof, String fresh) {
    return directory.changePassword(ticket, proof, fresh);
  }

  @Override
  protected Enrolled enrol(Ticket ticket, Attempt proof, SecondFactor secondFactor) {
    return directory.enrol(ticket, proof, secondFactor);
  }

  @Override
  protected boolean hasSecondFactor(String user) {
    return directory.hasSecondFactor(user);
  }

  @Override
  protected String person() {
    return signedIn.staff().map(Staff::name).orElse("");
  }

  @Override
  protected String place() {
    return identity.name();
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  @Override
  protected String home() {
    return "home?faces-redirect=true";
  }
}
