package emr.faces.page;

import emr.faces.ChartSummary;
import emr.faces.PatientBanner;

/** The bean of {@code /emr/page/chart.xhtml}: the first page of one patient's chart. */
public interface ChartPage {

  PatientBanner getBanner();

  ChartSummary getSummary();

  /** Whose chart could be taken for this one, in words; empty if nobody's. */
  String getSimilar();

  /** Whether this person may add anything. */
  boolean isMayAdd();

  /** What is missing from the chart for now and why; empty if nothing is. */
  String getGap();

  /** Lists more of the latest records. */
  void more();
}
