package emr.hospital.terminal;

import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.page.EmergencyReviewPage;
import emr.hospital.access.Emergencies;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.communication.CentreAway;
import emr.hospital.temporarystore.KnownPatient;
import emr.hospital.temporarystore.LocalPatients;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** Emergencies that concern this hospital, and its verdicts, which it signs. */
@Named("emergencyReview")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyReview extends EmergencyReviewPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject Emergencies emergencies;
  @Inject LocalPatients patients;

  /** View action. */
  @RequiresPermissions("emergency:review")
  @SuppressWarnings("UnusedException") // the page says so
  public void load() {
    try {
      show(emergencies.list(desk.staff(Permission.EMERGENCY_REVIEW).author()));
    } catch (CentreAway gone) {
      showAway();
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  @Override
  public long getWaiting() {
    return signedIn
        .staff()
        .filter(staff -> staff.may(Permission.EMERGENCY_REVIEW))
        .map(staff -> emergencies.waiting(staff.author()))
        .orElse(0L);
  }

  @Override
  @RequiresPermissions("emergency:review")
  public String judge(UUID id, boolean justified) {
    return super.judge(id, justified);
  }

  @Override
  @SuppressWarnings("UnusedException") // the page says so
  protected String pass(UUID emergency, boolean justified, String why) {
    try {
      emergencies.judge(
          desk.staff(Permission.EMERGENCY_REVIEW).author(), emergency, justified, why);
      return "";
    } catch (CentreAway gone) {
      return viewpoint().text("emergency.away");
    }
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  @Override
  protected HospitalId hospital() {
    return desk.hospital();
  }

  @Override
  protected String number(PatientId patient) {
    return patients.find(patient).map(KnownPatient::number).orElse("");
  }

  @Override
  protected String hospitalName(HospitalId hospital) {
    return desk.hospitalName(hospital.value());
  }
}
