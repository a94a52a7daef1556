package emr.portal;

import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.page.ChartPage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** The first page of one patient's chart, read at the centre (claim 2). */
@Named("chart")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class PatientChart extends ChartPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject SignedIn signedIn;

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      Desk.Opened opened = desk.open(Desk.patient(getPatient()));
      show(opened.banner(), opened.records());
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  @Override
  public boolean isMayAdd() {
    return signedIn.may(Permission.RECORD_STORE);
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }
}
