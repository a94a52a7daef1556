package emr.faces.page;

import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The bean of {@code /emr/page/chart.xhtml}: the first page of one patient's chart. */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class ChartPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int STEP = 30;

  private String patient = "";
  private int listed = 15;
  private PatientBanner banner;
  private ChartSummary summary;
  private ArrayList<ChartRecord> records = new ArrayList<>();

  protected abstract Viewpoint viewpoint();

  /** Whether this person may add anything. */
  public abstract boolean isMayAdd();

  protected void show(PatientBanner of, List<ChartRecord> chart) {
    banner = of;
    records = new ArrayList<>(chart);
    summarise();
  }

  private void summarise() {
    summary = ChartSummary.of(records, listed, viewpoint());
  }

  /** Lists more of the latest records. */
  public void more() {
    listed += STEP;
    summarise();
  }

  public PatientBanner getBanner() {
    return banner;
  }

  public ChartSummary getSummary() {
    return summary;
  }

  /** Whose chart could be taken for this one, in words; empty if nobody's. */
  public String getSimilar() {
    return "";
  }

  /** What is missing from the chart for now and why; empty if nothing is. */
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
