package emr.portal;

import emr.account.Attempt;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.control.ControlServer;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyReason;
import emr.exchange.record.PatientId;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.page.EmergencyPage;
import emr.identity.StaffAccounts;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Set;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** Breaks the glass for staff of a hosted hospital; the centre signs in its place. */
@Named("emergencyAccess")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class EmergencyAccess extends EmergencyPage {

  private static final long serialVersionUID = 1L;

  @Inject ControlServer control;
  @Inject SignedIn signedIn;
  @Inject StaffAccounts accounts;

  /** View action. */
  @RequiresPermissions("emergency:open")
  public void load() {
    if (!getPatient().isEmpty() && named().isEmpty()) {
      Desk.refused();
    }
  }

  @Override
  @RequiresPermissions("emergency:open")
  public String open() {
    return super.open();
  }

  @Override
  protected String breakGlass(
      PatientId patient, Set<String> types, EmergencyReason reason, String words) {
    control.openEmergency(
        EmergencyOpening.now(
            signedIn.hospital(), signedIn.author(), patient, types, reason, words));
    return "";
  }

  @Override
  protected Verdict prove(Ticket ticket, Attempt proof) {
    return accounts.prove(ticket, proof);
  }

  /** The centre knows everybody, and tells of nobody. */
  @Override
  public @Nullable PatientBanner getBanner() {
    return null;
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }
}
