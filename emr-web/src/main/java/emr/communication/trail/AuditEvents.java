package emr.communication.trail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.audit.AuditFilter;
import emr.audit.Seen;
import emr.control.ControlServer;
import emr.control.TrailQuery;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Answers searches for AuditEvents, and reads one. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class AuditEvents {

  public static final String TYPE = TrailSearch.TYPE;

  @Inject ControlServer control;

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
    List<Seen> found = control.trail(search.query(), by);
    boolean more = found.size() > search.count();
    List<Seen> shown = more ? found.subList(0, search.count()) : found;
    ObjectNode bundle = JsonNodeFactory.instance.objectNode();
    bundle.put("resourceType", "Bundle").put("type", "searchset");
    bundle.put("timestamp", Instant.now().toString());
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
   * @param id a number
   * @throws Refusal {@link Reason#NOT_PERMITTED} if there is none that the caller may see
   */
  public String read(String id, String base, AccessStatement by) {
    var one = new AuditFilter(Long.valueOf(id), null, null, null, null, null, null, null);
    return control.trail(new TrailQuery(one, null, null, Long.MAX_VALUE, 1), by).stream()
        .findFirst()
        .map(seen -> AuditEventJson.of(seen, base).toString())
        .orElseThrow(Refusal::notPermitted);
  }
}
