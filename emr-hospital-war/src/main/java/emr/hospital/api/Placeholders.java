package emr.hospital.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a FHIR <a href="http://hl7.org/fhir/R4/http.html#transaction">transaction</a> about one
 * patient into records with lasting ids: {@code urn:uuid:} placeholders become ids made here, and
 * conditional references ({@code Practitioner?identifier=system|value}) logical ones, which name
 * whom they mean without asking anybody.
 */
final class Placeholders {

  private static final Pattern CONDITIONAL =
      Pattern.compile("([A-Z][A-Za-z]+)\\?identifier=([^|&]*)\\|([^&]+)");
  private static final Pattern VERSION = Pattern.compile("W/\"([1-9][0-9]{0,8})\"");
  private static final String PATIENT = "Patient/";

  private final Map<String, RecordId> given = new HashMap<>();

  /**
   * One record, resolved.
   *
   * @param fullUrl as the caller named it; empty if it had no name
   */
  record Resolved(String fullUrl, RecordId record, int basedOn, ObjectNode content) {}

  /**
   * @param patient null if no record is about a patient
   */
  record Submitted(@Nullable PatientId patient, List<Resolved> records) {}

  private Placeholders() {}

  /**
   * @param bundle a transaction; its resources are changed in place
   * @throws Refusal {@link Reason#UNPROCESSABLE} or {@link Reason#NOT_SUPPORTED}, naming the entry
   *     and quoting nothing of it
   */
  static Submitted resolve(ObjectNode bundle) {
    return new Placeholders().submitted(bundle);
  }

  private Submitted submitted(ObjectNode bundle) {
    if (!bundle.path("resourceType").asText().equals("Bundle")
        || !bundle.path("type").asText().equals("transaction")) {
      throw new Refusal(Reason.UNPROCESSABLE, "A submission is a Bundle of type transaction.");
    }
    JsonNode entries = bundle.path("entry");
    if (entries.isEmpty()) {
      throw new Refusal(Reason.UNPROCESSABLE, "The Bundle has no entry.");
    }
    Optional<PatientId> patient = patient(entries);
    var records = new ArrayList<Resolved>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      records.add(identify(entries.get(i), i, patient));
    }
    for (int i = 0; i < records.size(); i++) {
      rewrite(records.get(i).content(), i);
    }
    return new Submitted(patient.orElse(null), records);
  }

  /** The patient whom the Bundle registers, adds to, or refers to; more than one is refused. */
  private static Optional<PatientId> patient(JsonNode entries) {
    PatientId own = null;
    Set<String> referredTo = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      JsonNode resource = entries.get(i).path("resource");
      if (resource.path("resourceType").asText().equals("Patient")) {
        if (own != null) {
          throw onePatient();
        }
        String url = entries.get(i).path("request").path("url").asText();
        own = url.startsWith(PATIENT) ? id(url.substring(PATIENT.length()), i) : PatientId.fresh();
      }
      for (JsonNode reference : resource.findValues("reference")) {
        String text = reference.asText();
        if (text.startsWith(PATIENT)) {
          referredTo.add(text.substring(PATIENT.length()).split("/", 2)[0]);
        }
      }
    }
    if (own != null) {
      referredTo.add(own.value());
    }
    if (referredTo.size() > 1) {
      throw onePatient();
    }
    return referredTo.stream().findFirst().map(value -> id(value, 0));
  }

  private static Refusal onePatient() {
    return new Refusal(Reason.UNPROCESSABLE, "A submission is about one patient.");
  }

  @SuppressWarnings("UnusedException")
  private static PatientId id(String value, int entry) {
    try {
      return new PatientId(value);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.UNPROCESSABLE, at(entry) + "the patient's id is no FHIR id.");
    }
  }

  private Resolved identify(JsonNode entry, int i, Optional<PatientId> patient) {
    if (!(entry.path("resource") instanceof ObjectNode resource)) {
      throw new Refusal(Reason.UNPROCESSABLE, at(i) + "it has no resource.");
    }
    String type = resource.path("resourceType").asText();
    JsonNode request = entry.path("request");
    String fullUrl = entry.path("fullUrl").asText("");
    if (request.has("ifNoneExist")) {
      throw new Refusal(Reason.NOT_SUPPORTED, at(i) + "conditional creation is not served.");
    }
    RecordId record;
    int basedOn;
    try {
      switch (request.path("method").asText()) {
        case "POST" -> {
          record =
              type.equals("Patient")
                  ? patient.orElseThrow().record()
                  : RecordId.fresh(type, patient);
          basedOn = 0;
        }
        case "PUT" -> {
          record = RecordId.parse(request.path("url").asText());
          basedOn = basedOn(request, i);
        }
        default -> throw new Refusal(Reason.NOT_SUPPORTED, at(i) + "only POST and PUT are served.");
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.UNPROCESSABLE, at(i) + "the type or id is none of FHIR's.");
    }
    if (!record.type().equals(type)) {
      throw new Refusal(Reason.UNPROCESSABLE, at(i) + "the address names another type.");
    }
    if (!fullUrl.isEmpty() && given.put(fullUrl, record) != null) {
      throw new Refusal(Reason.UNPROCESSABLE, at(i) + "its fullUrl was used before.");
    }
    return new Resolved(fullUrl, record, basedOn, withId(resource, record));
  }

  private static int basedOn(JsonNode request, int i) {
    Matcher version = VERSION.matcher(request.path("ifMatch").asText());
    if (!version.matches()) {
      throw new Refusal(
          Reason.UNPROCESSABLE,
          at(i) + "an addition says by ifMatch which version its author had, as W/\"1\".");
    }
    return Integer.parseInt(version.group(1));
  }

  /** Type and id first, as people expect them. */
  private static ObjectNode withId(ObjectNode resource, RecordId record) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("resourceType", record.type()).put("id", record.id());
    resource.properties().stream()
        .filter(field -> !field.getKey().equals("resourceType") && !field.getKey().equals("id"))
        .forEach(field -> content.set(field.getKey(), field.getValue()));
    return content;
  }

  private void rewrite(JsonNode node, int entry) {
    if (node instanceof ObjectNode object) {
      if (object.path("reference").isTextual()) {
        rewriteReference(object, entry);
      }
      if (object.path("url").isTextual()) {
        RecordId record = given.get(object.path("url").asText());
        if (record != null) {
          object.put("url", record.toString());
        }
      }
      object.forEach(child -> rewrite(child, entry));
    } else if (node instanceof ArrayNode array) {
      array.forEach(child -> rewrite(child, entry));
    }
  }

  private void rewriteReference(ObjectNode object, int entry) {
    String reference = object.path("reference").asText();
    RecordId record = given.get(reference);
    Matcher conditional = CONDITIONAL.matcher(reference);
    if (record != null) {
      object.put("reference", record.toString());
    } else if (conditional.matches()) {
      object.remove("reference");
      object.put("type", conditional.group(1));
      ObjectNode identifier = object.putObject("identifier");
      if (!conditional.group(2).isEmpty()) {
        identifier.put("system", conditional.group(2));
      }
      identifier.put("value", conditional.group(3));
    } else if (reference.startsWith("urn:") || reference.contains("?")) {
      throw new Refusal(
          Reason.UNPROCESSABLE, at(entry) + "it refers to something that is not in the Bundle.");
    }
  }

  private static String at(int entry) {
    return "Bundle.entry[" + entry + "]: ";
  }
}
