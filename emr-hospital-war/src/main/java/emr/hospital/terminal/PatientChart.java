package emr.hospital.terminal;

import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.page.ChartPage;
import emr.hospital.access.Permission;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** The first page of one patient's chart. */
@Named("chart")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class PatientChart extends ChartPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject Namesakes namesakes;

  private String gap = "";
  private String similar = "";

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      Desk.Opened opened = desk.open(Desk.patient(getPatient()));
      gap = opened.awaySince() == null ? "" : desk.viewpoint().text("chart.away");
      similar = namesakes.of(opened.patient(), desk.viewpoint());
      show(opened.banner(), opened.records());
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  @Override
  public String getSimilar() {
    return similar;
  }

  @Override
  public boolean isMayAdd() {
    return desk.staff().may(Permission.RECORD_STORE);
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
