package emr.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plays patients' histories through a hospital as if its terminals had made the entries: the
 * registration first, then what was written at each encounter, one submission each, in the order of
 * time.
 */
public final class Loader {

  /** Bills to patients, which are no medical records. */
  private static final Set<String> LEFT_OUT = Set.of("Claim", "ExplanationOfBenefit");

  private static final String URN = "urn:uuid:";

  private final Terminal terminal;

  /** The record of what was submitted, by its bundle's {@code fullUrl} or its identifier. */
  private final Map<String, String> records = new HashMap<>();

  /**
   * @param terminal of a physician
   */
  public Loader(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * A patient who was loaded.
   *
   * @param id logical id of the Patient
   * @param name family name and first given name
   * @param submissions ids, in the order in which they were made
   * @param records all records ({@code Type/id}) of the patient
   */
  public record Loaded(
      String id, String family, String given, List<String> submissions, List<String> records) {

    /** The name as people say it. */
    public String name() {
      return given + " " + family;
    }
  }

  /**
   * Notes a record that histories may refer to by its identifier.
   *
   * @param resource an organisation, a place or a practitioner, with its id
   */
  public void know(JsonNode resource) {
    records.put(
        identifier(resource),
        resource.path("resourceType").asText() + "/" + resource.path("id").asText());
  }

  /** Submits those organisations, places and practitioners of which nothing is known yet. */
  public List<String> directory(List<JsonNode> bundles) {
    var submissions = new ArrayList<String>();
    for (JsonNode bundle : bundles) {
      var entries = new ArrayList<JsonNode>();
      for (JsonNode entry : bundle.path("entry")) {
        if (!records.containsKey(identifier(entry.path("resource")))) {
          entries.add(entry);
        }
      }
      if (!entries.isEmpty()) {
        submissions.add(submit(entries).id());
      }
    }
    return submissions;
  }

  /** Submits one patient's history. */
  public Loaded history(JsonNode bundle) {
    List<List<JsonNode>> parts = parts(bundle);
    var submissions = new ArrayList<String>();
    var ids = new ArrayList<String>();
    for (List<JsonNode> part : parts) {
      Terminal.Saved saved = submit(part);
      submissions.add(saved.id());
      ids.addAll(saved.ids());
    }
    JsonNode name = parts.get(0).get(0).path("resource").path("name").path(0);
    return new Loaded(
        ids.get(0).substring("Patient/".length()),
        name.path("family").asText(),
        name.path("given").path(0).asText(),
        submissions,
        ids);
  }

  /** How many resources of {@code bundle} are submitted. */
  public static int size(JsonNode bundle) {
    return parts(bundle).stream().mapToInt(List::size).sum();
  }

  /**
   * The entries of a history, by submission: the patient, then each encounter with what refers to
   * it, then the rest.
   */
  static List<List<JsonNode>> parts(JsonNode bundle) {
    var registration = new ArrayList<JsonNode>();
    var encounters = new LinkedHashMap<String, List<JsonNode>>();
    var rest = new ArrayList<JsonNode>();
    List<JsonNode> entries = new ArrayList<>();
    bundle.path("entry").forEach(entries::add);
    entries.removeIf(e -> LEFT_OUT.contains(type(e)));
    entries.stream()
        .filter(e -> type(e).equals("Encounter"))
        .sorted(Comparator.comparing(e -> e.at("/resource/period/start").asText()))
        .forEach(e -> encounters.put(e.path("fullUrl").asText(), new ArrayList<>(List.of(e))));
    for (JsonNode entry : entries) {
      switch (type(entry)) {
        case "Patient" -> registration.add(entry);
        case "Encounter" -> {}
        default -> {
          List<JsonNode> part = encounters.get(encounter(entry.path("resource")));
          (part == null ? rest : part).add(entry);
        }
      }
    }
    var parts = new ArrayList<List<JsonNode>>();
    parts.add(registration);
    parts.addAll(encounters.values());
    if (!rest.isEmpty()) {
      parts.add(rest);
    }
    return parts;
  }

  private static String type(JsonNode entry) {
    return entry.path("resource").path("resourceType").asText();
  }

  private static String encounter(JsonNode resource) {
    String direct = resource.at("/encounter/reference").asText();
    return direct.isEmpty() ? resource.at("/context/encounter/0/reference").asText() : direct;
  }

  private Terminal.Saved submit(List<JsonNode> entries) {
    var here = new HashSet<String>();
    entries.forEach(e -> here.add(e.path("fullUrl").asText()));
    ObjectNode bundle = Terminal.json().put("resourceType", "Bundle").put("type", "transaction");
    ArrayNode sent = bundle.putArray("entry");
    for (JsonNode entry : entries) {
      ObjectNode resource = entry.path("resource").deepCopy();
      resource.remove("id");
      if (type(entry).equals("Provenance")) {
        onlyKnownTargets(resource, here);
      }
      refer(resource, here);
      ObjectNode copy = sent.addObject();
      copy.put("fullUrl", entry.path("fullUrl").asText());
      copy.set("resource", resource);
      copy.putObject("request").put("method", "POST").put("url", type(entry));
    }
    Terminal.Saved saved = terminal.submit(bundle);
    if (saved.ids().size() != entries.size()) {
      throw new IllegalStateException("the hospital did not name every record it saved");
    }
    for (int i = 0; i < entries.size(); i++) {
      records.put(entries.get(i).path("fullUrl").asText(), saved.ids().get(i));
      records.put(identifier(entries.get(i).path("resource")), saved.ids().get(i));
    }
    return saved;
  }

  private void onlyKnownTargets(ObjectNode provenance, Set<String> here) {
    ArrayNode kept = Web.JSON.createArrayNode();
    for (JsonNode target : provenance.path("target")) {
      String reference = target.path("reference").asText();
      if (records.containsKey(reference) || here.contains(reference)) {
        kept.add(target);
      }
    }
    provenance.set("target", kept);
  }

  /**
   * Rewrites references to records submitted before; what is not known becomes a reference by
   * identifier.
   */
  private void refer(JsonNode node, Set<String> here) {
    if (node instanceof ObjectNode object && object.path("reference").isTextual()) {
      String reference = object.path("reference").asText();
      String known = records.get(reference);
      if (known != null) {
        object.put("reference", known);
      } else if (!here.contains(reference) && !reference.startsWith("#")) {
        object.remove("reference");
        object.set("identifier", named(reference));
      }
    }
    node.forEach(child -> refer(child, here));
  }

  private static ObjectNode named(String reference) {
    ObjectNode identifier = Terminal.json();
    int value = reference.lastIndexOf('|');
    int system = reference.indexOf("identifier=");
    if (system >= 0 && value > system) {
      return identifier
          .put("system", reference.substring(system + "identifier=".length(), value))
          .put("value", reference.substring(value + 1));
    }
    return identifier
        .put("system", "urn:ietf:rfc:3986")
        .put("value", reference.startsWith(URN) ? reference : URN + reference);
  }

  /** As Synthea refers to it: {@code Practitioner?identifier=system|value}. */
  private static String identifier(JsonNode resource) {
    JsonNode identifier = resource.path("identifier").path(0);
    return resource.path("resourceType").asText()
        + "?identifier="
        + identifier.path("system").asText()
        + "|"
        + identifier.path("value").asText();
  }
}
