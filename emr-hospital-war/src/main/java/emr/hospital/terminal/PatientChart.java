package emr.hospital.terminal;

import emr.exchange.record.Refusal;
import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.PatientBanner;
import emr.faces.page.ChartPage;
import emr.hospital.access.Permission;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** The first page of one patient's chart. */
@Named("chart")
@ViewScoped
@SuppressWarnings(
    "NullAway.Init") // Faces sets the patient, then calls load(), before anything is shown
public class PatientChart implements ChartPage, Serializable {

  private static final long serialVersionUID = 1L;
  private static final int STEP = 30;

  @Inject Desk desk;
  @Inject Namesakes namesakes;

  private String patient = "";
  private int listed = 15;
  private PatientBanner banner;
  private ChartSummary summary;
  private ArrayList<ChartRecord> records = new ArrayList<>();
  private String gap = "";
  private String similar = "";

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      Desk.Opened opened = desk.open(Desk.patient(patient));
      banner = opened.banner();
      records = new ArrayList<>(opened.records());
      gap = opened.awaySince() == null ? "" : desk.viewpoint().text("chart.away");
      similar = namesakes.of(opened.patient(), desk.viewpoint());
      summarise();
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  private void summarise() {
    summary = ChartSummary.of(records, listed, desk.viewpoint());
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

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }
}
