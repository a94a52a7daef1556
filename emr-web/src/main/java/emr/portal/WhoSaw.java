package emr.portal;

import emr.communication.trail.AuditEvents;
import emr.exchange.access.AccessRight;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.page.SeenPage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** Who saw one patient's chart. */
@Named("seen")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class WhoSaw extends SeenPage {

  private static final long serialVersionUID = 1L;

  @Inject transient Desk desk;
  @Inject transient SignedIn signedIn;
  @Inject transient AuditEvents trail;

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      PatientId patient = Desk.patient(getPatient());
      show(desk.banner(patient));
      String query = query();
      if (!query.isEmpty()) {
        show(
            trail.search(
                query.substring(query.indexOf('?') + 1),
                false,
                "",
                signedIn.statement(patient, AccessRight.READ)),
            id -> desk.hospitalName(new HospitalId(id)));
      }
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }
}
