package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import emr.communication.representation.Rendering;
import emr.control.Change;
import emr.control.Changed;
import emr.control.ControlServer;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Does what a posted Bundle asks for; see <a
 * href="http://hl7.org/fhir/R4/http.html#transaction">batch and transaction</a>. A transaction's
 * changes are made all or none, whatever their order, and what it reads is read after them: if any
 * of its entries ends otherwise than with 2xx or 3xx, nothing of it is done, and the answer is the
 * one to that entry. Each entry of a batch is done on its own.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Bundled {

  @Inject ControlServer control;
  @Inject FhirReader reader;
  @Inject Bearer bearer;
  @Inject Capabilities capabilities;

  @Inject
  @ConfigProperty(name = "emr.bundle.limit", defaultValue = "10000")
  int limit;

  /**
   * @param base stands before what the answer's links say
   * @return the response Bundle, its entries in the order of the request's
   * @throws Refusal for what is no batch or transaction, and for a transaction that cannot be done
   */
  String answer(ObjectNode bundle, AccessStatement by, String base, Preferred preferred) {
    if (!bundle.path("resourceType").asText().equals("Bundle")) {
      throw new Refusal(Reason.MALFORMED, "A Bundle is posted to the base.");
    }
    JsonNode entries = bundle.path("entry");
    if (!entries.isArray() && !entries.isMissingNode()) {
      throw new Refusal(Reason.MALFORMED, "The entries of a Bundle are a list.");
    }
    if (entries.size() > limit) {
      throw new Refusal(Reason.TOO_LARGE, "A Bundle has up to " + limit + " entries.");
    }
    bearer.owe(by, reads(entries) - 1);
    return switch (bundle.path("type").asText()) {
      case "transaction" -> transaction(entries, by, base, preferred);
      case "batch" -> batch(entries, by, base, preferred);
      default ->
          throw new Refusal(
              Reason.NOT_SUPPORTED, "Bundles of type transaction and batch are supported.");
    };
  }

  /** How much is asked for: a Bundle is no way around a caller's rate. */
  private static int reads(JsonNode entries) {
    int reads = 0;
    for (JsonNode entry : entries) {
      String method = entry.path("request").path("method").asText();
      reads += method.equals("GET") || method.equals("HEAD") ? 1 : 0;
    }
    return reads;
  }

  private String transaction(
      JsonNode entries, AccessStatement by, String base, Preferred preferred) {
    var requests = new ArrayList<BundleRequest>(entries.size());
    var changes = new ArrayList<Change>(entries.size());
    for (JsonNode entry : entries) {
      BundleRequest request = BundleRequest.of(entry);
      requests.add(request);
      if (request.change() != null) {
        changes.add(request.change());
      }
    }
    var answer = new Answer("transaction-response", base, preferred);
    if (changes.isEmpty() || changes.size() < requests.size()) {
      control.change(changes, by, changed -> answer(requests, changed, answer, by, base));
    } else {
      control.change(changes, true, by).forEach(answer::add);
    }
    return answer.end();
  }

  /** What is read may fail, and then all does. */
  private void answer(
      List<BundleRequest> requests,
      List<Changed> changed,
      Answer answer,
      AccessStatement by,
      String base) {
    int next = 0;
    for (BundleRequest request : requests) {
      if (request.change() != null) {
        answer.add(changed.get(next++));
      } else {
        read(request, answer, by, base);
      }
    }
  }

  private String batch(JsonNode entries, AccessStatement by, String base, Preferred preferred) {
    var answer = new Answer("batch-response", base, preferred);
    for (JsonNode entry : entries) {
      try {
        BundleRequest request = BundleRequest.of(entry);
        if (request.change() != null) {
          answer.add(control.change(List.of(request.change()), false, by).get(0));
        } else {
          read(request, answer, by, base);
        }
      } catch (RuntimeException fault) { // the entries before it are done
        answer.add(FhirFaults.answer(fault));
      }
    }
    return answer.end();
  }

  private void read(BundleRequest request, Answer answer, AccessStatement by, String base) {
    String url = String.valueOf(request.read());
    int mark = url.indexOf('?');
    UnaryOperator<byte[]> part = Rendering.part(url.substring(mark + 1));
    FhirReader.Answer read =
        (mark < 0 ? url : url.substring(0, mark)).equals("metadata")
            ? new FhirReader.Answer(200, capabilities.statement(base).getBytes(UTF_8), null)
            : reader.read(url, base, by);
    answer.add(read, part.apply(read.body()), request);
  }

  /** The response Bundle in the making, of the texts that are kept. */
  private static final class Answer {

    private final StringBuilder text;
    private final String base;
    private final Preferred preferred;
    private boolean isEmpty = true;

    Answer(String type, String base, Preferred preferred) {
      this.base = base;
      this.preferred = preferred;
      this.text =
          new StringBuilder(4096)
              .append("{\"resourceType\":\"Bundle\",\"type\":\"")
              .append(type)
              .append('"');
    }

    void add(Changed changed) {
      begin();
      boolean shows = preferred == Preferred.REPRESENTATION && changed.isThere();
      if (changed.isThere()) {
        text.append("\"fullUrl\":\"").append(base).append(changed.record()).append("\",");
      }
      if (shows) {
        text.append("\"resource\":").append(new String(changed.content().get(), UTF_8)).append(',');
      }
      text.append("\"response\":{\"status\":\"")
          .append(
              switch (changed.what()) {
                case CREATED -> "201 Created";
                case UPDATED, UNCHANGED, FOUND -> "200 OK";
                case DELETED, NOTHING -> "204 No Content";
              })
          .append('"');
      if (changed.isThere()) {
        text.append(",\"location\":\"").append(changed.record());
        text.append("/_history/").append(changed.number()).append('"');
      }
      if (changed.number() > 0) {
        version(changed.number(), String.valueOf(changed.storedAt()));
      }
      if (preferred == Preferred.OUTCOME) {
        text.append(",\"outcome\":").append(Preferred.outcome(changed));
      }
      text.append("}}");
    }

    void add(FhirReader.Answer read, byte[] shown, BundleRequest request) {
      begin();
      RecordVersion version = read.version();
      String ifNoneMatch = request.ifNoneMatch();
      boolean isKnown =
          version != null
              && ifNoneMatch != null
              && ifNoneMatch.contains("\"" + version.number() + "\"");
      if (!isKnown && !request.headOnly()) {
        text.append("\"resource\":").append(new String(shown, UTF_8)).append(',');
      }
      text.append("\"response\":{\"status\":\"")
          .append(isKnown ? "304 Not Modified" : read.status() == 200 ? "200 OK" : read.status())
          .append('"');
      if (version != null) {
        version(version.number(), version.storedAt().toString());
      }
      text.append("}}");
    }

    /** What is said of a fault. */
    void add(Response fault) {
      begin();
      text.append("\"response\":{\"status\":\"")
          .append(fault.getStatus())
          .append("\",\"outcome\":")
          .append(fault.getEntity())
          .append("}}");
    }

    private void version(int number, String storedAt) {
      text.append(",\"etag\":")
          .append(TextNode.valueOf("W/\"" + number + "\""))
          .append(",\"lastModified\":\"")
          .append(storedAt)
          .append('"');
    }

    private void begin() {
      text.append(isEmpty ? ",\"entry\":[{" : ",{");
      isEmpty = false;
    }

    String end() {
      return text.append(isEmpty ? "}" : "]}").toString();
    }
  }
}
