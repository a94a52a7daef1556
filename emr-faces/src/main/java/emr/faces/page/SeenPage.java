package emr.faces.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.faces.Access;
import emr.faces.FhirJson;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.entry.Dates;
import java.io.Serializable;
import java.net.URI;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/seen.xhtml}: who saw a patient's chart. */
public abstract class SeenPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 50;
  private static final String PAGE = "_page=";

  private String patient = "";
  private String from = "";
  private String until = "";
  private String person = "";
  private boolean refused;
  private String before = "";
  private @Nullable PatientBanner banner;
  private ArrayList<Access> accesses = new ArrayList<>();
  private String next = "";

  protected abstract Viewpoint viewpoint();

  /** What is asked of the centre; empty if the filters say nothing that can be asked. */
  protected String query() {
    var query = new StringBuilder("AuditEvent?patient=" + encoded(patient) + "&_count=" + SHOWN);
    if (isFromWrong() || isUntilWrong()) {
      return "";
    }
    day(from).ifPresent(day -> query.append("&date=ge").append(day));
    day(until).ifPresent(day -> query.append("&date=le").append(day));
    if (!person.isBlank()) {
      query.append("&agent-name=").append(encoded(person.strip()));
    }
    if (refused) {
      query.append("&outcome=4");
    }
    if (before.matches("\\d{1,18}")) {
      query.append('&').append(PAGE).append(before);
    }
    return query.toString();
  }

  private Optional<LocalDate> day(String typed) {
    return Dates.day(typed, viewpoint().today());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  protected void show(PatientBanner of) {
    banner = of;
  }

  /**
   * @param answer the Bundle that the centre gave to {@link #query()}
   * @param hospitals give a hospital's name for its id
   */
  protected void show(String answer, UnaryOperator<String> hospitals) {
    var bundle = (Bundle) FhirJson.parse(answer);
    var entries = new ArrayList<Access>();
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      if (entry.getResource() instanceof AuditEvent event) {
        entries.add(Access.of(event, hospitals, viewpoint()));
      }
    }
    accesses = new ArrayList<>(Access.together(entries, viewpoint()));
    Bundle.BundleLinkComponent link = bundle.getLink("next");
    String asked = link == null ? null : URI.create(link.getUrl()).getRawQuery();
    next = asked == null ? "" : asked.substring(asked.indexOf(PAGE) + PAGE.length());
  }

  public @Nullable PatientBanner getBanner() {
    return banner;
  }

  public List<Access> getAccesses() {
    return accesses;
  }

  /** Where older entries begin; empty if there are none. */
  public String getNext() {
    return next;
  }

  /** Whether the first day cannot be read; nothing is asked then. */
  public boolean isFromWrong() {
    return !from.isBlank() && day(from).isEmpty();
  }

  /** Whether the last day cannot be read; nothing is asked then. */
  public boolean isUntilWrong() {
    return !until.isBlank() && day(until).isEmpty();
  }

  /** Why nothing can be shown now; empty normally. */
  public String getGap() {
    return "";
  }

  public String getNow() {
    return viewpoint().exactly(viewpoint().now());
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from;
  }

  public String getUntil() {
    return until;
  }

  public void setUntil(String until) {
    this.until = until;
  }

  public String getPerson() {
    return person;
  }

  public void setPerson(String person) {
    this.person = person;
  }

  public boolean isRefused() {
    return refused;
  }

  public void setRefused(boolean refused) {
    this.refused = refused;
  }

  public String getBefore() {
    return before;
  }

  public void setBefore(String before) {
    this.before = before;
  }
}
