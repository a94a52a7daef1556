package emr.communication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import emr.access.RecordTypes;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.storage.FhirJson;
import emr.storage.Search;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR <a href="http://hl7.org/fhir/R4/http.html#transaction">transaction</a> as a submission:
 * new records get ids, references between its entries become references to those, and conditional
 * references are looked up in the directory. It is about one patient, or about none.
 */
final class Transaction {

  private static final Pattern VERSION_TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

  /** What one entry becomes. */
  private record Item(RecordId record, int basedOn, ObjectNode resource, boolean isThere) {}

  private final AccessStatement by;
  private final Function<Search, RecordId> directory;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, String> references = new HashMap<>();
  private final @Nullable PatientId patient;

  /**
   * @param directory finds the one record that a conditional reference means
   * @throws Refusal for what is no transaction, or one that cannot be done
   */
  Transaction(ObjectNode bundle, AccessStatement by, Function<Search, RecordId> directory) {
    this.by = by;
    this.directory = directory;
    if (!bundle.path("resourceType").asText().equals("Bundle")) {
      throw malformed("A Bundle is posted to the base.");
    }
    if (!bundle.path("type").asText().equals("transaction")) {
      throw new Refusal(
          Reason.NOT_SUPPORTED, "Bundles of type transaction and batch are supported.");
    }
    JsonNode entries = bundle.path("entry");
    if (!entries.isArray() || entries.isEmpty() || entries.size() > Submission.MAX_ENTRIES) {
      throw malformed("A transaction has 1 to " + Submission.MAX_ENTRIES + " entries.");
    }
    this.patient = patient(entries);
    for (JsonNode entry : entries) {
      Item item = item(entry);
      items.add(item);
      String fullUrl = entry.path("fullUrl").asText();
      if (!fullUrl.isEmpty() && references.put(fullUrl, item.record.toString()) != null) {
        throw malformed("Two entries have the same fullUrl.");
      }
    }
    for (Item item : items) {
      if (!item.isThere) {
        resolve(item.resource);
      }
    }
  }

  /** The patient that an entry registers or changes, or whom the statement names. */
  private @Nullable PatientId patient(JsonNode entries) {
    PatientId found = null;
    for (JsonNode entry : entries) {
      if (!entry.path("resource").path("resourceType").asText().equals("Patient")) {
        continue;
      }
      if (found != null) {
        throw new Refusal(Reason.UNPROCESSABLE, "A transaction is about one patient.");
      }
      found =
          entry.path("request").path("method").asText().equals("PUT")
              ? new PatientId(target(entry, "Patient").id())
              : PatientId.fresh();
    }
    if (found != null) {
      return found;
    }
    for (JsonNode entry : entries) {
      PatientId about = Writing.about(entry.path("resource"), by);
      if (about != null) {
        return about;
      }
    }
    return null;
  }

  private Item item(JsonNode entry) {
    if (!(entry.path("resource") instanceof ObjectNode resource)) {
      throw malformed("Each entry of a transaction has a resource.");
    }
    String type = resource.path("resourceType").asText();
    RecordTypes.number(type);
    JsonNode request = entry.path("request");
    switch (request.path("method").asText()) {
      case "POST" -> {
        if (!request.path("url").asText().equals(type)) {
          throw malformed("The url of a POST is the resource's type.");
        }
        Optional<RecordId> there = existing(type, request.path("ifNoneExist").asText());
        if (there.isPresent()) {
          return new Item(there.get(), 0, resource, true);
        }
        RecordId record =
            type.equals("Patient") && patient != null
                ? patient.record()
                : RecordId.fresh(type, Optional.ofNullable(patient));
        resource.put("id", record.id());
        return new Item(record, 0, resource, false);
      }
      case "PUT" -> {
        RecordId record = target(entry, type);
        if (!resource.path("id").asText().equals(record.id())) {
          throw malformed("The id of a resource is not the one of its url.");
        }
        return new Item(record, basedOn(request.path("ifMatch").asText()), resource, false);
      }
      default ->
          throw new Refusal(Reason.NOT_SUPPORTED, "Entries of a transaction are POST or PUT.");
    }
  }

  private static RecordId target(JsonNode entry, String type) {
    String url = entry.path("request").path("url").asText();
    if (!url.startsWith(type + "/")) {
      throw malformed("The url of a PUT is Type/id.");
    }
    return FhirReader.record(type, url.substring(type.length() + 1));
  }

  private static int basedOn(String ifMatch) {
    if (ifMatch.isEmpty()) {
      return 0;
    }
    Matcher tag = VERSION_TAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw malformed("ifMatch names one version, as in W/\"3\".");
    }
    return Integer.parseInt(tag.group(1));
  }

  /** What {@code ifNoneExist} finds in the directory. */
  private Optional<RecordId> existing(String type, String ifNoneExist) {
    if (ifNoneExist.isEmpty()) {
      return Optional.empty();
    }
    if (!RecordTypes.isDirectory(RecordTypes.number(type))) {
      throw new Refusal(
          Reason.NOT_SUPPORTED, "ifNoneExist is supported for types of the directory only.");
    }
    try {
      return Optional.of(directory.apply(Search.parse(type, ifNoneExist, false)));
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.UNKNOWN_RECORD) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** Puts ids in the place of placeholders and of conditional references. */
  private void resolve(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String resolved = resolved(field.getKey(), field.getValue());
        if (resolved == null) {
          resolve(field.getValue());
        } else {
          field.setValue(TextNode.valueOf(resolved));
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        String resolved = resolved("", array.get(i));
        if (resolved == null) {
          resolve(array.get(i));
        } else {
          array.set(i, TextNode.valueOf(resolved));
        }
      }
    }
  }

  private @Nullable String resolved(String name, JsonNode value) {
    if (!value.isTextual()) {
      return null;
    }
    String text = value.asText();
    if (text.startsWith("urn:uuid:") || text.startsWith("urn:oid:") || text.startsWith("http")) {
      return references.get(text);
    }
    if (!name.equals("reference") || text.indexOf('?') < 0) {
      return null;
    }
    return references.computeIfAbsent(text, this::conditional);
  }

  private String conditional(String reference) {
    try {
      return directory.apply(Search.parse(reference)).toString();
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.UNKNOWN_RECORD) {
        throw (Refusal)
            new Refusal(Reason.STALE_VERSION, "A conditional reference means no record.")
                .initCause(refusal);
      }
      throw refusal;
    }
  }

  /** What is to be stored; empty if all of it is there. */
  Optional<Submission> submission() {
    List<Submission.Entry> entries =
        items.stream()
            .filter(item -> !item.isThere)
            .map(
                item ->
                    new Submission.Entry(item.record, item.basedOn, FhirJson.text(item.resource)))
            .toList();
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    if (entries.stream().map(Submission.Entry::record).distinct().count() < entries.size()) {
      throw malformed("A transaction names a record only once.");
    }
    return Optional.of(Writing.submission(by, patient, entries));
  }

  /** The answer once it is stored. */
  String answer(StoredReceipt receipt) {
    var numbers = new HashMap<RecordId, Integer>();
    receipt.versions().forEach(version -> numbers.put(version.record(), version.number()));
    return answer(numbers, receipt.storedAt());
  }

  /** The answer if everything was there before. */
  String answer() {
    return answer(Map.of(), Instant.now());
  }

  private String answer(Map<RecordId, Integer> numbers, Instant storedAt) {
    ObjectNode bundle = JsonNodeFactory.instance.objectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction-response");
    ArrayNode entries = bundle.putArray("entry");
    for (Item item : items) {
      ObjectNode response = entries.addObject().putObject("response");
      Integer number = numbers.get(item.record);
      if (number == null) {
        response.put("status", "200 OK").put("location", item.record.toString());
        continue;
      }
      response
          .put("status", number == 1 ? "201 Created" : "200 OK")
          .put("location", item.record + "/_history/" + number)
          .put("etag", "W/\"" + number + "\"")
          .put("lastModified", storedAt.toString());
    }
    return bundle.toString();
  }

  private static Refusal malformed(String explanation) {
    return new Refusal(Reason.MALFORMED, explanation);
  }
}
