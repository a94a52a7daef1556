package emr.hospital.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.FhirJson;
import emr.faces.Viewpoint;
import emr.faces.page.ReportPage;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.communication.HospitalIdentity;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.TrailAnswer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Patient;

/** Who saw one patient's chart, as the centre signed it for the patient. */
@Named("report")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class PatientsReport extends ReportPage {

  private static final long serialVersionUID = 1L;

  @Inject transient Desk desk;
  @Inject transient Charts charts;
  @Inject transient HospitalIdentity identity;

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    Staff staff = desk.staff(Permission.RECORD_READ);
    try {
      PatientId patient = Desk.patient(getPatient());
      TrailAnswer answer =
          charts.trail(
              staff.author(), Desk.purpose(staff), patient, patient.record() + "/$who-saw");
      if (answer.awaySince() != null) {
        Desk.say(
            jakarta.faces.application.FacesMessage.SEVERITY_WARN,
            desk.viewpoint().text("seen.away"));
        return;
      }
      show(
          desk.banner((Patient) FhirJson.parse(answer.patient())),
          new String(((Binary) FhirJson.parse(answer.events())).getData(), US_ASCII),
          identity.centreSign(),
          desk::hospitalName);
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }
}
