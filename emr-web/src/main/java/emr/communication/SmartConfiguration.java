package emr.communication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.partner.PartnerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/**
 * How partners come in, as <a
 * href="https://hl7.org/fhir/smart-app-launch/STU2/conformance.html">SMART</a> has it told.
 */
@ApplicationScoped
@Path(SmartConfiguration.PATH)
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container injects
public class SmartConfiguration {

  static final String PATH = ".well-known/smart-configuration";

  @Inject PartnerTokens tokens;

  @GET
  public String configuration(@Context UriInfo uri) {
    String base = uri.getBaseUri().toString();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("token_endpoint", tokens.address(base.replaceFirst("/$", "")));
    list(answer, "token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
    list(answer, "token_endpoint_auth_signing_alg_values_supported", PartnerTokens.algorithms());
    list(answer, "grant_types_supported", List.of("client_credentials"));
    list(answer, "scopes_supported", PartnerTokens.scopes());
    list(
        answer,
        "capabilities",
        List.of("client-confidential-asymmetric", "permission-v1", "permission-v2"));
    return answer.toString();
  }

  private static void list(ObjectNode answer, String name, List<String> values) {
    ArrayNode list = answer.putArray(name);
    values.forEach(list::add);
  }
}
