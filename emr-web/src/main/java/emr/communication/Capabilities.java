package emr.communication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import emr.storage.Search;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The <a href="http://hl7.org/fhir/R4/capabilitystatement.html">CapabilityStatement</a>: made of
 * what searches are made of, so that it declares what works and nothing else.
 */
@ApplicationScoped
public class Capabilities {

  private static final List<String> INTERACTIONS =
      List.of("read", "vread", "update", "history-instance", "create", "search-type");

  private volatile @Nullable String statement;

  String statement() {
    String made = statement;
    if (made == null) {
      made = make();
      statement = made;
    }
    return made;
  }

  private static String make() {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    capabilities
        .put("resourceType", "CapabilityStatement")
        .put("status", "active")
        .put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("kind", "instance");
    capabilities.putObject("software").put("name", "EMR centre");
    capabilities
        .putObject("implementation")
        .put("description", "The centre of a medical record exchange");
    capabilities.put("fhirVersion", "4.0.1").putArray("format").add("application/fhir+json");
    ObjectNode rest = capabilities.putArray("rest").addObject().put("mode", "server");
    rest.putObject("security")
        .put(
            "description",
            "Each request brings an access statement, signed by its hospital and good for one"
                + " request, as a bearer token.");
    ArrayNode resources = rest.putArray("resource");
    for (String type : RecordTypes.names()) {
      resources.add(resource(type));
    }
    ArrayNode whole = rest.putArray("interaction");
    whole.addObject().put("code", "transaction");
    whole.addObject().put("code", "batch");
    return capabilities.toString();
  }

  private static ObjectNode resource(String type) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode().put("type", type);
    ArrayNode interactions = resource.putArray("interaction");
    INTERACTIONS.forEach(code -> interactions.addObject().put("code", code));
    resource
        .put("versioning", "versioned-update")
        .put("readHistory", true)
        .put("updateCreate", true)
        .put("conditionalCreate", false)
        .put("conditionalUpdate", false)
        .put("conditionalDelete", "not-supported");
    ArrayNode parameters = resource.putArray("searchParam");
    Search.parameters(type)
        .forEach((name, kind) -> parameters.addObject().put("name", name).put("type", kind));
    return resource;
  }
}
