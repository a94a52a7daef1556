package emr.faces.page;

import emr.exchange.access.Emergency;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyVerdict;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.entry.PolicyForm;
import jakarta.faces.application.FacesMessage;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/emergencies.xhtml}: emergencies that concern a hospital, for its
 * administrator: who, when, why and which records, and no contents; and what the hospital says of
 * those of its patients.
 */
public abstract class EmergencyReviewPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private ArrayList<Emergency> known = new ArrayList<>();
  private long total;
  private boolean away;
  private final HashMap<UUID, String> words = new HashMap<>();

  /**
   * An emergency in words.
   *
   * @param who user, role and hospital
   * @param patient the hospital's own number for the patient, or empty: administrators open no
   *     charts
   * @param records how many of each kind were shown, and when they were made
   * @param verdict empty while there is none
   */
  public record Row(
      UUID id,
      boolean toReview,
      boolean ours,
      String who,
      String patient,
      String when,
      String scope,
      String reason,
      String words,
      List<String> records,
      String verdict)
      implements Serializable {}

  protected abstract Viewpoint viewpoint();

  /** Whose emergencies they are. */
  protected abstract HospitalId hospital();

  protected abstract String hospitalName(HospitalId hospital);

  /** The hospital's own number for a patient; empty where it is not known. */
  protected abstract String number(PatientId patient);

  /** How many wait for the person signed in; 0 for who does not judge them. */
  public abstract long getWaiting();

  /**
   * Signs and sends a verdict.
   *
   * @return why it was not done, in words; empty if it was
   * @throws Refusal if the centre refused
   */
  protected abstract String pass(UUID emergency, boolean justified, String why);

  protected void show(Emergency.Listed listed) {
    known = new ArrayList<>(listed.emergencies());
    total = listed.total();
  }

  protected void showAway() {
    away = true;
  }

  /** Whether the centre could not be asked. */
  public boolean isAway() {
    return away;
  }

  /** How many there are, shown or not. */
  public long getTotal() {
    return total;
  }

  /** That there are more than are shown; empty if all are. */
  public String getMore() {
    return total > known.size() ? viewpoint().text("emergency.more", known.size(), total) : "";
  }

  public List<Row> getRows() {
    Viewpoint viewpoint = viewpoint();
    return known.stream().map(emergency -> row(emergency, viewpoint)).toList();
  }

  private Row row(Emergency emergency, Viewpoint viewpoint) {
    EmergencyOpening opening = emergency.opening();
    return new Row(
        opening.id(),
        emergency.toReview(),
        opening.hospital().equals(hospital()),
        viewpoint.text(
            "emergency.who",
            opening.user(),
            viewpoint.text("role." + opening.role()),
            hospitalName(opening.hospital())),
        number(opening.patient()),
        viewpoint.text(
            "emergency.from-until",
            viewpoint.exactly(opening.from()),
            viewpoint.clock(emergency.endedAt() == null ? opening.until() : emergency.endedAt())),
        PolicyForm.types(opening.types(), viewpoint),
        viewpoint.text("emergency.reason." + opening.reason()),
        opening.words(),
        records(emergency, viewpoint),
        verdict(emergency.verdict(), viewpoint));
  }

  static List<String> records(Emergency emergency, Viewpoint viewpoint) {
    Map<String, List<RecordId>> byType =
        emergency.shown().stream()
            .map(Emergency.Shown::record)
            .collect(
                Collectors.groupingBy(
                    record -> viewpoint.type(record.type()), TreeMap::new, Collectors.toList()));
    var lines = new ArrayList<String>();
    byType.forEach((type, records) -> lines.add(line(type, records, viewpoint)));
    int shown = emergency.shown().size();
    if (emergency.shownInAll() > shown) {
      lines.add(viewpoint.text("emergency.shown-more", shown, emergency.shownInAll()));
    }
    return lines;
  }

  private static String line(String type, List<RecordId> records, Viewpoint viewpoint) {
    List<LocalDate> days =
        records.stream()
            .flatMap(record -> record.recordKey().stream())
            .map(key -> LocalDate.ofInstant(key.madeAt(), viewpoint.zone()))
            .distinct()
            .sorted()
            .toList();
    if (days.isEmpty()) {
      return viewpoint.text("emergency.shown", type, records.size());
    }
    String first = viewpoint.day(days.get(0));
    String last = viewpoint.day(days.get(days.size() - 1));
    return viewpoint.text(
        "emergency.shown-made",
        type,
        records.size(),
        first.equals(last) ? first : first + " – " + last);
  }

  private static String verdict(@Nullable EmergencyVerdict verdict, Viewpoint viewpoint) {
    return verdict == null
        ? ""
        : viewpoint.text(
            "emergency.verdict",
            viewpoint.text(verdict.justified() ? "emergency.justified" : "emergency.not-justified"),
            verdict.words(),
            verdict.user(),
            viewpoint.exactly(verdict.at()));
  }

  /** Passes the verdict that was typed. */
  public String judge(UUID id, boolean justified) {
    String why = Objects.requireNonNullElse(words.get(id), "");
    if (why.strip().length() < EmergencyOpening.SHORTEST_WORDS) {
      Messages.say(FacesMessage.SEVERITY_WARN, viewpoint().text("emergency.verdict-words"));
      return "";
    }
    try {
      String undone = pass(id, justified, why);
      if (!undone.isEmpty()) {
        Messages.say(FacesMessage.SEVERITY_ERROR, undone);
        return "";
      }
    } catch (Refusal refusal) {
      Messages.say(FacesMessage.SEVERITY_ERROR, viewpoint().explained(refusal));
      return "";
    }
    Messages.keep(FacesMessage.SEVERITY_INFO, viewpoint().text("emergency.judged"));
    return "emergencies?faces-redirect=true";
  }

  /** What is typed about each, by its id; each row has words of its own. */
  public Map<UUID, String> getWords() {
    return words;
  }
}
