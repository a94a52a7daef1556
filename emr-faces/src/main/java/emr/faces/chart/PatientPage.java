package emr.faces.chart;

import emr.exchange.record.Refusal;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.page.Download;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page about one patient. Who it is stands in the page's address alone, never in the session, so
 * that two tabs show two patients and neither knows of the other.
 */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class PatientPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private String patient = "";
  private PatientBanner banner;
  private @Nullable LocalDate born;
  private String gap = "";
  private long waiting;

  protected abstract ChartDesk desk();

  /**
   * Opens the chart; if that is refused, so is the page.
   *
   * @param queries what the page shows at once
   */
  protected Optional<Reading> open(List<String> queries) {
    try {
      Opened opened = desk().open(patient, queries);
      banner = opened.banner();
      born = opened.born();
      gap = opened.reading().gap();
      waiting = opened.waiting();
      return Optional.of(opened.reading());
    } catch (Refusal refusal) {
      desk().refuse(refusal);
      return Optional.empty();
    }
  }

  /** Answers with a file instead of a page. */
  protected static void send(String name, String type, byte[] data, boolean inline) {
    try {
      Download.send(FacesContext.getCurrentInstance(), name, type, data, inline);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The patient's birth date, if it is known to the day. */
  protected @Nullable LocalDate born() {
    return born;
  }

  protected Viewpoint viewpoint() {
    return desk().viewpoint();
  }

  /** Whether this person may add anything. */
  public boolean isMayAdd() {
    return desk().isMayAdd();
  }

  public PatientBanner getBanner() {
    return banner;
  }

  /** What is missing from the page for now and why; empty if nothing is. */
  public String getGap() {
    return gap;
  }

  /** How many records of this chart are not yet at the centre. */
  public long getWaiting() {
    return waiting;
  }

  /** When the page was made, to the second and with its zone, as it stands on paper. */
  public String getMadeAt() {
    Viewpoint viewpoint = viewpoint();
    return viewpoint.exactly(viewpoint.now()) + " " + viewpoint.zone();
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }
}
