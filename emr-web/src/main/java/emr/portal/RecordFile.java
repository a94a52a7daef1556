package emr.portal;

import emr.faces.chart.ChartDesk;
import emr.faces.chart.FilePage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** A file of a record. */
@Named("recordFile")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class RecordFile extends FilePage {

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
