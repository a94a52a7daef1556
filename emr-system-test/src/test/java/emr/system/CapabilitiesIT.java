package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever the CapabilityStatement declares is asked for, and answered. */
class CapabilitiesIT {

  private static final JsonNode STATEMENT = Partner.get("/metadata").successful("asking").json();
  private static final int MOST_INCLUDES = 15;
  private static final int MOST_PARAMETERS = 40;

  /** What every type is declared to do, and the requests below show. */
  private static final Set<String> INTERACTIONS =
      Set.of(
          "read",
          "vread",
          "update",
          "patch",
          "delete",
          "history-instance",
          "history-type",
          "create",
          "search-type");

  @TestFactory
  Stream<DynamicTest> whatIsDeclaredOfATypeWorks() {
    String patient = created("Patient", "{\"resourceType\":\"Patient\",\"active\":true}").address();
    var instances = new Instances(patient.substring(1));
    return StreamSupport.stream(STATEMENT.at("/rest/0/resource").spliterator(), false)
        .map(
            resource ->
                DynamicTest.dynamicTest(
                    resource.path("type").asText(),
                    () -> {
                      String type = resource.path("type").asText();
                      if (type.equals("AuditEvent")) {
                        trail(resource, patient.substring(1));
                        return;
                      }
                      String body =
                          Partner.R4.newJsonParser().encodeResourceToString(instances.of(type));
                      interactions(resource, created(type, body));
                      if (resource.has("searchParam")) {
                        searches(resource, patient.substring(1));
                      }
                      operations(resource, patient);
                    }));
  }

  /** The centre writes it; it is searched and read. */
  private static void trail(JsonNode resource, String patient) {
    assertThat(resource.path("interaction").findValuesAsText("code"))
        .containsExactlyInAnyOrder("read", "search-type");
    searches(resource, patient);
    Web.Answer newest = Partner.get("/AuditEvent?_count=1");
    is(200, newest);
    is(200, Partner.get("/AuditEvent/" + newest.json().at("/entry/0/resource/id").asText()));
  }

  /** A record that was made. */
  private record Made(String type, String address, String body) {}

  private static Made created(String type, String body) {
    Web.Answer answer =
        Partner.send("POST", "/" + type, body, "Content-Type", "application/fhir+json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String location = answer.headers().firstValue("Location").orElseThrow();
    return new Made(type, location.replaceFirst(".*(/" + type + "/[^/]+)/_history/.*", "$1"), body);
  }

  private static void interactions(JsonNode resource, Made made) {
    var declared = new TreeSet<String>();
    resource.path("interaction").forEach(each -> declared.add(each.path("code").asText()));
    assertThat(INTERACTIONS).containsAll(declared);
    is(200, Partner.get(made.address));
    is(200, Partner.get(made.address + "/_history/1"));
    String id = made.address.substring(made.address.lastIndexOf('/') + 1);
    String changed =
        made.body.replaceFirst(
            "\\{\"resourceType\":\"" + made.type + "\"",
            "{\"resourceType\":\"" + made.type + "\",\"id\":\"" + id + "\"");
    is(
        200,
        Partner.send(
            "PUT",
            made.address,
            changed.replaceFirst(
                "\"id\":\"" + id + "\"",
                "\"id\":\"" + id + "\",\"meta\":{\"tag\":[{\"code\":\"two\"}]}"),
            "Content-Type",
            "application/fhir+json"));
    is(
        200,
        Partner.send(
            "PATCH",
            made.address,
            "[{\"op\":\"replace\",\"path\":\"/meta/tag/0/code\",\"value\":\"three\"}]",
            "Content-Type",
            "application/json-patch+json"));
    is(200, Partner.get(made.address + "/_history"));
    is(200, Partner.get("/" + made.type + "/_history?_count=1"));
    assertThat(Partner.send("DELETE", made.address, null).status()).isIn(200, 204);
  }

  private static void searches(JsonNode resource, String patient) {
    String type = resource.path("type").asText();
    var parameters = new ArrayList<String>();
    for (JsonNode parameter : resource.path("searchParam")) {
      parameters.add(
          parameter.path("name").asText()
              + "="
              + value(parameter.path("type").asText(), parameter));
    }
    inParts(parameters, MOST_PARAMETERS, query -> found(resource, query, patient));
    var includes = new ArrayList<String>();
    resource.path("searchInclude").forEach(each -> includes.add("_include=" + each.asText()));
    resource.path("searchRevInclude").forEach(each -> includes.add("_revinclude=" + each.asText()));
    inParts(includes, MOST_INCLUDES, query -> found(resource, "_id=nobody&" + query, patient));
  }

  /** Charts are searched one at a time. */
  private static void found(JsonNode resource, String query, String patient) {
    String type = resource.path("type").asText();
    Web.Answer answer = Partner.get("/" + type + "?" + query);
    if (answer.status() == 403) {
      String whose =
          resource.path("searchParam").findValuesAsText("name").contains("patient")
              ? "patient"
              : "subject";
      answer = Partner.get("/" + type + "?" + query + "&" + whose + "=" + patient);
    }
    is(200, answer);
  }

  private interface Asking {
    void by(String query);
  }

  private static void inParts(List<String> parameters, int most, Asking asking) {
    for (int i = 0; i < parameters.size(); i += most) {
      asking.by(String.join("&", parameters.subList(i, Math.min(i + most, parameters.size()))));
    }
  }

  private static String value(String kind, JsonNode parameter) {
    String name = parameter.path("name").asText();
    return switch (kind) {
      case "number" -> "1";
      case "quantity" -> "1.5";
      case "date" -> "ge2026-01-01";
      case "reference" -> "Patient/nobody";
      case "uri" -> "urn:nothing";
      case "composite" -> encode("1$2026");
      case "special" -> name.equals("near") ? encode("1|1|1|km") : "nobody";
      default -> "nothing";
    };
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void operations(JsonNode resource, String patient) {
    String type = resource.path("type").asText();
    for (JsonNode operation : resource.path("operation")) {
      switch (operation.path("name").asText()) {
        case "everything" -> is(200, Partner.get(patient + "/$everything"));
        case "validate" ->
            is(
                200,
                Partner.send(
                    "POST",
                    "/" + type + "/$validate",
                    "{\"resourceType\":\"" + type + "\"}",
                    "Content-Type",
                    "application/fhir+json"));
        case "meta" -> is(200, Partner.get(patient + "/$meta"));
        case "who-saw" -> {
          Web.Answer report = Partner.get(patient + "/$who-saw");
          is(200, report);
          assertThat(report.json().path("contentType").asText()).isEqualTo("application/jose");
          String definition = operation.path("definition").asText();
          Web.Answer defined = Partner.get(definition.substring(definition.indexOf("/Operation")));
          is(200, defined);
          assertThat(defined.json().path("code").asText()).isEqualTo("who-saw");
        }
        default -> throw new AssertionError("nobody tries " + operation);
      }
    }
  }

  private static void is(int status, Web.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
  }

  @Test
  void whatIsDeclaredOfTheWholeWorks() {
    for (JsonNode interaction : STATEMENT.at("/rest/0/interaction")) {
      String code = interaction.path("code").asText();
      if (code.equals("history-system")) {
        is(200, Partner.get("/_history?_count=1"));
        continue;
      }
      String bundle =
          "{\"resourceType\":\"Bundle\",\"type\":\""
              + code
              + "\",\"entry\":[{\"resource\":{\"resourceType\":\"Organization\",\"name\":\"x\"},"
              + "\"request\":{\"method\":\"POST\",\"url\":\"Organization\"}}]}";
      is(200, Partner.send("POST", "", bundle, "Content-Type", "application/fhir+json"));
    }
    String token = STATEMENT.at("/rest/0/security/extension/0/extension/0/valueUri").asText();
    assertThat(token).isEqualTo(Staff.INSTALLATION.fhir() + "/auth/token");
    for (JsonNode compartment : STATEMENT.at("/rest/0/compartment")) {
      String name = compartment.asText().replaceFirst(".*/", "");
      String type = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
      assertThat(Partner.get("/" + type + "/nobody/Observation").status()).isIn(200, 403);
    }
  }
}
