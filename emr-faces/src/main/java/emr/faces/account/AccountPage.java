package emr.faces.account;

import emr.account.Accounts;
import emr.account.Attempt;
import emr.account.PasswordRule;
import emr.account.PasswordRule.Fault;
import emr.account.SecondFactor;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.entry.Complaint;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/account.xhtml}: what the person signed in signs in with. Every
 * change asks for the present password, and ends their other sessions.
 */
public abstract class AccountPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Where fresh recovery codes wait for the next page, which shows them once. */
  private static final String CODES = "emr.recovery-codes";

  private String present = "";
  private String fresh = "";
  private String again = "";
  private String password = "";
  private String code = "";
  private @Nullable SecondFactor offered;
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private ArrayList<String> recoveryCodes = new ArrayList<>();

  protected abstract Verdict changePassword(Ticket ticket, Attempt proof, String fresh);

  protected abstract Accounts.Enrolled enrol(
      Ticket ticket, Attempt proof, SecondFactor secondFactor);

  protected abstract boolean hasSecondFactor(String user);

  /** The name for people of who is signed in. */
  protected abstract String person();

  /** Where the account is, as an authenticator app shows it. */
  protected abstract String place();

  protected abstract Viewpoint viewpoint();

  /** Where a person goes who has chosen their first password. */
  protected abstract String home();

  /** View action: shows recovery codes that were just made, once. */
  public void load() {
    Object codes = session().remove(CODES);
    recoveryCodes = new ArrayList<>();
    if (codes instanceof List<?> list) {
      list.forEach(one -> recoveryCodes.add(String.valueOf(one)));
    }
  }

  private static Map<String, Object> session() {
    return FacesContext.getCurrentInstance().getExternalContext().getSessionMap();
  }

  private static Ticket ticket() {
    return Entrance.ticket().orElseThrow(Refusal::notPermitted);
  }

  public String getUser() {
    return ticket().user();
  }

  /** Whether the present password was given by somebody else. */
  public boolean isMustChange() {
    return ticket().mustChange();
  }

  public boolean isSecondFactorSet() {
    return hasSecondFactor(getUser());
  }

  /** Changes the password and leads on, or says what stands against it. */
  public String change() {
    complaints = faults();
    if (!complaints.isEmpty()) {
      return "";
    }
    Ticket ticket = ticket();
    try {
      Verdict verdict = changePassword(ticket, attempt(present, ""), fresh);
      if (verdict.ticket() == null) {
        complain("present", refused(verdict));
        return "";
      }
      renew(verdict.ticket());
      say(viewpoint().text("account.changed"));
      return ticket.mustChange() ? home() : "account?faces-redirect=true";
    } finally {
      forget();
    }
  }

  private ArrayList<Complaint> faults() {
    var found = new ArrayList<Complaint>();
    Viewpoint viewpoint = viewpoint();
    Optional<Fault> fault = PasswordRule.fault(fresh, getUser(), person());
    if (present.isEmpty()) {
      found.add(new Complaint("present", viewpoint.text("account.present-missing")));
    }
    fault.ifPresent(f -> found.add(new Complaint("fresh", viewpoint.text("account.fault." + f))));
    if (fault.isEmpty() && !fresh.equals(again)) {
      found.add(new Complaint("again", viewpoint.text("account.again-differs")));
    }
    if (fault.isEmpty() && fresh.equals(present)) {
      found.add(new Complaint("fresh", viewpoint.text("account.same")));
    }
    return found;
  }

  /** Offers a second factor. */
  public void begin() {
    offered = SecondFactor.fresh(place(), getUser());
    complaints = new ArrayList<>();
  }

  /** Takes the offered second factor once its app has shown that it works. */
  public String confirm() {
    SecondFactor factor = offered;
    if (factor == null) {
      return "";
    }
    complaints = new ArrayList<>();
    try {
      Accounts.Enrolled enrolled = enrol(ticket(), attempt(password, code), factor);
      if (enrolled.verdict().ticket() == null) {
        complain(
            "code",
            enrolled.verdict().mustWait()
                ? refused(enrolled.verdict())
                : viewpoint().text("account.code-wrong"));
        return "";
      }
      renew(enrolled.verdict().ticket());
      session().put(CODES, new ArrayList<>(enrolled.recoveryCodes()));
      say(viewpoint().text("account.factor-done"));
      return "account?faces-redirect=true";
    } finally {
      forget();
    }
  }

  private String refused(Verdict verdict) {
    Viewpoint viewpoint = viewpoint();
    if (!verdict.mustWait()) {
      return viewpoint.text("account.present-wrong");
    }
    long seconds = verdict.delay().plusMillis(999).toSeconds();
    return viewpoint.text(
        "signin.wait", seconds, viewpoint.exactly(viewpoint.now().plusSeconds(seconds)));
  }

  private Attempt attempt(String secret, String shown) {
    HttpServletRequest request = SignInPage.request();
    return Entrance.attempt(request, getUser(), secret, shown);
  }

  private static void renew(Ticket ticket) {
    Entrance.renew(SignInPage.request(), ticket);
  }

  private void complain(String field, String words) {
    complaints.add(new Complaint(field, words));
  }

  /** Passwords are not kept in a page that stays. */
  private void forget() {
    present = "";
    fresh = "";
    again = "";
    password = "";
    code = "";
  }

  private static void say(String words) {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_INFO, words, null));
    faces.getExternalContext().getFlash().setKeepMessages(true);
  }

  /** Null unless one is offered now. */
  public @Nullable SecondFactor getOffered() {
    return offered;
  }

  public List<Complaint> getComplaints() {
    return complaints;
  }

  /** Just made; empty otherwise. */
  public List<String> getRecoveryCodes() {
    return recoveryCodes;
  }

  public String getPresent() {
    return present;
  }

  public void setPresent(String present) {
    this.present = present;
  }

  public String getFresh() {
    return fresh;
  }

  public void setFresh(String fresh) {
    this.fresh = fresh;
  }

  public String getAgain() {
    return again;
  }

  public void setAgain(String again) {
    this.again = again;
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
