package emr.faces.account;

import emr.account.Ticket;
import emr.faces.Viewpoint;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import org.apache.shiro.authc.AuthenticationException;

/** The bean of {@code /emr/page/sign-in.xhtml}. */
public abstract class SignInPage {

  private String user = "";
  private String password = "";
  private String code = "";

  /** What this page signs in to, such as "Medical record terminal". */
  public abstract String getSystem();

  /** The hospital's name, or the centre's. */
  public abstract String getPlace();

  /** What happens to records made here, in one or two sentences. */
  public abstract String getAbout();

  protected abstract Viewpoint viewpoint();

  /** Where a person goes who has just come in. */
  protected abstract String home(Ticket ticket);

  /** Keeps with the account of who just came in that they chose {@code language}. */
  protected abstract void choose(Ticket ticket, String language);

  /** Writes this page in {@code language}, and the account's from then on. */
  public String speak(String language) {
    var faces = FacesContext.getCurrentInstance();
    Shown.like(
        (HttpSession) faces.getExternalContext().getSession(true),
        Shown.now().inLanguage(language));
    return faces.getViewRoot().getViewId() + "?faces-redirect=true";
  }

  /** Signs in and leads on; otherwise stays, with a message that is the same for every reason. */
  @SuppressWarnings("UnusedException") // which of the three was wrong is told to nobody
  public String signIn() {
    String language = Shown.now().language();
    try {
      Ticket ticket = Entrance.signIn(request(), user, password, code);
      if (!language.isEmpty()) {
        choose(ticket, language);
      }
      return home(ticket);
    } catch (MustWait e) {
      Viewpoint viewpoint = viewpoint();
      Instant then = viewpoint.now().plusSeconds(e.seconds());
      say(viewpoint.text("signin.wait", e.seconds(), viewpoint.exactly(then)));
    } catch (AuthenticationException e) {
      say(viewpoint().text("signin.wrong"));
    } finally {
      password = "";
      code = "";
    }
    return "";
  }

  static HttpServletRequest request() {
    return (HttpServletRequest) FacesContext.getCurrentInstance().getExternalContext().getRequest();
  }

  private static void say(String words) {
    FacesContext.getCurrentInstance()
        .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, words, null));
  }

  public String getUser() {
    return user;
  }

  public void setUser(String user) {
    this.user = user.strip();
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
  }
}
