package emr.portal;

import emr.control.ControlServer;
import emr.exchange.access.AccessRight;
import emr.exchange.access.EmergencyVerdict;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.page.EmergencyReviewPage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** Emergencies that concern a hosted hospital, and its verdicts; the centre signs in its place. */
@Named("emergencyReview")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyReview extends EmergencyReviewPage {

  private static final long serialVersionUID = 1L;

  @Inject ControlServer control;
  @Inject Desk desk;
  @Inject SignedIn signedIn;

  /** View action. */
  @RequiresPermissions("emergency:review")
  @SuppressWarnings("UnusedException") // nobody learns why
  public void load() {
    try {
      show(control.emergencies(signedIn.statement(null, AccessRight.READ)));
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  @Override
  public long getWaiting() {
    return signedIn.may(Permission.EMERGENCY_REVIEW)
        ? control.emergenciesToReview(signedIn.statement(null, AccessRight.READ))
        : 0;
  }

  @Override
  @RequiresPermissions("emergency:review")
  public String judge(UUID id, boolean justified) {
    return super.judge(id, justified);
  }

  @Override
  protected String pass(UUID emergency, boolean justified, String why) {
    control.judgeEmergency(
        EmergencyVerdict.now(signedIn.hospital(), signedIn.author(), emergency, justified, why));
    return "";
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }

  @Override
  protected HospitalId hospital() {
    return signedIn.hospital();
  }

  @Override
  protected String number(PatientId patient) {
    return ""; // stands in the chart, which administrators do not open
  }

  @Override
  protected String hospitalName(HospitalId hospital) {
    return desk.hospitalName(hospital);
  }
}
