package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever the CapabilityStatement declares is asked for, and answered. */
class CapabilitiesIT {

  private static final JsonNode STATEMENT = Partner.get("/metadata").successful("asking").json();
  private static final String FHIR = "application/fhir+json";
  private static final int MOST_INCLUDES = 15;
  private static final int MOST_PARAMETERS = 40;

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
                      searches(resource, patient.substring(1));
                      operations(resource, patient, created(type, body).address());
                      interactions(resource, created(type, body));
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
  private record Made(String type, String address, String body) {

    String id() {
      return address.substring(address.lastIndexOf('/') + 1);
    }

    /** The body under its id. */
    String tagged(String tag) {
      return body.replaceFirst(
          "\\{\"resourceType\":\"" + type + "\"",
          "{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"tag\":[{\"code\":\"%s\"}]}"
              .formatted(type, id(), tag));
    }
  }

  private static Made created(String type, String body) {
    Web.Answer answer = Partner.send("POST", "/" + type, body, "Content-Type", FHIR);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String location = answer.headers().firstValue("Location").orElseThrow();
    return new Made(type, location.replaceFirst(".*(/" + type + "/[^/]+)/_history/.*", "$1"), body);
  }

  /** Each that is declared, in an order in which one leaves what the next needs. */
  private static void interactions(JsonNode resource, Made made) {
    Set<String> declared = declared(resource.path("interaction"));
    for (String code :
        List.of(
            "create",
            "read",
            "vread",
            "update",
            "patch",
            "history-instance",
            "history-type",
            "search-type",
            "delete")) {
      assertThat(declared.remove(code)).as(code).isTrue();
      if (code.equals("delete")) {
        conditions(resource, made);
      }
      interaction(code, made);
    }
    assertThat(declared).as("nobody tries these").isEmpty();
  }

  private static Set<String> declared(JsonNode interactions) {
    var declared = new TreeSet<String>();
    interactions.forEach(each -> declared.add(each.path("code").asText()));
    return declared;
  }

  private static void interaction(String code, Made made) {
    switch (code) {
      case "create" -> {} // it was
      case "read" -> is(200, Partner.get(made.address));
      case "vread" -> is(200, Partner.get(made.address + "/_history/1"));
      case "update" -> is(200, put(made.address, made.tagged("two")));
      case "patch" ->
          is(
              200,
              Partner.send(
                  "PATCH",
                  made.address,
                  "[{\"op\":\"replace\",\"path\":\"/meta/tag/0/code\",\"value\":\"three\"}]",
                  "Content-Type",
                  "application/json-patch+json"));
      case "history-instance" -> is(200, Partner.get(made.address + "/_history"));
      case "history-type" -> is(200, Partner.get("/" + made.type + "/_history?_count=1"));
      case "search-type" ->
          assertThat(Partner.get("/" + made.type + "?_id=" + made.id()).json().path("entry"))
              .hasSize(1);
      case "delete" -> {
        assertThat(Partner.send("DELETE", made.address, null).status()).isIn(200, 204);
        is(410, Partner.get(made.address));
      }
      default -> throw new AssertionError("nobody tries " + code);
    }
  }

  private static Web.Answer put(String address, String body) {
    return Partner.send("PUT", address, body, "Content-Type", FHIR);
  }

  /** What is declared of versions, of ids that clients choose, and of conditions. */
  private static void conditions(JsonNode resource, Made made) {
    assertThat(resource.path("versioning").asText()).isEqualTo("versioned-update");
    is(
        412,
        Partner.send(
            "PUT", made.address, made.tagged("four"), "Content-Type", FHIR, "If-Match", "W/\"1\""));
    assertThat(resource.path("readHistory").asBoolean()).isTrue();
    is(200, Partner.get(made.address + "/_history/2"));
    assertThat(resource.path("conditionalRead").asText()).isEqualTo("full-support");
    String tag = Partner.get(made.address).headers().firstValue("ETag").orElseThrow();
    is(304, Partner.get(made.address, "If-None-Match", tag));
    String condition = "_id=" + made.id();
    assertThat(resource.path("conditionalCreate").asBoolean()).isTrue();
    is(
        200,
        Partner.send(
            "POST", "/" + made.type, made.body, "Content-Type", FHIR, "If-None-Exist", condition));
    assertThat(resource.path("conditionalUpdate").asBoolean()).isTrue();
    is(200, put("/" + made.type + "?" + condition, made.tagged("five")));
    assertThat(resource.path("updateCreate").asBoolean()).isTrue();
    var chosen = new Made(made.type, "/" + made.type + "/" + UUID.randomUUID(), made.body);
    is(201, put(chosen.address, chosen.tagged("one")));
    assertThat(resource.path("conditionalDelete").asText()).isEqualTo("single");
    assertThat(Partner.send("DELETE", "/" + made.type + "?_id=" + chosen.id(), null).status())
        .isIn(200, 204);
    is(410, Partner.get(chosen.address));
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

  private static void operations(JsonNode resource, String patient, String address) {
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
                    FHIR));
        case "meta" -> is(200, Partner.get(address + "/$meta"));
        case "meta-add", "meta-delete" ->
            is(
                200,
                Partner.send(
                    "POST",
                    address + "/$" + operation.path("name").asText(),
                    "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\","
                        + "\"valueMeta\":{\"tag\":[{\"code\":\"added\"}]}}]}",
                    "Content-Type",
                    FHIR));
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
    for (String code : declared(STATEMENT.at("/rest/0/interaction"))) {
      switch (code) {
        case "history-system" -> is(200, Partner.get("/_history?_count=1"));
        case "search-system" -> is(200, Partner.get("?_count=1"));
        case "transaction", "batch" ->
            is(
                200,
                Partner.send(
                    "POST",
                    "",
                    "{\"resourceType\":\"Bundle\",\"type\":\""
                        + code
                        + "\",\"entry\":[{\"resource\":{\"resourceType\":\"Organization\","
                        + "\"name\":\"x\"},\"request\":{\"method\":\"POST\",\"url\":\"Organization\"}}]}",
                    "Content-Type",
                    FHIR));
        default -> throw new AssertionError("nobody tries " + code);
      }
    }
    for (JsonNode parameter : STATEMENT.at("/rest/0/searchParam")) {
      String name = parameter.path("name").asText();
      String value =
          name.equals("_type") ? "Patient" : value(parameter.path("type").asText(), parameter);
      is(200, Partner.get("?_count=1&" + name + "=" + value));
    }
    for (JsonNode compartment : STATEMENT.at("/rest/0/compartment")) {
      String name = compartment.asText().replaceFirst(".*/", "");
      String type = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
      assertThat(Partner.get("/" + type + "/nobody/Observation").status()).isIn(200, 403);
    }
  }

  @Test
  void theStatementIsValidItself() {
    Web.Answer answer =
        Partner.send(
            "POST", "/CapabilityStatement/$validate", STATEMENT.toString(), "Content-Type", FHIR);
    is(200, answer);
    assertThat(answer.json().at("/issue/0/severity").asText())
        .as(answer.body())
        .isEqualTo("information");
  }

  @Test
  void whatIsDeclaredOfFormsWorks() {
    for (JsonNode format : STATEMENT.path("format")) {
      String type = format.asText();
      is(200, Partner.get("/Patient?_count=1&_format=" + encode(type)));
      if (type.contains("/")) {
        Web.Answer answer = Partner.get("/Patient?_count=1", "Accept", type);
        is(200, answer);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
      }
    }
    String address = created("Patient", "{\"resourceType\":\"Patient\"}").address();
    Map<String, String> patches =
        Map.of(
            "application/json-patch+json",
            "[{\"op\":\"add\",\"path\":\"/active\",\"value\":true}]",
            FHIR,
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\",\"part\":["
                + "{\"name\":\"type\",\"valueCode\":\"replace\"},"
                + "{\"name\":\"path\",\"valueString\":\"Patient.active\"},"
                + "{\"name\":\"value\",\"valueBoolean\":false}]}]}");
    for (JsonNode format : STATEMENT.path("patchFormat")) {
      is(
          200,
          Partner.send(
              "PATCH", address, patches.get(format.asText()), "Content-Type", format.asText()));
    }
  }
}
