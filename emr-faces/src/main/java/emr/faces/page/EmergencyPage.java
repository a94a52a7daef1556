package emr.faces.page;

import emr.account.Attempt;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyReason;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.account.Entrance;
import emr.faces.entry.Complaint;
import emr.faces.entry.PolicyForm;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/emergency.xhtml}: breaks the glass, that is, opens a chart for an
 * hour to who has no right to it, and says why.
 */
public abstract class EmergencyPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private String patient = "";
  private String reason = "";
  private String kind = "everything";
  private String words = "";
  private String password = "";
  private ArrayList<Complaint> complaints = new ArrayList<>();

  protected abstract Viewpoint viewpoint();

  /** Whether {@code proof} has the present password of who has {@code ticket}. */
  protected abstract Verdict prove(Ticket ticket, Attempt proof);

  /**
   * Opens the chart for the person signed in.
   *
   * @param types FHIR resource types; empty for all
   * @return why it was not done, in words; empty if it was
   * @throws Refusal if the centre refused
   */
  protected abstract String breakGlass(
      PatientId patient, Set<String> types, EmergencyReason reason, String words);

  /** The patient as this place knows them without asking for the chart; null if it does not. */
  public abstract @Nullable PatientBanner getBanner();

  /** Opens the chart and leads there, or says what stands against it. */
  @SuppressWarnings("UnusedException") // a stranger is not told what was wrong
  public String open() {
    complaints = faults();
    try {
      Optional<PatientId> whose = named();
      if (!complaints.isEmpty() || whose.isEmpty() || !isProved()) {
        return "";
      }
      String undone =
          breakGlass(
              whose.get(), PolicyForm.types(kind), EmergencyReason.valueOf(reason), words.strip());
      if (!undone.isEmpty()) {
        return notDone(undone);
      }
    } catch (Refusal refusal) {
      return notDone(viewpoint().text("emergency.refused"));
    } finally {
      password = ""; // is not kept in a page that stays
    }
    Messages.keep(FacesMessage.SEVERITY_WARN, viewpoint().text("emergency.opened"));
    return "chart?faces-redirect=true&patient=" + patient.strip();
  }

  private static String notDone(String text) {
    Messages.say(FacesMessage.SEVERITY_ERROR, text);
    return "";
  }

  private ArrayList<Complaint> faults() {
    var found = new ArrayList<Complaint>();
    if (named().isEmpty()) {
      found.add(new Complaint("whose", viewpoint().text("emergency.patient-missing")));
    }
    if (getReasons().stream().noneMatch(each -> each.name().equals(reason))) {
      found.add(new Complaint("reason", viewpoint().text("emergency.reason-missing")));
    }
    if (words.strip().length() < EmergencyOpening.SHORTEST_WORDS) {
      found.add(new Complaint("words", viewpoint().text("emergency.words-missing")));
    }
    if (password.isEmpty()) {
      found.add(new Complaint("password", viewpoint().text("emergency.password-missing")));
    }
    return found;
  }

  /** Whose chart; empty for what is no id. */
  @SuppressWarnings("UnusedException") // it says what was typed
  protected Optional<PatientId> named() {
    try {
      return Optional.of(new PatientId(patient.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isProved() {
    Verdict verdict =
        Entrance.ticket()
            .map(ticket -> prove(ticket, Entrance.attempt(request(), ticket.user(), password, "")))
            .orElse(Verdict.REFUSED);
    if (verdict.ticket() == null) {
      complaints.add(
          new Complaint(
              "password",
              verdict.mustWait()
                  ? viewpoint().text("emergency.wait", verdict.delay().plusMillis(999).toSeconds())
                  : viewpoint().text("emergency.password-wrong")));
    }
    return verdict.ticket() != null;
  }

  private static HttpServletRequest request() {
    return (HttpServletRequest) FacesContext.getCurrentInstance().getExternalContext().getRequest();
  }

  public List<EmergencyReason> getReasons() {
    return List.of(EmergencyReason.values());
  }

  public List<String> getKinds() {
    return List.of("everything", "summary", "results", "notes");
  }

  public List<Complaint> getComplaints() {
    return complaints;
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(@Nullable String patient) {
    this.patient = patient == null ? "" : patient;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = reason == null ? "" : reason;
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }

  public String getWords() {
    return words;
  }

  public void setWords(@Nullable String words) {
    this.words = words == null ? "" : words;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(@Nullable String password) {
    this.password = password == null ? "" : password;
  }
}
