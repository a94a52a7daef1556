package emr.hospital.terminal;

import emr.faces.chart.ChartDesk;
import emr.faces.chart.SummaryPage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** The first page of one patient's chart. */
@Named("chart")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class PatientChart extends SummaryPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;

  @Override
  @RequiresPermissions("record:read")
  public void load() {
    super.load();
  }

  @Override
  protected ChartDesk desk() {
    return desk;
  }
}
