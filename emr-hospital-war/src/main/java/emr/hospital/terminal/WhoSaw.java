package emr.hospital.terminal;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.FhirJson;
import emr.faces.Viewpoint;
import emr.faces.page.SeenPage;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.TrailAnswer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Patient;

/** Who saw one patient's chart, as the centre's audit trail says. */
@Named("seen")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class WhoSaw extends SeenPage {

  private static final long serialVersionUID = 1L;

  @Inject transient Desk desk;
  @Inject transient Charts charts;

  private String gap = "";

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    Staff staff = desk.staff(Permission.RECORD_READ);
    try {
      PatientId patient = Desk.patient(getPatient());
      desk.known(patient, staff).ifPresent(known -> show(desk.banner(known)));
      String query = query();
      if (query.isEmpty()) {
        return;
      }
      TrailAnswer answer = charts.trail(staff.author(), Desk.purpose(staff), patient, query);
      if (answer.awaySince() != null) {
        gap = desk.viewpoint().text("seen.away");
        return;
      }
      show(desk.banner((Patient) FhirJson.parse(answer.patient())));
      show(answer.events(), desk::hospitalName);
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  @Override
  public String getGap() {
    return gap;
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }
}
