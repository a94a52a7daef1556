package emr.communication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import emr.communication.trail.AuditEvents;
import emr.storage.Search;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The <a href="http://hl7.org/fhir/R4/capabilitystatement.html">CapabilityStatement</a>: made of
 * what searches are made of, so that it declares what works and nothing else.
 */
@ApplicationScoped
public class Capabilities {

  private static final String DEFINITIONS = "http://hl7.org/fhir/OperationDefinition/";

  private static final String WHO_SAW = AuditEvents.REPORT.substring(1);

  /** Where {@link #whoSaw} is read. */
  static final String WHO_SAW_DEFINED = "OperationDefinition/who-saw";

  private static final String HOSPITAL =
      "Ids of hospitals, as after urn:emr:hospital: in meta.source: which wrote the newest version."
          + " With the modifier not, all others.";

  private static final List<String> INTERACTIONS =
      List.of(
          "read",
          "vread",
          "update",
          "patch",
          "delete",
          "history-instance",
          "history-type",
          "create",
          "search-type");

  private static final List<String> FOR_ALL =
      List.of("transaction", "batch", "search-system", "history-system");

  private static final List<String> COMPARTMENTS =
      List.of("patient", "encounter", "practitioner", "relatedPerson", "device");

  /** By base; there are few. */
  private final Map<String, String> statements = new ConcurrentHashMap<>();

  private final Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /**
   * @param base ends with a slash
   */
  String statement(String base) {
    return statements.computeIfAbsent(base, this::make);
  }

  private String make(String base) {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    capabilities
        .put("resourceType", "CapabilityStatement")
        .put("status", "active")
        .put("date", since.toString())
        .put("kind", "instance");
    capabilities.putObject("software").put("name", "EMR centre");
    capabilities
        .putObject("implementation")
        .put("description", "The centre of a medical record exchange")
        .put("url", base.replaceFirst("/$", ""));
    capabilities.put("fhirVersion", "4.0.1");
    list(
        capabilities,
        "format",
        List.of("application/fhir+json", "application/fhir+xml", "json", "xml"));
    list(
        capabilities,
        "patchFormat",
        List.of("application/json-patch+json", "application/fhir+json"));
    ObjectNode rest = capabilities.putArray("rest").addObject().put("mode", "server");
    security(rest.putObject("security"));
    ArrayNode resources = rest.putArray("resource");
    for (String type : RecordTypes.names()) {
      resources.add(type.equals(AuditEvents.TYPE) ? trail() : resource(type, base));
    }
    codes(rest.putArray("interaction"), FOR_ALL);
    parameters(rest, Search.commonParameters());
    ArrayNode compartments = rest.putArray("compartment");
    COMPARTMENTS.forEach(
        name -> compartments.add("http://hl7.org/fhir/CompartmentDefinition/" + name));
    return capabilities.toString();
  }

  /**
   * Where the token endpoint is, {@link SmartConfiguration} says: the extension that would say it
   * here, oauth-uris, must name an address where people authorize, too, and nobody does so here.
   */
  private static void security(ObjectNode security) {
    security
        .putArray("service")
        .addObject()
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/restful-security-service")
        .put("code", "SMART-on-FHIR");
    security.put(
        "description",
        "Each request brings a bearer token: of a partner, from the token endpoint for a signed"
            + " assertion (SMART Backend Services), or an access statement that a hospital signed,"
            + " good for one request over a connection that shows the hospital's certificate.");
  }

  private static ObjectNode resource(String type, String base) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode().put("type", type);
    if (type.equals("Consent")) {
      resource.put(
          "documentation",
          "A Consent is enforced if it is the policy of a hospital: its organization is identified"
              + " in urn:emr:hospital, and a physician or administrator of that hospital stored it."
              + " Any other is kept and not enforced; Prefer: return=OperationOutcome says so.");
    }
    codes(resource.putArray("interaction"), INTERACTIONS);
    resource
        .put("versioning", "versioned-update")
        .put("readHistory", true)
        .put("updateCreate", true)
        .put("conditionalCreate", true)
        .put("conditionalRead", "full-support")
        .put("conditionalUpdate", true)
        .put("conditionalDelete", "single");
    list(resource, "referencePolicy", List.of("literal", "logical"));
    searches(resource, type);
    ArrayNode operations = resource.putArray("operation");
    operation(operations, "validate", DEFINITIONS + "Resource-validate");
    operation(operations, "meta", DEFINITIONS + "Resource-meta");
    operation(operations, "meta-add", DEFINITIONS + "Resource-meta-add");
    operation(operations, "meta-delete", DEFINITIONS + "Resource-meta-delete");
    if (type.equals("Patient")) {
      operation(operations, "everything", DEFINITIONS + "Patient-everything");
      operation(operations, WHO_SAW, base + WHO_SAW_DEFINED);
    }
    return resource;
  }

  /**
   * The one operation that FHIR does not define.
   *
   * @param base ends with a slash
   */
  static String whoSaw(String base) {
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition
        .put("resourceType", "OperationDefinition")
        .put("id", WHO_SAW)
        .put("url", base + WHO_SAW_DEFINED)
        .put("name", "WhoSaw")
        .put("title", "Who saw a patient's chart")
        .put("status", "active")
        .put("kind", "operation")
        .put(
            "description",
            "Gives everybody who asked for a patient's records, when, why and by which rule, as the"
                + " audit trail has it: a compact JWS that the centre signed for the patient, in a"
                + " Binary of type application/jose.")
        .put("affectsState", false)
        .put("code", WHO_SAW);
    list(definition, "resource", List.of("Patient"));
    definition.put("system", false).put("type", false).put("instance", true);
    definition
        .putArray("parameter")
        .addObject()
        .put("name", "return")
        .put("use", "out")
        .put("min", 1)
        .put("max", "1")
        .put("type", "Binary");
    return definition.toString();
  }

  /** The centre writes it; everybody else reads. */
  private static ObjectNode trail() {
    ObjectNode resource = JsonNodeFactory.instance.objectNode().put("type", AuditEvents.TYPE);
    resource.put("documentation", "The centre's audit trail, as IHE BALP has it (ITI-81).");
    codes(resource.putArray("interaction"), List.of("read", "search-type"));
    resource.put("versioning", "no-version");
    parameters(resource, AuditEvents.parameters());
    return resource;
  }

  private static void searches(ObjectNode resource, String type) {
    list(resource, "searchInclude", Search.includes(type));
    list(
        resource,
        "searchRevInclude",
        Search.reverseIncludes(type).stream()
            .filter(each -> !each.startsWith(AuditEvents.TYPE + ":"))
            .toList());
    parameters(resource, Search.parameters(type));
  }

  private static void parameters(ObjectNode holder, Map<String, String> kinds) {
    ArrayNode parameters = holder.putArray("searchParam");
    kinds.forEach(
        (name, kind) -> {
          ObjectNode parameter = parameters.addObject().put("name", name).put("type", kind);
          if (name.equals(Search.HOSPITAL)) {
            parameter.put("documentation", HOSPITAL);
          }
        });
  }

  private static void operation(ArrayNode operations, String name, String definition) {
    operations.addObject().put("name", name).put("definition", definition);
  }

  private static void codes(ArrayNode list, List<String> codes) {
    codes.forEach(code -> list.addObject().put("code", code));
  }

  /** FHIR knows no empty list. */
  private static void list(ObjectNode holder, String name, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(holder.withArray("/" + name)::add);
    }
  }
}
