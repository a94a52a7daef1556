package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.system.Asking.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Resources of every type, the specification's own examples and others with a value in every
 * element: stored, read back equal in JSON and XML, found by what they hold, versioned, deleted.
 */
class FhirTypesIT {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final String EXAMPLES = "/org/hl7/fhir/testcases/r4/examples/";

  /** Of HL7's test cases, those that are the specification's examples. */
  private static final List<String> NAMES =
      List.of(
          "account-example",
          "allergyintolerance-example",
          "appointment-example",
          "appointmentresponse-example",
          "basic-example",
          "binary-example",
          "bodystructure-example-fetus",
          "capabilitystatement-example",
          "careteam-example",
          "clinicalimpression-example",
          "codesystem-example",
          "communication-example",
          "compartmentdefinition-example",
          "composition-example",
          "conceptmap-example",
          "condition-example",
          "consent-example",
          "detectedissue-example",
          "device-example",
          "diagnosticreport-example",
          "documentreference-example",
          "encounter-example",
          "endpoint-example",
          "episodeofcare-example",
          "familymemberhistory-example",
          "flag-example",
          "goal-example",
          "graphdefinition-example",
          "group-example",
          "healthcareservice-example",
          "immunization-example",
          "implementationguide-example",
          "linkage-example",
          "list-example",
          "location-example",
          "medicationadministration0301",
          "medicationdispense0301",
          "medicationstatementexample1",
          "messagedefinition-example",
          "messageheader-example",
          "molecularsequence-example",
          "namingsystem-example",
          "observation-decimal",
          "observation-example",
          "operationdefinition-example",
          "operationoutcome-example",
          "organization-1",
          "organization-example",
          "parameters-example",
          "patient-example",
          "paymentnotice-example",
          "person-example",
          "practitioner-example",
          "practitionerrole-example",
          "questionnaire-example",
          "questionnaireresponse-example-bluebook",
          "riskassessment-example",
          "schedule-example",
          "searchparameter-example",
          "slot-example",
          "specimen-example",
          "structuredefinition-example-composition",
          "structuremap-example",
          "subscription-example",
          "substance-example",
          "supplydelivery-example",
          "valueset-example");

  /**
   * They refer to types to which their own definitions do not lead, and one's items have no linkId,
   * which is required; each with the end of what is named then.
   */
  private static final Map<String, String> WRONG =
      Map.of(
          "deviceusestatement-example", ".reference",
          "devicemetric-example", ".reference",
          "medicationrequest0301", ".reference",
          "bundle-questionnaire", ".linkId");

  /** The centre writes its trail itself, and takes none. */
  private static final String TRAIL = "auditevent-example";

  /** How many values of a parameter are asked for. */
  private static final int MOST_VALUES = 5;

  /** Of the types' parameters those that an instance has a value for, at least. */
  private static final int MOST_PARAMETERS = 1_000;

  private static final Pattern PATIENT =
      Pattern.compile("\"(?:http://hl7.org/fhir/)?Patient/([A-Za-z0-9.-]{1,64})\"");

  /** Types and parameters that records were asked for by. */
  private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();

  private final Map<String, String> patients = new HashMap<>();

  @TestFactory
  Stream<DynamicTest> anInstanceOfEveryTypeLivesItsLife() {
    String patient = "Patient/" + created("Patient", "{\"resourceType\":\"Patient\"}");
    var instances = new Instances(patient);
    JsonNode resources = Partner.get("/metadata").json().at("/rest/0/resource");
    DynamicTest last =
        DynamicTest.dynamicTest(
            "most parameters apply", () -> assertThat(ASKED).hasSizeGreaterThan(MOST_PARAMETERS));
    Stream<DynamicTest> lives =
        StreamSupport.stream(resources.spliterator(), false)
            .map(resource -> resource.path("type").asText())
            .filter(type -> !type.equals("AuditEvent")) // the centre's own
            .map(
                type ->
                    DynamicTest.dynamicTest(
                        type,
                        () -> {
                          Resource instance = instances.of(type);
                          String own = UUID.randomUUID().toString();
                          instance.getMeta().addTag(Instances.tag(own));
                          life(Partner.R4.newJsonParser().encodeResourceToString(instance), own);
                        }));
    return Stream.concat(lives, Stream.of(last));
  }

  @TestFactory
  Stream<DynamicTest> anExampleOfTheSpecificationLivesItsLife() {
    return NAMES.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      ObjectNode example = json(withOwnPatients(example(name)));
                      String own = UUID.randomUUID().toString();
                      ObjectNode tag = example.withObject("/meta").withArray("/tag").addObject();
                      tag.put("system", "urn:test:instances").put("code", own);
                      life(example.toString(), own);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> anExampleThatBreaksARuleIsRefused() {
    return WRONG.entrySet().stream()
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    wrong.getKey(),
                    () ->
                        assertThat(refused(wrong.getKey()).at("/issue/0/expression/0").asText())
                            .endsWith(wrong.getValue())));
  }

  @Test
  void theTrailIsNotWrittenByOthers() {
    assertThat(refused(TRAIL).at("/issue/0/diagnostics").asText()).contains("writes itself");
  }

  private JsonNode refused(String name) {
    ObjectNode example = json(withOwnPatients(example(name)));
    Web.Answer answer =
        Partner.send(
            "POST",
            "/" + example.path("resourceType").asText(),
            example.toString(),
            "Content-Type",
            "application/fhir+json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    return answer.json();
  }

  @Test
  void noExampleIsLeftOut() throws IOException {
    var all = new TreeSet<String>(NAMES);
    all.addAll(WRONG.keySet());
    all.add(TRAIL);
    String folder = EXAMPLES.substring(1);
    var jar =
        (JarURLConnection)
            FhirTypesIT.class.getResource(EXAMPLES + TRAIL + ".json").openConnection();
    assertThat(
            jar.getJarFile().stream()
                .map(JarEntry::getName)
                .filter(name -> name.startsWith(folder) && name.endsWith(".json"))
                .map(name -> name.substring(folder.length()).replaceFirst("\\.json$", ""))
                .filter(name -> name.indexOf('/') < 0))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  private static String example(String name) {
    try (InputStream in = FhirTypesIT.class.getResourceAsStream(EXAMPLES + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Examples name patients of their own, who must be there before. */
  private String withOwnPatients(String example) {
    Matcher reference = PATIENT.matcher(example);
    return reference.replaceAll(
        found ->
            "\"Patient/"
                + patients.computeIfAbsent(
                    found.group(1), id -> created("Patient", "{\"resourceType\":\"Patient\"}"))
                + "\"");
  }

  private static String created(String type, String body) {
    Web.Answer answer =
        Partner.send("POST", "/" + type, body, "Content-Type", "application/fhir+json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String location = answer.headers().firstValue("Location").orElseThrow();
    return location.replaceFirst(".*/" + type + "/", "").replaceFirst("/_history/.*", "");
  }

  private static void life(String text, String own) {
    ObjectNode sent = json(text);
    String type = sent.path("resourceType").asText();
    String id = created(type, text);
    String address = "/" + type + "/" + id;

    assertThat(stored(address)).isEqualTo(plain(sent));
    Web.Answer xml = Partner.get(address, "Accept", "application/fhir+xml").successful(address);
    assertThat(xml.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/fhir+xml");
    IBaseResource read = Partner.R4.newXmlParser().parseResource(xml.body());
    if (!type.equals("Binary")) { // of base64 the blanks are left out
      unchangedByWhatWasRead(address, xml.body());
    }
    // the client writes exponents out, and leaves out what it does not know, wherever it reads them
    assertThat(withoutBlanks(json(encoded(read))))
        .isIn(withoutBlanks(sent), withoutBlanks(json(encoded(parsed(text)))));

    foundByWhatItHolds(type, id, parsed(text), own);
    versioned(address, id, xml.body());

    assertThat(Partner.send("DELETE", address, null).status()).isIn(200, 204);
    assertThat(Partner.get(address).status()).isEqualTo(410);
    assertThat(Partner.get(address + "/_history/1").status()).isEqualTo(200);
  }

  /** To the digits of its decimals and the blanks of its narrative, and no version is made. */
  private static void unchangedByWhatWasRead(String address, String xml) {
    Web.Answer answer = Partner.send("PUT", address, xml, "Content-Type", "application/fhir+xml");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).contains("W/\"1\"");
  }

  /** What was read as XML goes back with a change, and the first version stays what it was. */
  private static void versioned(String address, String id, String xml) {
    String first = stored(address).toString();
    var second = (Resource) Partner.R4.newXmlParser().parseResource(xml);
    second.getMeta().addProfile("http://example.org/second");
    second.setId(id);
    Web.Answer answer =
        Partner.send(
            "PUT",
            address,
            Partner.R4.newXmlParser().encodeResourceToString(second),
            "Content-Type",
            "application/fhir+xml",
            "If-Match",
            "W/\"1\"");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(stored(address + "/_history/1").toString()).isEqualTo(first);
    JsonNode history = Partner.get(address + "/_history").successful(address).json();
    assertThat(history.path("entry").size()).isEqualTo(2);
  }

  private static Resource parsed(String text) {
    return (Resource) Partner.R4.newJsonParser().parseResource(text);
  }

  private static String encoded(IBaseResource resource) {
    return Partner.R4.newJsonParser().encodeResourceToString(resource);
  }

  private static ObjectNode stored(String address) {
    return plain(
        json(Partner.get(address, "Accept", "application/fhir+json").successful(address).body()));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The client's parser for XML takes several blanks in a narrative for one. */
  private static ObjectNode withoutBlanks(ObjectNode resource) {
    ObjectNode plain = plain(resource);
    for (JsonNode holder : plain.findParents("div")) {
      ((ObjectNode) holder).put("div", holder.path("div").asText().replaceAll("\\s+", ""));
    }
    return plain;
  }

  /** Without what the centre makes. */
  private static ObjectNode plain(ObjectNode resource) {
    ObjectNode plain = resource.deepCopy();
    plain.remove(List.of("id", "meta"));
    return plain;
  }

  /** Each parameter whose value the definitions' FHIRPath finds. */
  private static void foundByWhatItHolds(String type, String id, Resource resource, String own) {
    String patient = named(resource);
    var missed = new ArrayList<String>();
    for (Query query : queries(type, resource)) {
      String address =
          "/%s?_tag=%s&%s=%s"
              .formatted(
                  type,
                  encode("urn:test:instances|" + own),
                  query.parameter(),
                  encode(query.value()));
      Web.Answer answer = Partner.get(address);
      if (answer.status() == 403 && patient != null) {
        answer = Partner.get(address + "&patient=" + patient);
      }
      boolean found =
          answer.status() == 200 && answer.json().at("/entry/0/resource/id").asText().equals(id);
      if (!found) {
        missed.add(query + " → " + answer.status());
      }
    }
    assertThat(missed).as(type).isEmpty();
  }

  /** The patient whose chart it is in, if any; only one chart is searched at a time. */
  private static String named(Resource resource) {
    Matcher reference = PATIENT.matcher(encoded(resource));
    return reference.find() ? "Patient/" + reference.group(1) : null;
  }

  /** Of each parameter that leads to something, in FHIR's own reading of its definition. */
  private static Set<Query> queries(String type, Resource resource) {
    var queries = new LinkedHashSet<Query>();
    for (RuntimeSearchParam parameter : Partner.R4.getResourceDefinition(type).getSearchParams()) {
      String path = parameter.getPath();
      if (path == null || path.isBlank() || parameter.getName().startsWith("_")) {
        continue;
      }
      List<IBase> values = Asking.values(resource, path);
      List<Query> asked =
          parameter.getParamType() == RestSearchParameterTypeEnum.COMPOSITE
              ? Asking.composed(parameter, type, resource)
              : Asking.by(parameter, values);
      if (asked.isEmpty()
          && values.stream().anyMatch(v -> Asking.saysSomething(parameter.getParamType(), v))) {
        throw new AssertionError("nobody asks for " + type + "." + parameter.getName());
      }
      asked.stream().limit(MOST_VALUES).forEach(queries::add);
    }
    queries.forEach(query -> ASKED.add(type + " " + query.parameter().replaceFirst(":.*", "")));
    return queries;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
