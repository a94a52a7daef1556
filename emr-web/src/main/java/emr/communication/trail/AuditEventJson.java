package emr.communication.trail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.audit.Action;
import emr.audit.AuditEntry;
import emr.audit.Rule;
import emr.audit.Seen;
import emr.exchange.record.RecordKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the trail in the words of IHE BALP. The profile is named where all is known that it
 * asks for; what a search was for is not kept, for it may be clinical.
 */
final class AuditEventJson {

  static final String SUCCESS = "0";

  /** FHIR's "minor failure": it was turned down. */
  static final String REFUSED = "4";

  private static final String PROFILES =
      "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
  private static final String EVENT = "http://terminology.hl7.org/CodeSystem/audit-event-type";
  private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
  private static final String OWN_EVENT = "urn:emr:audit-action";
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  private static final String REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
  private static final String ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final String SECURITY_RESOURCE = "13";

  /** Where all entries are made. */
  static final String CENTRE = "EMR centre";

  private final Seen seen;
  private final AuditEntry entry;
  private final String base;
  private final ObjectNode event = JsonNodeFactory.instance.objectNode();

  private AuditEventJson(Seen seen, String base) {
    this.seen = seen;
    this.entry = seen.entry();
    this.base = base;
  }

  /**
   * @param base stands before what references say, and ends with a slash if it is not empty
   */
  static ObjectNode of(Seen seen, String base) {
    return new AuditEventJson(seen, base).make();
  }

  private ObjectNode make() {
    event.put("resourceType", TrailSearch.TYPE).put("id", Long.toString(entry.id()));
    profile();
    what();
    event.put("recorded", entry.at().toString());
    event.put("outcome", entry.permitted() ? SUCCESS : REFUSED);
    event.put("outcomeDesc", entry.why().words());
    if (entry.purpose() != null) {
      coding(
          event.putArray("purposeOfEvent").addObject().putArray("coding").addObject(),
          REASON,
          entry.purpose().code());
    }
    agents();
    event.putObject("source").put("site", CENTRE).putObject("observer").put("display", CENTRE);
    entities();
    return event;
  }

  private void profile() {
    String name =
        switch (entry.action()) {
          case READ, VREAD -> "Read";
          case STORE -> "Create";
          default -> null;
        };
    if (name != null && entry.permitted() && !seen.versions().isEmpty()) {
      event
          .putObject("meta")
          .putArray("profile")
          .add(PROFILES + (patient() == null ? name : "Patient" + name));
    }
  }

  private void what() {
    Coded type = type(entry.action());
    Coded subtype = subtype(entry.action());
    coding(event.putObject("type"), type.system, type.code);
    if (subtype != null) {
      coding(event.putArray("subtype").addObject(), subtype.system, subtype.code);
    }
    event.put("action", letter(entry.action()).code);
  }

  /** A code and its system. */
  record Coded(String system, String code) {

    /** Whether {@code system|code}, {@code code} or {@code system|} asks for it. */
    boolean isAskedFor(String token) {
      int bar = token.lastIndexOf('|');
      String asked = token.substring(bar + 1);
      return (bar < 0 || token.substring(0, bar).equals(system))
          && (asked.equals(code) || (asked.isEmpty() && bar > 0));
    }
  }

  /** What kind of event it was. */
  static Coded type(Action action) {
    return subtype(action) == null
        ? new Coded(OWN_EVENT, action.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        : new Coded(EVENT, "rest");
  }

  /** The interaction; null for what is none of FHIR's. */
  static @Nullable Coded subtype(Action action) {
    String interaction =
        switch (action) {
          case READ -> "read";
          case VREAD -> "vread";
          case HISTORY -> "history";
          case SEARCH, AUDIT -> "search";
          case STORE -> "create";
          default -> null;
        };
    return interaction == null ? null : new Coded(INTERACTION, interaction);
  }

  /** FHIR's letter for what was done. */
  static Coded letter(Action action) {
    return new Coded(
        "http://hl7.org/fhir/audit-event-action",
        switch (action) {
          case READ, VREAD, SHOWN_AGAIN -> "R";
          case STORE -> "C";
          default -> "E";
        });
  }

  private void agents() {
    ArrayNode agents = event.putArray("agent");
    boolean reads = entry.action() == Action.READ || entry.action() == Action.VREAD;
    String client = entry.hospital() == null ? CENTRE : "EMR hospital " + entry.hospital();
    system(agents, reads ? "110152" : "110153", client);
    system(agents, reads ? "110153" : "110152", CENTRE);
    if (entry.person().isEmpty()) {
      return;
    }
    ObjectNode user = agents.addObject();
    coding(
        user.putObject("type").putArray("coding").addObject(),
        PARTICIPATION,
        entry.action() == Action.STORE ? "AUT" : "IRCP");
    if (!entry.role().isEmpty()) {
      user.putArray("role").addObject().put("text", entry.role());
    }
    ObjectNode who = user.putObject("who");
    ObjectNode identifier = who.putObject("identifier");
    if (entry.hospital() != null) {
      identifier.put("system", TrailSearch.STAFF + entry.hospital());
    }
    identifier.put("value", entry.person());
    who.put("display", entry.person());
    user.put("requestor", true);
    var policies = entry.why().policies();
    if (!policies.isEmpty()) {
      ArrayNode named = user.putArray("policy");
      policies.forEach(policy -> named.add(base + policy));
    }
  }

  private static void system(ArrayNode agents, String role, String name) {
    ObjectNode agent = agents.addObject();
    coding(agent.putObject("type").putArray("coding").addObject(), DICOM, role);
    agent.putObject("who").put("display", name);
    agent.put("requestor", false);
  }

  private void entities() {
    ArrayNode entities = event.putArray("entity");
    String patient = patient();
    if (patient != null) {
      entity(entities, "1", "1").putObject("what").put("reference", base + "Patient/" + patient);
    }
    for (Seen.Version version : seen.versions()) {
      entity(entities, "2", "4")
          .putObject("what")
          .put("reference", base + version.record() + "/_history/" + version.number());
    }
    policies(entities);
    for (Long looked : seen.entries()) {
      entity(entities, "2", "4")
          .putObject("what")
          .put("reference", base + TrailSearch.TYPE + "/" + looked);
    }
    if (entry.statement() != null) {
      ObjectNode request = entities.addObject();
      request.putObject("what").putObject("identifier").put("value", entry.statement().toString());
      coding(
          request.putObject("type"),
          "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType",
          "XrequestId");
    }
    if (entities.isEmpty()) {
      event.remove("entity");
    }
  }

  /** The policies that decided, each with the hash of that version. */
  private void policies(ArrayNode entities) {
    Rule why = entry.why();
    for (Rule.Policy policy : why.policies()) {
      ObjectNode entity = entity(entities, "2", SECURITY_RESOURCE);
      entity.putObject("what").put("reference", base + policy);
      String hash = why.hashes().get(policy);
      if (hash != null) {
        entity.putArray("detail").addObject().put("type", "SHA-256").put("valueString", hash);
      }
    }
  }

  private @Nullable String patient() {
    RecordKey key = entry.patient();
    return key == null || key.equals(RecordKey.NONE) ? null : key.text();
  }

  private static ObjectNode entity(ArrayNode entities, String type, String role) {
    ObjectNode entity = entities.addObject();
    coding(entity.putObject("type"), ENTITY, type);
    coding(entity.putObject("role"), ROLE, role);
    return entity;
  }

  private static void coding(ObjectNode coding, String system, String code) {
    coding.put("system", system).put("code", code);
  }
}
