package emr.portal;

import emr.control.ControlServer;
import emr.exchange.access.AccessRight;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.page.GlassStrip;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands on every page while a chart is open that was opened at the portal in an emergency.
 */
@Named("emergencyStrip")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyStrip extends GlassStrip {

  @Inject ControlServer control;
  @Inject SignedIn signedIn;

  @Override
  protected Optional<Opened> find(String patient) {
    return signedIn
        .emergency(new PatientId(patient))
        .map(open -> new Opened(open.types(), open.reason(), open.words(), open.until()));
  }

  @Override
  protected Map<String, Instant> all() {
    var open = new LinkedHashMap<String, Instant>();
    signedIn
        .emergencies()
        .forEach(each -> open.merge(each.patient().value(), each.until(), (a, b) -> b));
    return open;
  }

  @Override
  public boolean isPossible() {
    return signedIn.may(Permission.EMERGENCY_OPEN);
  }

  @Override
  @SuppressWarnings("UnusedException") // it has ended meanwhile
  protected boolean shut(String patient) {
    PatientId whose = Desk.patient(patient);
    try {
      signedIn
          .emergency(whose)
          .ifPresent(
              open -> control.endEmergency(open.id(), signedIn.statement(whose, AccessRight.READ)));
    } catch (Refusal ended) {
      return true;
    }
    return true;
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }
}
