package emr.portal;

import emr.faces.chart.ChartDesk;
import emr.faces.chart.ResultsPage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** Results and vital signs of one patient. */
@Named("results")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Results extends ResultsPage {

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
