package emr.faces.chart;

import emr.faces.ChartSummary;
import java.util.List;

/**
 * The bean of {@code /emr/page/chart.xhtml}: a chart's first page. The patient and their allergies
 * stand at once; each {@link SummaryCard} is asked for by itself and fails by itself.
 */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class SummaryPage extends PatientPage {

  private static final long serialVersionUID = 1L;

  private ChartSummary summary;

  /** View action. */
  public void load() {
    open(List.of()).ifPresent(reading -> summary = ChartSummary.of(reading.records(), viewpoint()));
  }

  /** What was known when the page was made: allergies alone. */
  public ChartSummary getSummary() {
    return summary;
  }
}
