package emr.hospital.terminal;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.entry.PolicyForm;
import emr.hospital.access.Emergencies;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.access.Staff;
import emr.hospital.communication.CentreAway;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands on every page of a chart that was opened in an emergency; {@code
 * /emr/page/emergency-strip.xhtml} shows it.
 */
@Named("emergencyStrip")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyStrip {

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject Emergencies emergencies;

  private final Map<String, Optional<Emergencies.Open>> known = new HashMap<>();

  private Optional<Emergencies.Open> open(String patient) {
    return known.computeIfAbsent(
        patient,
        id ->
            signedIn
                .staff()
                .filter(staff -> staff.may(Permission.EMERGENCY_OPEN))
                .flatMap(
                    staff ->
                        emergencies.of(staff.user(), new PatientId(id), desk.viewpoint().now())));
  }

  /** Whether the person signed in may open charts in emergencies. */
  public boolean isPossible() {
    return signedIn.staff().filter(staff -> staff.may(Permission.EMERGENCY_OPEN)).isPresent();
  }

  /** Whether the person signed in has opened the chart, and it is open now. */
  public boolean isOpen(String patient) {
    return open(patient).isPresent();
  }

  /** Such as "41 minutes left". */
  public String left(String patient) {
    Viewpoint viewpoint = desk.viewpoint();
    return open(patient)
        .map(open -> Duration.between(viewpoint.now(), open.until()).plusSeconds(59).toMinutes())
        .map(minutes -> viewpoint.text("emergency.left", minutes))
        .orElse("");
  }

  /** What is open, and why. */
  public String detail(String patient) {
    Viewpoint viewpoint = desk.viewpoint();
    return open(patient)
        .map(
            open ->
                viewpoint.text(
                    "emergency.detail",
                    PolicyForm.types(open.types(), viewpoint),
                    viewpoint.text("emergency.reason." + open.reason()),
                    open.words()))
        .orElse("");
  }

  /** Shuts the chart again. */
  public String end(String patient) {
    Staff staff = desk.staff(Permission.EMERGENCY_OPEN);
    try {
      emergencies.end(staff.author(), Desk.patient(patient));
      Desk.say(FacesMessage.SEVERITY_INFO, desk.viewpoint().text("emergency.ended"));
    } catch (CentreAway | Refusal later) {
      Desk.say(FacesMessage.SEVERITY_WARN, desk.viewpoint().text("emergency.ended-here"));
    }
    return "/terminal/home?faces-redirect=true";
  }
}
