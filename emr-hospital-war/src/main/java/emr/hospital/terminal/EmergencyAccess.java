package emr.hospital.terminal;

import emr.account.Attempt;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.exchange.access.EmergencyReason;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.page.EmergencyPage;
import emr.hospital.access.Emergencies;
import emr.hospital.access.Permission;
import emr.hospital.access.StaffDirectory;
import emr.hospital.communication.CentreAway;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Set;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** Breaks the glass at a hospital, which signs it. */
@Named("emergencyAccess")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyAccess extends EmergencyPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject Emergencies emergencies;
  @Inject StaffDirectory directory;

  /** View action. */
  @RequiresPermissions("emergency:open")
  public void load() {
    try {
      desk.staff(Permission.EMERGENCY_OPEN);
      if (!getPatient().isEmpty()) {
        Desk.patient(getPatient());
      }
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  @Override
  @RequiresPermissions("emergency:open")
  public String open() {
    return super.open();
  }

  @Override
  @SuppressWarnings("UnusedException") // the page says so
  protected String breakGlass(
      PatientId patient, Set<String> types, EmergencyReason reason, String words) {
    try {
      emergencies.open(
          desk.staff(Permission.EMERGENCY_OPEN).author(), patient, types, reason, words);
      return "";
    } catch (CentreAway away) {
      return viewpoint().text("emergency.away");
    }
  }

  @Override
  protected Verdict prove(Ticket ticket, Attempt proof) {
    return directory.prove(ticket, proof);
  }

  @Override
  public @Nullable PatientBanner getBanner() {
    return named()
        .flatMap(patient -> desk.known(patient, desk.staff()))
        .map(known -> desk.banner(known))
        .orElse(null);
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }
}
