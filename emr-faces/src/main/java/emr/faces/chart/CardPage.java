package emr.faces.chart;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.faces.ChartSummary;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/card.xhtml}: one card of a chart's first page, without a frame. */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class CardPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private String patient = "";
  private String card = "";
  private ChartSummary summary;
  private String gap = "";

  protected abstract ChartDesk desk();

  /** View action. */
  public void load() {
    try {
      SummaryCard wanted =
          SummaryCard.named(card)
              .orElseThrow(() -> new Refusal(Reason.UNKNOWN_RECORD, Refusal.NO_RIGHT));
      Reading reading = desk().read(patient, wanted.queries(patient));
      summary = ChartSummary.of(reading.records(), desk().viewpoint());
      gap = reading.gap();
    } catch (Refusal refusal) {
      desk().refuse(refusal);
    }
  }

  public ChartSummary getSummary() {
    return summary;
  }

  public String getGap() {
    return gap;
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }

  public String getCard() {
    return card;
  }

  public void setCard(@Nullable String card) {
    this.card = card == null ? "" : card;
  }
}
