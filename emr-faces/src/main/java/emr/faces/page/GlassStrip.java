package emr.faces.page;

import emr.exchange.access.EmergencyReason;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.entry.PolicyForm;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/emergency-strip.xhtml}, which stands on every page while a chart is
 * open in an emergency: on those of that chart with why and what, and on others with the way there.
 * One for each request.
 */
public abstract class GlassStrip {

  private static final String NAMES = "emr.open-in-emergencies";

  private final Map<String, Optional<Opened>> known = new HashMap<>();
  private @Nullable Map<String, Instant> charts;

  /**
   * What is open.
   *
   * @param types FHIR resource types; empty for all
   * @param until the first instant at which it is shut again
   */
  public record Opened(Set<String> types, EmergencyReason reason, String words, Instant until) {}

  /**
   * Another chart that is open.
   *
   * @param patient logical id, for links only
   * @param words whose it is, as far as this person has seen it
   * @param left such as "41 min left"
   */
  public record Elsewhere(String patient, String words, String left) {}

  protected abstract Viewpoint viewpoint();

  /** Every chart that the person signed in has opened, and is open now, with its end. */
  protected abstract Map<String, Instant> all();

  /** What the person signed in has opened of that patient's chart, and is open now. */
  protected abstract Optional<Opened> find(String patient);

  /** Whether the person signed in may open charts in emergencies. */
  public abstract boolean isPossible();

  /**
   * Shuts the chart.
   *
   * @return whether the centre has shut it, too; else it does when its time is over
   */
  protected abstract boolean shut(String patient);

  private Optional<Opened> opened(String patient) {
    return known.computeIfAbsent(patient, this::find);
  }

  /** Whether the person signed in has opened the chart, and it is open now. */
  public boolean isOpen(PatientBanner patient) {
    boolean open = opened(patient.id()).isPresent();
    if (open) {
      names().put(patient.id(), patient.name().inLine(viewpoint().locale()));
    }
    return open;
  }

  /**
   * Names of those whose charts this person has looked at while they were open, by id. They are
   * kept for as long as the person is signed in: nobody need be asked again for each page.
   */
  @SuppressWarnings("unchecked") // nobody else writes there
  protected Map<String, String> names() {
    return (Map<String, String>)
        FacesContext.getCurrentInstance()
            .getExternalContext()
            .getSessionMap()
            .computeIfAbsent(NAMES, key -> new ConcurrentHashMap<String, String>());
  }

  /** Such as "41 min left". */
  public String left(String patient) {
    return opened(patient).map(open -> left(open.until())).orElse("");
  }

  private String left(Instant until) {
    Viewpoint viewpoint = viewpoint();
    return viewpoint.text(
        "emergency.left", Duration.between(viewpoint.now(), until).plusSeconds(59).toMinutes());
  }

  /**
   * The charts that are open beside the one that the page shows, if it shows one.
   *
   * @param patient whose chart it is; empty for none
   */
  public List<Elsewhere> elsewhere(String patient) {
    Map<String, Instant> open = charts;
    if (open == null) {
      open = isPossible() ? all() : Map.of();
      charts = open;
    }
    return open.entrySet().stream()
        .filter(chart -> !chart.getKey().equals(patient))
        .map(
            chart ->
                new Elsewhere(
                    chart.getKey(),
                    words(chart.getKey(), chart.getValue()),
                    left(chart.getValue())))
        .toList();
  }

  private String words(String patient, Instant until) {
    Viewpoint viewpoint = viewpoint();
    String name = names().get(patient);
    return name == null
        ? viewpoint.text("emergency.elsewhere-unseen", viewpoint.clock(until))
        : viewpoint.text("emergency.elsewhere", name);
  }

  /** For how many seconds it is open still. */
  public long seconds(String patient) {
    return opened(patient)
        .map(open -> Duration.between(viewpoint().now(), open.until()).toSeconds())
        .orElse(0L);
  }

  /** What is open, and why. */
  public String detail(String patient) {
    Viewpoint viewpoint = viewpoint();
    return opened(patient)
        .map(
            open ->
                viewpoint.text(
                    "emergency.detail",
                    PolicyForm.types(open.types(), viewpoint),
                    viewpoint.text("emergency.reason." + open.reason()),
                    open.words()))
        .orElse("");
  }

  /** Shuts the chart again, and leads away from it. */
  public String end(String patient) {
    boolean everywhere = shut(patient);
    names().remove(patient);
    Messages.keep(
        everywhere ? FacesMessage.SEVERITY_INFO : FacesMessage.SEVERITY_WARN,
        viewpoint().text(everywhere ? "emergency.ended" : "emergency.ended-here"));
    return "home?faces-redirect=true";
  }
}
