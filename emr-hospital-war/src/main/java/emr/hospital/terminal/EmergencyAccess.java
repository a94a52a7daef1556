package emr.hospital.terminal;

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
import emr.hospital.access.Emergencies;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.access.StaffDirectory;
import emr.hospital.communication.CentreAway;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** Breaks the glass: opens a chart for an hour to who has no right to it, and says why. */
@Named("emergencyAccess")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyAccess implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject Emergencies emergencies;
  @Inject StaffDirectory directory;

  private String patient = "";
  private String reason = "";
  private String kind = "everything";
  private String words = "";
  private String password = "";
  private ArrayList<Complaint> complaints = new ArrayList<>();

  /** View action. */
  @RequiresPermissions("emergency:open")
  public void load() {
    try {
      desk.staff(Permission.EMERGENCY_OPEN);
      if (!patient.isEmpty()) {
        Desk.patient(patient);
      }
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  /** Opens the chart and leads there, or says what stands against it. */
  @RequiresPermissions("emergency:open")
  public String open() {
    Staff staff = desk.staff(Permission.EMERGENCY_OPEN);
    complaints = faults();
    try {
      if (!complaints.isEmpty() || !isProved()) {
        return "";
      }
      emergencies.open(
          staff.author(),
          Desk.patient(patient.strip()),
          PolicyForm.types(kind),
          EmergencyReason.valueOf(reason),
          words);
    } catch (CentreAway away) {
      return notDone(viewpoint().text("emergency.away"));
    } catch (Refusal refusal) {
      return notDone(viewpoint().text("emergency.refused"));
    } finally {
      password = ""; // is not kept in a page that stays
    }
    Desk.say(FacesMessage.SEVERITY_WARN, viewpoint().text("emergency.opened"));
    return "chart?faces-redirect=true&patient=" + patient.strip();
  }

  private ArrayList<Complaint> faults() {
    var found = new ArrayList<Complaint>();
    if (!isPatientNamed()) {
      found.add(new Complaint("whose", viewpoint().text("emergency.patient-missing")));
    }
    if (reason.isEmpty()) {
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

  @SuppressWarnings("UnusedException") // it says what was typed
  private boolean isPatientNamed() {
    try {
      new PatientId(patient.strip());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isProved() {
    Verdict verdict =
        Entrance.ticket()
            .map(
                ticket ->
                    directory.prove(
                        ticket, Entrance.attempt(request(), ticket.user(), password, "")))
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

  private static String notDone(String text) {
    Desk.say(FacesMessage.SEVERITY_ERROR, text);
    return "";
  }

  private Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  /** The patient as this hospital knows them; null if it does not. */
  public @Nullable PatientBanner getBanner() {
    return isPatientNamed()
        ? Optional.of(new PatientId(patient.strip()))
            .flatMap(desk::known)
            .map(known -> desk.banner(known, List.of()))
            .orElse(null)
        : null;
  }

  public List<EmergencyReason> getReasons() {
    return List.of(EmergencyReason.values());
  }

  public List<String> getKinds() {
    return List.of("everything", "summary", "results", "notes");
  }

  public int getMinutes() {
    return (int) EmergencyOpening.LONGEST.toMinutes();
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
