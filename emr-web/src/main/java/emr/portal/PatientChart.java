package emr.portal;

import emr.exchange.record.Refusal;
import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.PatientBanner;
import emr.faces.page.ChartPage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** The first page of one patient's chart, read at the centre (claim 2). */
@Named("chart")
@ViewScoped
@SuppressWarnings(
    "NullAway.Init") // Faces sets the patient, then calls load(), before anything is shown
public class PatientChart implements ChartPage, Serializable {

  private static final long serialVersionUID = 1L;
  private static final int STEP = 30;

  @Inject Desk desk;
  @Inject SignedIn signedIn;

  private String patient = "";
  private int listed = 15;
  private PatientBanner banner;
  private ChartSummary summary;
  private ArrayList<ChartRecord> records = new ArrayList<>();

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      Desk.Opened opened = desk.open(Desk.patient(patient));
      banner = opened.banner();
      records = new ArrayList<>(opened.records());
      summarise();
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  private void summarise() {
    summary = ChartSummary.of(records, listed, PortalText.viewpoint());
  }

  @Override
  public void more() {
    listed += STEP;
    summarise();
  }

  @Override
  public PatientBanner getBanner() {
    return banner;
  }

  @Override
  public ChartSummary getSummary() {
    return summary;
  }

  @Override
  public String getSimilar() {
    return "";
  }

  @Override
  public boolean isMayAdd() {
    return signedIn.may(Permission.RECORD_STORE);
  }

  @Override
  public String getGap() {
    return "";
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }
}
