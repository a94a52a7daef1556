package emr.communication.trail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.audit.AuditEntry;
import emr.audit.AuditFilter;
import emr.audit.Seen;
import emr.control.ControlServer;
import emr.control.TrailQuery;
import emr.custody.CentreKeys;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.AccessReport;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.PaperType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Answers searches for AuditEvents, and reads one. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class AuditEvents {

  public static final String TYPE = TrailSearch.TYPE;

  /** Entries in a report at most. */
  private static final int REPORTED = 2_000;

  /** What asks for a {@link #report}, after a patient's id. */
  public static final String REPORT = "$who-saw";

  @Inject ControlServer control;
  @Inject CentreKeys keys;

  /** What AuditEvents can be searched by, each with its kind. */
  public static Map<String, String> parameters() {
    return TrailSearch.PARAMETERS;
  }

  /** Whether an AuditEvent of that id is an entry of the trail: their ids are numbers. */
  public static boolean isEntry(String type, String id) {
    return type.equals(TYPE) && id.matches("\\d{1,18}");
  }

  /**
   * A page of entries, newest first, a Bundle.
   *
   * @param query as in a URL or a form, still encoded
   * @param lenient leaves out parameters that are not known
   * @param base stands before what links say, and ends with a slash if it is not empty
   */
  public String search(String query, boolean lenient, String base, AccessStatement by) {
    TrailSearch search = TrailSearch.parse(query, lenient);
    Integer total =
        search.asksForTotal() ? (Integer) control.trailLength(search.query(), by) : null;
    List<Seen> found = search.onlyCounts() ? List.of() : control.trail(search.query(), by);
    boolean more = found.size() > search.count();
    List<Seen> shown = more ? found.subList(0, search.count()) : found;
    ObjectNode bundle = JsonNodeFactory.instance.objectNode();
    bundle.put("resourceType", "Bundle").put("type", "searchset");
    bundle.put("timestamp", Instant.now().toString());
    if (total != null) {
      bundle.put("total", total);
    }
    ArrayNode links = bundle.putArray("link");
    links.addObject().put("relation", "self").put("url", base + search.self());
    if (more) {
      long last = shown.get(shown.size() - 1).entry().id();
      links.addObject().put("relation", "next").put("url", base + search.following(last));
    }
    if (!shown.isEmpty()) {
      ArrayNode entries = bundle.putArray("entry");
      for (Seen seen : shown) {
        ObjectNode entry = entries.addObject();
        entry.put("fullUrl", base + TYPE + "/" + seen.entry().id());
        entry.set("resource", AuditEventJson.of(seen, base));
        entry.putObject("search").put("mode", "match");
      }
    }
    return bundle.toString();
  }

  /**
   * Who saw a patient's chart, signed by the centre for the patient: a Binary that holds a compact
   * JWS of an {@link AccessReport}.
   */
  public String report(PatientId patient, AccessStatement by) {
    byte[] paper = signed(patient, by).getBytes(US_ASCII);
    return JsonNodeFactory.instance
        .objectNode()
        .put("resourceType", "Binary")
        .put("contentType", "application/jose")
        .put("data", Base64.getEncoder().encodeToString(paper))
        .toString();
  }

  /** As {@link #report}, a compact JWS. */
  public String signed(PatientId patient, AccessStatement by) {
    List<Seen> found =
        control.trail(
            new TrailQuery(AuditFilter.ALL, patient, null, Long.MAX_VALUE, REPORTED + 1), by);
    boolean complete = found.size() <= REPORTED;
    var report =
        new AccessReport(
            patient,
            by.hospital(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            complete,
            found.stream().limit(REPORTED).map(AuditEvents::line).toList());
    return keys.sign().sign(PaperType.ACCESS_REPORT, report);
  }

  private static AccessReport.Line line(Seen seen) {
    AuditEntry entry = seen.entry();
    return new AccessReport.Line(
        entry.id(),
        entry.at(),
        entry.hospital(),
        entry.person(),
        entry.role(),
        entry.action().name(),
        seen.versions().size(),
        entry.permitted(),
        entry.why().words());
  }

  /**
   * @param id a number
   * @throws Refusal {@link Reason#NOT_PERMITTED} if there is none that the caller may see
   */
  public String read(String id, String base, AccessStatement by) {
    var one = new AuditFilter(Long.valueOf(id), null, null, null, null, null, null, null, null);
    return control.trail(new TrailQuery(one, null, null, Long.MAX_VALUE, 1), by).stream()
        .findFirst()
        .map(seen -> AuditEventJson.of(seen, base).toString())
        .orElseThrow(Refusal::notPermitted);
  }
}
