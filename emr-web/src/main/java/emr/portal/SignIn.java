package emr.portal;

import emr.account.Ticket;
import emr.faces.Viewpoint;
import emr.faces.account.SignInPage;
import emr.identity.Staff;
import emr.identity.StaffAccounts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The portal's sign-in page. */
@Named("signIn")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class SignIn extends SignInPage {

  @Inject StaffAccounts accounts;

  @Override
  public String getSystem() {
    return PortalText.of("portal");
  }

  @Override
  public String getPlace() {
    return PortalText.of("centre");
  }

  @Override
  public String getAbout() {
    return PortalText.of("signin.about");
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }

  @Override
  protected void choose(Ticket ticket, String language) {
    accounts.prefer(ticket.user(), accounts.preferences(ticket.user()).inLanguage(language));
  }

  @Override
  protected String home(Ticket ticket) {
    return ticket.mustChange()
        ? "/portal/account?faces-redirect=true"
        : accounts.find(ticket).map(SignIn::home).orElse("");
  }

  static String home(Staff person) {
    return (person.operator() ? "/portal/operator/home" : "/portal/home") + "?faces-redirect=true";
  }
}
