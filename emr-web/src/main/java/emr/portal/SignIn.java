package emr.portal;

import emr.faces.page.SignInPage;
import emr.identity.Staff;
import emr.identity.StaffAccounts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.UsernamePasswordToken;

/** The portal's sign-in page. A wrong name and a wrong password get the same answer. */
@Named("signIn")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class SignIn implements SignInPage {

  @Inject StaffAccounts accounts;

  private String user = "";
  private String password = "";

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
  public String getUser() {
    return user;
  }

  @Override
  public void setUser(String user) {
    this.user = user;
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
  public String signIn() {
    Duration wait = accounts.waitBeforeNext(user);
    if (!wait.isZero()) {
      PortalText.notDone(PortalText.of("signin.wait", wait.toSeconds() + 1));
      return "";
    }
    var http =
        (HttpServletRequest) FacesContext.getCurrentInstance().getExternalContext().getRequest();
    try {
      SecurityUtils.getSubject().login(new UsernamePasswordToken(user, password));
    } catch (AuthenticationException e) {
      PortalText.notDone(PortalText.viewpoint().text("signin.wrong"));
      return "";
    }
    http.changeSessionId(); // the id of before may be known to somebody else
    return accounts.find(user).map(SignIn::home).orElse("");
  }

  static String home(Staff person) {
    return (person.operator() ? "/portal/operator/home" : "/portal/home") + "?faces-redirect=true";
  }
}
