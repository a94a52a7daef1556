package emr.portal;

import emr.faces.chart.CardPage;
import emr.faces.chart.ChartDesk;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** One card of a chart's first page. */
@Named("chartCard")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class ChartCard extends CardPage {

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
