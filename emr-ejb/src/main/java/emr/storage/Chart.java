package emr.storage;

import emr.access.RecordTypes;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.DateRange;
import emr.search.QueryText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A patient's whole chart, page by page: what <a
 * href="http://hl7.org/fhir/R4/patient-operation-everything.html">$everything</a> asks for.
 */
public final class Chart {

  /** Entries on a page at most. */
  static final int MOST = 1_000;

  private final PatientId patient;
  private final List<String> types = new ArrayList<>();
  private final StringBuilder used = new StringBuilder();
  private int count = 200;
  private @Nullable Instant since;
  private @Nullable Instant start;
  private @Nullable Instant end;
  private @Nullable String page;

  private Chart(PatientId patient) {
    this.patient = patient;
  }

  /**
   * Reads {@code _since=…&_type=Observation,Encounter&start=…&end=…&_count=…}.
   *
   * @param query as in a URL or a form, still encoded
   * @param lenient leaves out parameters that are not known
   * @throws Refusal {@link Reason#NOT_SUPPORTED}, {@link Reason#UNKNOWN_TYPE}
   */
  public static Chart parse(PatientId patient, String query, boolean lenient) {
    var chart = new Chart(patient);
    for (QueryText.Parameter parameter : QueryText.parameters(query)) {
      chart.add(parameter, lenient);
    }
    return chart;
  }

  private void add(QueryText.Parameter parameter, boolean lenient) {
    String value = parameter.value();
    switch (parameter.name().toLowerCase(Locale.ROOT)) {
      case "_format", "_pretty" -> {
        return; // about how the answer looks
      }
      case Search.PAGE -> {
        page = value;
        return;
      }
      case "_count" -> count = Math.max(1, Math.min(MOST, QueryText.count(value)));
      case "_since" -> since = date(parameter).from();
      case "start" -> start = date(parameter).from();
      case "end" -> end = date(parameter).until();
      case "_type" -> {
        for (String type : value.split(",", -1)) {
          RecordTypes.number(type);
          types.add(type);
        }
      }
      default -> {
        if (lenient) {
          return;
        }
        throw QueryText.unsupported(
            QueryText.legible(parameter.name()) + " is no parameter of $everything.");
      }
    }
    used.append(used.isEmpty() ? "" : "&").append(parameter);
  }

  private static DateRange date(QueryText.Parameter parameter) {
    // a plus that came as itself means a blank in a query; in a time it means a plus
    return DateRange.parse(parameter.value().replace(' ', '+'))
        .orElseThrow(() -> QueryText.malformed(parameter.name()));
  }

  public PatientId patient() {
    return patient;
  }

  /** How it was understood: {@code Patient/x/$everything?name=value&…}, without the page. */
  public String self() {
    return patient.record() + "/$everything" + (used.isEmpty() ? "" : "?" + used);
  }

  /** What asks for the page that follows; see {@link Page#next()}. */
  public String following(String next) {
    return patient.record()
        + "/$everything?"
        + (used.isEmpty() ? "" : used + "&")
        + new QueryText.Parameter(Search.PAGE, next);
  }

  /** Numbers of the types that are asked for; null for all. */
  short @Nullable [] types() {
    if (types.isEmpty()) {
      return null;
    }
    short[] numbers = new short[types.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = RecordTypes.number(types.get(i));
    }
    return numbers;
  }

  int count() {
    return count;
  }

  /** Stored then or later. */
  Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  /** Of care that was still given then. */
  Optional<Instant> start() {
    return Optional.ofNullable(start);
  }

  /** Of care that had begun before then. */
  Optional<Instant> end() {
    return Optional.ofNullable(end);
  }

  @Nullable String page() {
    return page;
  }
}
