package emr.portal;

import emr.communication.trail.AuditEvents;
import emr.custody.CentreKeys;
import emr.exchange.access.AccessRight;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.page.ReportPage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** Who saw one patient's chart, as the centre signed it for the patient. */
@Named("report")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class PatientsReport extends ReportPage {

  private static final long serialVersionUID = 1L;

  @Inject transient Desk desk;
  @Inject transient SignedIn signedIn;
  @Inject transient AuditEvents trail;
  @Inject transient CentreKeys keys;

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      PatientId patient = Desk.patient(getPatient());
      show(
          desk.banner(patient),
          trail.signed(patient, signedIn.statement(patient, AccessRight.READ)),
          keys.signCertificate(),
          id -> desk.hospitalName(new HospitalId(id)));
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }
}
