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
import java.util.Optional;

/** What stands on every page of a chart that was opened at the portal in an emergency. */
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
