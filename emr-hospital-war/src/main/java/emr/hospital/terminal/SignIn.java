package emr.hospital.terminal;

import emr.exchange.record.Refusal;
import emr.faces.page.SignInPage;
import emr.hospital.access.SignedIn;
import emr.hospital.communication.HospitalIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The page to sign in. */
@Named("signIn")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class SignIn implements SignInPage {

  @Inject SignedIn signedIn;
  @Inject HospitalIdentity identity;
  @Inject Desk desk;

  private String user = "";
  private String password = "";

  @Override
  public String getSystem() {
    return desk.viewpoint().text("signin.terminal");
  }

  @Override
  public String getPlace() {
    return identity.name();
  }

  @Override
  public String getAbout() {
    return desk.viewpoint().text("signin.terminal-about");
  }

  @Override
  public String getUser() {
    return user;
  }

  @Override
  public void setUser(String user) {
    this.user = user.strip();
  }

  @Override
  public String getPassword() {
    return password;
  }

  @Override
  public void setPassword(String password) {
    this.password = password;
  }

  @Override
  @SuppressWarnings("UnusedException") // which of the two was wrong is told to nobody
  public String signIn() {
    try {
      signedIn.signIn(user, password);
      return "home?faces-redirect=true";
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().text("signin.wrong"));
      return "";
    } finally {
      password = "";
    }
  }
}
