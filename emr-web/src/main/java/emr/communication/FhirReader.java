package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.access.RecordTypes;
import emr.communication.trail.AuditEvents;
import emr.control.ControlServer;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.Chart;
import emr.storage.History;
import emr.storage.Page;
import emr.storage.RecordFinder;
import emr.storage.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers FHIR interactions that read, for HTTP and for sealed retrievals alike. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class FhirReader {

  private static final Pattern VERSION_TAG = Pattern.compile("\"(\\d{1,9})\"");

  @Inject ControlServer control;
  @Inject AuditEvents trail;

  /**
   * @param status as in FHIR over HTTP
   * @param body a resource, a Bundle or an OperationOutcome, in UTF-8
   * @param version the one that {@code body} is; null for anything else
   */
  public record Answer(int status, byte[] body, @Nullable RecordVersion version) {}

  /**
   * Answers {@code Patient/x}, {@code Observation?patient=x}, {@code Observation/y/_history},
   * {@code Observation/y/_history/1}. What cannot be answered becomes an OperationOutcome. Links in
   * the answer are relative, and may be asked in the same way.
   */
  public Answer answer(String relativeUrl, AccessStatement by) {
    try {
      return read(relativeUrl, "", by);
    } catch (Refusal refusal) {
      return new Answer(refusal.reason().httpStatus(), Outcome.of(refusal).getBytes(UTF_8), null);
    }
  }

  /**
   * As {@link #answer}.
   *
   * @param base stands before what links say, and ends with a slash if it is not empty
   * @throws Refusal if it cannot be answered
   */
  Answer read(String relativeUrl, String base, AccessStatement by) {
    int mark = relativeUrl.indexOf('?');
    String path = mark < 0 ? relativeUrl : relativeUrl.substring(0, mark);
    String query = mark < 0 ? "" : relativeUrl.substring(mark + 1);
    String[] parts = path.split("/", -1);
    return switch (parts.length) {
      case 1 ->
          path.isEmpty()
              ? everywhere(query, false, base, by)
              : path.equals("_history")
                  ? history(null, null, query, base, by)
                  : search(path, query, false, base, by);
      case 2 ->
          parts[1].equals("_history")
              ? history(null, parts[0], query, base, by)
              : one(parts[0], parts[1], base, by);
      case 3 ->
          parts[2].equals("_history")
              ? history(record(parts[0], parts[1]), parts[0], query, base, by)
              : within(record(parts[0], parts[1]), parts[2], query, false, base, by);
      case 4 -> {
        requireHistory(parts[2]);
        yield one(control.read(record(parts[0], parts[1]), number(parts[3]), by));
      }
      default -> throw notFhir();
    };
  }

  /**
   * The tag of the newest version, if the caller has it.
   *
   * @param ifNoneMatch tags of versions that the caller has, or {@code *}; goes before the time
   * @param ifModifiedSince when the caller got it, as HTTP writes a time
   */
  Optional<EntityTag> unchanged(
      RecordId record,
      @Nullable String ifNoneMatch,
      @Nullable String ifModifiedSince,
      AccessStatement by) {
    Predicate<RecordFinder.Standing> has;
    if (ifNoneMatch == null) {
      Instant since = httpTime(ifModifiedSince);
      has = now -> !now.storedAt().truncatedTo(ChronoUnit.SECONDS).isAfter(since);
    } else {
      has = now -> ifNoneMatch.equals("*") || tags(ifNoneMatch).contains(now.number());
    }
    if (AuditEvents.isEntry(record.type(), record.id())) {
      return Optional.empty(); // that it was looked at again is an entry
    }
    return control
        .unchanged(record, has, by)
        .map(now -> new EntityTag(Integer.toString(now.number()), true));
  }

  private static Set<Integer> tags(String ifNoneMatch) {
    var tags = new HashSet<Integer>();
    Matcher tag = VERSION_TAG.matcher(ifNoneMatch);
    while (tag.find()) {
      tags.add(Integer.parseInt(tag.group(1)));
    }
    return tags;
  }

  /** What is no time makes no condition (RFC 9110). */
  private static Instant httpTime(@Nullable String text) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text == null ? "" : text, Instant::from);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /**
   * @param query as in a URL or a form, still encoded
   * @param lenient leaves out parameters that are not known
   */
  Answer search(String type, String query, boolean lenient, String base, AccessStatement by) {
    return type.equals(AuditEvents.TYPE)
        ? new Answer(200, trail.search(query, lenient, base, by).getBytes(UTF_8), null)
        : search(Search.parse(type, query, lenient), base, by);
  }

  /** As {@link #search}, of several types or all. */
  Answer everywhere(String query, boolean lenient, String base, AccessStatement by) {
    return search(Search.everywhere(query, lenient), base, by);
  }

  private Answer search(Search search, String base, AccessStatement by) {
    Page page = control.search(search, by);
    return new Answer(200, Bundles.searchset(search, page, base), null);
  }

  /**
   * What lies in a <a href="http://hl7.org/fhir/R4/compartmentdefinition.html">compartment</a>: of
   * one type, or of all with {@code *}; or a patient's {@code $everything}.
   *
   * @param lenient leaves out parameters that are not known
   */
  Answer within(
      RecordId of, String what, String query, boolean lenient, String base, AccessStatement by) {
    if (what.equals(AuditEvents.REPORT) && of.type().equals("Patient")) {
      return new Answer(200, trail.report(new PatientId(of.id()), by).getBytes(UTF_8), null);
    }
    if (what.equals(AuditEvents.TYPE) && of.type().equals("Patient")) {
      return search(what, "patient=" + of.id() + "&" + query, lenient, base, by);
    }
    if (!what.equals("$everything")) {
      return search(Search.compartment(of, what, query, lenient), base, by);
    }
    if (!of.type().equals("Patient")) {
      throw new Refusal(Reason.NOT_SUPPORTED, "Only of a Patient is everything given.");
    }
    Chart chart = Chart.parse(new PatientId(of.id()), query, lenient);
    return new Answer(200, Bundles.searchset(chart, control.chart(chart, by), base), null);
  }

  private Answer history(
      @Nullable RecordId record,
      @Nullable String type,
      String query,
      String base,
      AccessStatement by) {
    History history = History.parse(record, type, query);
    return new Answer(200, Bundles.history(history, control.history(history, by), base), null);
  }

  private Answer one(String type, String id, String base, AccessStatement by) {
    return AuditEvents.isEntry(type, id)
        ? new Answer(200, trail.read(id, base, by).getBytes(UTF_8), null)
        : one(control.read(record(type, id), by));
  }

  private static Answer one(RecordVersion version) {
    return new Answer(200, version.content(), version);
  }

  /**
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if {@code id} is none
   */
  static RecordId record(String type, String id) {
    RecordTypes.number(type);
    try {
      return new RecordId(type, id);
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.NOT_SUPPORTED, "An id has 1 to 64 letters, digits, '-' or '.'.")
              .initCause(e);
    }
  }

  private static int number(String version) {
    try {
      int number = Integer.parseInt(version);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw (Refusal) notFhir().initCause(e);
    }
    throw notFhir();
  }

  private static void requireHistory(String part) {
    if (!part.equals("_history")) {
      throw notFhir();
    }
  }

  private static Refusal notFhir() {
    return new Refusal(Reason.UNKNOWN_RECORD, "This is not an interaction that reads.");
  }
}
