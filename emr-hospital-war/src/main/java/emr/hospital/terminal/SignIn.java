package emr.hospital.terminal;

import emr.account.Ticket;
import emr.faces.Viewpoint;
import emr.faces.account.SignInPage;
import emr.hospital.access.StaffDirectory;
import emr.hospital.communication.HospitalIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The page to sign in. */
@Named("signIn")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class SignIn extends SignInPage {

  @Inject HospitalIdentity identity;
  @Inject Desk desk;
  @Inject StaffDirectory directory;

  @Override
  public String getSystem() {
    return viewpoint().text("signin.terminal");
  }

  @Override
  public String getPlace() {
    return identity.name();
  }

  @Override
  public String getAbout() {
    return viewpoint().text("signin.terminal-about");
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  @Override
  protected void choose(Ticket ticket, String language) {
    directory.prefer(ticket.user(), directory.preferences(ticket.user()).inLanguage(language));
  }

  @Override
  protected String home(Ticket ticket) {
    return (ticket.mustChange() ? "account" : "home") + "?faces-redirect=true";
  }
}
