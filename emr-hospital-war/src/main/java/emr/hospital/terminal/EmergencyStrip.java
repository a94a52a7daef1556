package emr.hospital.terminal;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.page.GlassStrip;
import emr.hospital.access.Emergencies;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.communication.CentreAway;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands on every page while a chart is open that was opened here in an emergency. */
@Named("emergencyStrip")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyStrip extends GlassStrip {

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject Emergencies emergencies;

  @Override
  protected Optional<Opened> find(String patient) {
    return signedIn
        .staff()
        .filter(staff -> staff.may(Permission.EMERGENCY_OPEN))
        .flatMap(
            staff -> emergencies.of(staff.user(), new PatientId(patient), desk.viewpoint().now()))
        .map(open -> new Opened(open.types(), open.reason(), open.words(), open.until()));
  }

  @Override
  protected Map<String, Instant> all() {
    var open = new LinkedHashMap<String, Instant>();
    signedIn
        .staff()
        .map(staff -> emergencies.of(staff.user(), desk.viewpoint().now()))
        .orElse(List.of())
        .forEach(each -> open.merge(each.patient().value(), each.until(), (a, b) -> b));
    return open;
  }

  @Override
  public boolean isPossible() {
    return signedIn.staff().filter(staff -> staff.may(Permission.EMERGENCY_OPEN)).isPresent();
  }

  @Override
  @SuppressWarnings("UnusedException") // the page says so
  protected boolean shut(String patient) {
    try {
      emergencies.end(desk.staff(Permission.EMERGENCY_OPEN).author(), Desk.patient(patient));
      return true;
    } catch (CentreAway | Refusal later) {
      return false;
    }
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }
}
