package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partner reads over FHIR's REST, and how the answers say which version they are. */
class FhirReadingIT {

  private static final String ID = UUID.randomUUID().toString();
  private static final String ADDRESS = "/Patient/" + ID;
  private static Instant between;

  @BeforeAll
  static void store() throws InterruptedException {
    assertThat(put("A").status()).isEqualTo(201);
    Thread.sleep(1_100); // times in HTTP are of whole seconds
    between = Instant.now();
    Thread.sleep(50);
    assertThat(put("B").status()).isEqualTo(200);
  }

  private static Web.Answer put(String family, String... headers) {
    return Partner.send(
        "PUT",
        ADDRESS,
        "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\"}]}"
            .formatted(ID, family),
        headers.length == 0 ? new String[] {"Content-Type", "application/fhir+json"} : headers);
  }

  private static String header(Web.Answer answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void anAnswerSaysWhichVersionItIsAndWhereItStays() {
    String second = Staff.INSTALLATION.fhir() + ADDRESS + "/_history/2";
    Web.Answer plain = Partner.get(ADDRESS);
    Web.Answer wishing = Partner.get(ADDRESS + "?_pretty=true");
    for (Web.Answer answer : List.of(plain, wishing)) {
      assertThat(header(answer, "ETag")).isEqualTo("W/\"2\"");
      assertThat(header(answer, "Content-Location")).isEqualTo(second);
      assertThat(header(answer, "Last-Modified")).isNotEmpty();
    }
    Web.Answer changed =
        put("B", "Content-Type", "application/fhir+json", "Prefer", "return=representation");
    assertThat(header(changed, "Content-Location")).isEqualTo(second);
    assertThat(header(changed, "Location")).isEqualTo(second);
    assertThat(header(Partner.get(ADDRESS + "/_history/1"), "Content-Location"))
        .endsWith("/_history/1");
    assertThat(header(Partner.get("/Patient?_id=" + ID), "Content-Location")).isEmpty();
  }

  @Test
  void whoHasTheNewestVersionIsNotSentItAgain() {
    for (String tags : List.of("W/\"2\"", "\"2\"", "W/\"1\", W/\"2\"", "*")) {
      Web.Answer answer = Partner.get(ADDRESS, "If-None-Match", tags);
      assertThat(answer.status()).as(tags).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(Partner.get(ADDRESS, "If-None-Match", "W/\"1\"").status()).isEqualTo(200);
    String modified = header(Partner.get(ADDRESS), "Last-Modified");
    assertThat(Partner.get(ADDRESS, "If-Modified-Since", modified).status()).isEqualTo(304);
    assertThat(
            Partner.get(ADDRESS, "If-Modified-Since", httpTime(between.minusSeconds(60))).status())
        .isEqualTo(200);
    assertThat(Partner.get(ADDRESS, "If-Modified-Since", "yesterday").status()).isEqualTo(200);
    // the tag goes before the time
    assertThat(
            Partner.get(ADDRESS, "If-None-Match", "W/\"1\"", "If-Modified-Since", modified)
                .status())
        .isEqualTo(200);
  }

  private static String httpTime(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@", "@/_history", "@/_history/1", "?_id=x", "/metadata", "@/$everything"})
  void aHeadIsAnAnswerWithoutItsBody(String path) {
    String asked = path.startsWith("?") ? "/Patient" + path : path.replace("@", ADDRESS);

    Web.Answer get = Partner.get(asked);
    Web.Answer head = Partner.send("HEAD", asked, null);

    assertThat(head.status()).isEqualTo(get.status());
    assertThat(head.body()).isEmpty();
    for (String name : List.of("ETag", "Content-Type", "Last-Modified", "Content-Location")) {
      assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
    }
  }

  @Test
  @Tag("claim-16")
  void aHistoryIsOfATime() {
    String at = between.toString();
    assertThat(versions(ADDRESS + "/_history")).containsExactly("2", "1");
    assertThat(versions(ADDRESS + "/_history?_since=" + at)).containsExactly("2");
    assertThat(versions(ADDRESS + "/_history?_at=" + at)).containsExactly("1");
    assertThat(versions(ADDRESS + "/_history?_count=1")).containsExactly("2");
    assertThat(versions("/Patient/_history?_count=500&_since=" + at)).contains("2");
    assertThat(Partner.get(ADDRESS + "/_history?_since=yesterday").status()).isEqualTo(400);
    assertThat(Partner.get(ADDRESS + "/_history?_nonsense=1").status()).isEqualTo(400);
    assertThat(Partner.get("/Patient/nobody-has-this-id/_history").status()).isIn(403, 404);
  }

  private static List<String> versions(String address) {
    JsonNode history = Partner.get(address).successful(address).json();
    assertThat(history.has("total")).isFalse();
    var versions = new ArrayList<String>();
    for (JsonNode entry : history.path("entry")) {
      if (entry.at("/resource/id").asText().equals(ID)) {
        versions.add(entry.at("/resource/meta/versionId").asText());
      }
    }
    return versions;
  }

  @Test
  void metaIsAddedToAndTakenFrom() {
    String record = "/Patient/" + UUID.randomUUID();
    Partner.send(
            "PUT",
            record,
            "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"active\":true}"
                .formatted(record.substring(9)),
            "Content-Type",
            "application/fhir+json")
        .successful("storing");

    Web.Answer added = meta(record, "add", "{\"tag\":[{\"system\":\"urn:t\",\"code\":\"lost\"}]}");
    assertThat(added.json().at("/parameter/0/valueMeta/tag/0/code").asText()).isEqualTo("lost");
    assertThat(added.json().at("/parameter/0/valueMeta/versionId").asText()).isEqualTo("2");
    assertThat(header(added, "ETag")).isEqualTo("W/\"2\"");
    // a set has each once: nothing new, no version
    assertThat(
            header(
                meta(record, "add", "{\"tag\":[{\"system\":\"urn:t\",\"code\":\"lost\"}]}"),
                "ETag"))
        .isEqualTo("W/\"2\"");
    JsonNode tagged = Partner.get("/Patient?_tag=urn:t%7Clost&_id=" + record.substring(9)).json();
    assertThat(tagged.path("entry")).hasSize(1);
    assertThat(
            Partner.send(
                    "POST",
                    record + "/$meta-delete",
                    parameters("{\"tag\":[{\"system\":\"urn:t\",\"code\":\"lost\"}]}"),
                    "Content-Type",
                    "application/fhir+json",
                    "If-Match",
                    "W/\"1\"")
                .status())
        .isEqualTo(412);
    Web.Answer removed =
        meta(record, "delete", "{\"tag\":[{\"system\":\"urn:t\",\"code\":\"lost\"}]}");
    assertThat(removed.json().at("/parameter/0/valueMeta").has("tag")).isFalse();
    JsonNode now = Partner.get(record).json();
    assertThat(now.at("/meta/versionId").asText()).isEqualTo("3");
    assertThat(now.path("active").asBoolean()).isTrue();
    assertThat(Partner.send("POST", record + "/$meta", null).status()).isEqualTo(200);
    assertThat(
            Partner.send(
                    "POST",
                    record + "/$meta-add",
                    "{\"resourceType\":\"Parameters\"}",
                    "Content-Type",
                    "application/fhir+json")
                .status())
        .isEqualTo(400);
    assertThat(
            Partner.send(
                    "POST",
                    "/Patient/nobody-has-this-id/$meta-add",
                    parameters("{}"),
                    "Content-Type",
                    "application/fhir+json")
                .status())
        .isIn(403, 404);
  }

  private static Web.Answer meta(String record, String what, String meta) {
    return Partner.send(
            "POST",
            record + "/$meta-" + what,
            parameters(meta),
            "Content-Type",
            "application/fhir+json")
        .successful(what);
  }

  private static String parameters(String meta) {
    return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":%s}]}"
        .formatted(meta);
  }

  @Test
  void nobodyIsToldThatAForeignProfileIsFulfilled() {
    String patient = "{\"resourceType\":\"Patient\"}";
    String base = "http://hl7.org/fhir/StructureDefinition/Patient";
    assertThat(validated("?profile=" + base, patient).status()).isEqualTo(200);
    assertThat(validated("?profile=http://example.org/mine", patient).status()).isEqualTo(400);
    String wrapped =
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"profile\",\"valueUri\":\"%s\"},"
            + "{\"name\":\"resource\",\"resource\":{\"resourceType\":\"Patient\"}}]}";
    assertThat(validated("", wrapped.formatted(base)).status()).isEqualTo(200);
    assertThat(validated("", wrapped.formatted("http://example.org/mine")).status()).isEqualTo(400);
  }

  private static Web.Answer validated(String query, String body) {
    return Partner.send(
        "POST", "/Patient/$validate" + query, body, "Content-Type", "application/fhir+json");
  }

  @Test
  void theSameFaultsAreFoundInXmlAndInJson() {
    String json =
        "{\"resourceType\":\"Patient\",\"colour\":\"red\",\"active\":\"yes\",\"birthDate\":\"1971-13\"}";
    String xml =
        "<?xml version=\"1.0\"?><?xml-stylesheet href=\"x.css\"?>"
            + "<Patient xmlns=\"http://hl7.org/fhir\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:schemaLocation=\"http://hl7.org/fhir patient.xsd\"><colour value=\"red\"/>"
            + "<active value=\"yes\"/><birthDate value=\"1971-13\"/></Patient>";
    JsonNode found = validated("", json).successful("JSON").json();
    assertThat(found.path("issue")).hasSize(3);
    assertThat(validatedXml(xml).successful("XML").json()).isEqualTo(found);
    assertThat(validatedXml(xml.replace("</Patient>", "")).status()).isEqualTo(400);
    assertThat(validatedXml(xml.replace("<Patient", "<!DOCTYPE a><Patient")).status())
        .isEqualTo(400);
  }

  private static Web.Answer validatedXml(String body) {
    return Partner.send(
        "POST",
        "/Patient/$validate",
        body,
        "Content-Type",
        "application/fhir+xml",
        "Accept",
        "application/fhir+json");
  }

  @Test
  void aBatchAnswersEachEntryForItself() {
    String batch =
        """
        {"resourceType":"Bundle","type":"batch","entry":[
        {"request":{"method":"GET","url":"Patient/%1$s"}},
        {"request":{"method":"HEAD","url":"Patient/%1$s"}},
        {"request":{"method":"GET","url":"Patient/%1$s","ifNoneMatch":"W/\\"2\\""}},
        {"request":{"method":"GET","url":"Patient?nonsense=1"}},
        {"request":{"method":"GET","url":"?_type=Patient&_id=%1$s"}},
        {"request":{"method":"DELETE","url":"Patient"}},
        {"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Observation"}},
        {"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient","gender":"x"}},
        {"request":{"method":"PUT","url":"Patient/%1$s","ifMatch":"W/\\"1\\""},
         "resource":{"resourceType":"Patient","id":"%1$s"}},
        {"request":{"method":"BREW","url":"Patient"}},
        {"request":{"url":"Patient"}},
        {},
        {"request":{"method":"POST","url":"Patient/$validate"},"resource":{"resourceType":"Patient"}},
        {"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient"}}]}"""
            .formatted(ID);
    JsonNode answer =
        Partner.send("POST", "", batch, "Content-Type", "application/fhir+json")
            .successful("batch")
            .json();

    assertThat(answer.findValuesAsText("status").stream().map(status -> status.substring(0, 3)))
        .containsExactly(
            "200", "200", "304", "400", "200", "400", "400", "400", "412", "400", "400", "400",
            "400", "201");
    assertThat(answer.at("/entry/0/resource/id").asText()).isEqualTo(ID);
    assertThat(answer.at("/entry/1").has("resource")).isFalse();
    assertThat(answer.at("/entry/2").has("resource")).isFalse();
    assertThat(answer.at("/entry/4/resource/entry")).hasSize(1);
    assertThat(answer.at("/entry/12/response/outcome/issue/0/diagnostics").asText())
        .contains("one by one");
    for (int i : new int[] {3, 5, 6, 7, 8, 9, 10, 11}) {
      assertThat(answer.path("entry").path(i).at("/response/outcome/issue/0/diagnostics").asText())
          .isNotEmpty();
    }
  }

  @Test
  void whatWorksHereIsAskedForInABatch() {
    String batch =
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
            + "{\"request\":{\"method\":\"GET\",\"url\":\"metadata\"}}]}";
    JsonNode answer =
        Partner.send("POST", "", batch, "Content-Type", "application/fhir+json")
            .successful("batch")
            .json();
    assertThat(answer.at("/entry/0/response/status").asText()).startsWith("200");
    assertThat(answer.at("/entry/0/resource/resourceType").asText())
        .isEqualTo("CapabilityStatement");
  }

  @Test
  void anEntryOfABatchSaysForItselfWhatOfTheAnswerItWants() {
    String batch =
        """
        {"resourceType":"Bundle","type":"batch","entry":[
        {"request":{"method":"GET","url":"Patient/%1$s"}},
        {"request":{"method":"GET","url":"Patient/%1$s?_elements=gender"}},
        {"request":{"method":"GET","url":"Patient?_id=%1$s&_summary=text"}},
        {"request":{"method":"GET","url":"Patient/%1$s?_elements=gender&_summary=text"}},
        {"request":{"method":"GET","url":"Patient/%1$s?_summary=all"}}]}"""
            .formatted(ID);
    JsonNode answer =
        Partner.send("POST", "", batch, "Content-Type", "application/fhir+json")
            .successful("batch")
            .json();

    assertThat(answer.at("/entry/0/resource").has("name")).isTrue();
    for (String part : List.of("/entry/1/resource", "/entry/2/resource/entry/0/resource")) {
      assertThat(answer.at(part).has("name")).as(part).isFalse();
      assertThat(answer.at(part + "/id").asText()).isEqualTo(ID);
      assertThat(answer.at(part + "/meta/tag").findValuesAsText("code")).contains("SUBSETTED");
    }
    assertThat(answer.at("/entry/3/response/status").asText()).startsWith("400");
    assertThat(answer.at("/entry/4/response/status").asText()).startsWith("400");
  }
}
