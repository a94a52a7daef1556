package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a partner writes over FHIR's REST, alone and with others at the same moment. */
class FhirWritingIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PartnerClient LAB = PartnerClient.of(Staff.INSTALLATION, "lab.demo");
  private static String token;

  @BeforeAll
  static void signIn() {
    token = LAB.token(PartnerClient.EVERYTHING);
  }

  private static Web.Answer send(String method, String path, String body, String... headers) {
    var all = new ArrayList<>(List.of("Authorization", "Bearer " + token));
    if (body != null && !List.of(headers).contains("Content-Type")) {
      all.addAll(List.of("Content-Type", "application/fhir+json"));
    }
    all.addAll(List.of(headers));
    return LAB.web().send(method, path, body, all.toArray(String[]::new));
  }

  private static JsonNode json(Web.Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  /** A new patient, under an id of the client's. */
  private static String patient() {
    String id = fresh();
    assertThat(send("PUT", "/Patient/" + id, patient(id, "One")).status()).isEqualTo(201);
    return id;
  }

  private static String patient(String id, String family) {
    return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\"}]}"
        .formatted(id, family);
  }

  private static String observation(String id, String patient, String value) {
    return """
    {"resourceType":"Observation"%s,"status":"final","code":{"text":"weight"},\
    "subject":{"reference":"Patient/%s"},"valueQuantity":{"value":%s,"unit":"kg"}}"""
        .formatted(id.isEmpty() ? "" : ",\"id\":\"" + id + "\"", patient, value);
  }

  private static String made(String patient) {
    Web.Answer answer =
        send(
            "POST",
            "/Observation",
            observation("", patient, "60.50"),
            "Prefer",
            "return=representation");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("60.50");
    return json(answer).path("id").asText();
  }

  @Test
  void whatSaysNothingNewMakesNoVersion() {
    String patient = patient();
    Web.Answer read = send("GET", "/Patient/" + patient, null);

    Web.Answer again = send("PUT", "/Patient/" + patient, read.body());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.headers().firstValue("ETag")).contains("W/\"1\"");
    Web.Answer changed = send("PUT", "/Patient/" + patient, patient(patient, "Two"));
    assertThat(changed.headers().firstValue("ETag")).contains("W/\"2\"");
  }

  @Test
  @Tag("claim-16")
  void whatIsDeletedIsGoneAndItsVersionsStay() {
    String patient = patient();
    String id = made(patient);
    assertThat(send("DELETE", "/Patient/" + patient, null).status()).isEqualTo(409);
    assertThat(send("DELETE", "/Observation/" + id, null, "If-Match", "W/\"7\"").status())
        .isEqualTo(412);

    assertThat(send("DELETE", "/Observation/" + id, null).status()).isEqualTo(204);
    assertThat(send("DELETE", "/Observation/" + id, null).status()).isEqualTo(204);
    assertThat(send("GET", "/Observation/" + id, null).status()).isEqualTo(410);
    assertThat(send("GET", "/Observation/" + id + "/_history/1", null).status()).isEqualTo(200);
    assertThat(send("GET", "/Observation/" + id + "/_history/2", null).status()).isEqualTo(410);
    assertThat(json(send("GET", "/Observation?patient=" + patient, null)).has("entry")).isFalse();
    JsonNode history = json(send("GET", "/Observation/" + id + "/_history", null));
    assertThat(history.path("entry")).hasSize(2);
    assertThat(history.at("/entry/0/request/method").asText()).isEqualTo("DELETE");
    assertThat(history.at("/entry/0").has("resource")).isFalse();
    assertThat(history.has("total")).isFalse();

    Web.Answer back = send("PUT", "/Observation/" + id, observation(id, patient, "61"));
    assertThat(back.status()).isEqualTo(201);
    assertThat(back.headers().firstValue("ETag")).contains("W/\"3\"");
    assertThat(send("DELETE", "/Observation/" + id, null).status()).isEqualTo(204);
    assertThat(send("DELETE", "/Patient/" + patient, null).status()).isEqualTo(204);
    assertThat(send("POST", "/Observation", observation("", patient, "1")).status()).isEqualTo(422);
  }

  @Test
  void aPatchChangesWhatItSaysAndNothingElse() {
    String patient = patient();
    String id = made(patient);
    Web.Answer patched =
        send(
            "PATCH",
            "/Observation/" + id,
            "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]",
            "Content-Type",
            "application/json-patch+json",
            "Prefer",
            "return=representation");
    assertThat(patched.body()).contains("amended").contains("60.50");
    Web.Answer byPath =
        send(
            "PATCH",
            "/Observation/" + id,
            """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[\
            {"name":"type","valueCode":"replace"},\
            {"name":"path","valueString":"Observation.code.text"},\
            {"name":"value","valueString":"height"}]}]}""",
            "If-Match",
            "W/\"2\"",
            "Prefer",
            "return=representation");
    assertThat(byPath.body()).contains("height").contains("60.50").contains("amended");
    assertThat(
            send(
                    "PATCH",
                    "/Observation/" + id,
                    "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"final\"}]",
                    "Content-Type",
                    "application/json-patch+json")
                .status())
        .isEqualTo(422);
  }

  @Test
  void aConditionMeansOneRecordOrNone() {
    String number = fresh();
    String person =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:t\",\"value\":\"%s\"}]}"
            .formatted(number);
    String condition = "identifier=urn:t%7C" + number;
    assertThat(send("POST", "/Patient", person, "If-None-Exist", condition).status())
        .isEqualTo(201);
    assertThat(send("POST", "/Patient", person, "If-None-Exist", condition).status())
        .isEqualTo(200);
    Web.Answer updated =
        send("PUT", "/Patient?" + condition, person.replace("}]}", "}],\"active\":true}"));
    assertThat(updated.headers().firstValue("ETag")).contains("W/\"2\"");
    assertThat(send("POST", "/Patient", person).status()).isEqualTo(201);
    assertThat(send("POST", "/Patient", person, "If-None-Exist", condition).status())
        .isEqualTo(412);
    assertThat(send("DELETE", "/Patient?" + condition, null).status()).isEqualTo(412);
    assertThat(send("DELETE", "/Patient", null).status()).isEqualTo(400);
    assertThat(send("DELETE", "/Patient?colour=red", null).status()).isEqualTo(400);
  }

  @Test
  void aTransactionOverSeveralPatientsIsStoredWholeOrNotAtAll() {
    String first = "urn:uuid:" + fresh();
    String second = fresh();
    String note = "urn:uuid:" + fresh();
    String good =
        bundle(
            "transaction",
            entry(
                note, observation("", "x", "1").replace("Patient/x", first), "POST", "Observation"),
            entry(first, "{\"resourceType\":\"Patient\"}", "POST", "Patient"),
            entry(
                "urn:uuid:" + fresh(),
                observation("", second, "2")
                    .replace(
                        "\"status\"",
                        "\"derivedFrom\":[{\"reference\":\"" + note + "\"}],\"status\""),
                "POST",
                "Observation"),
            entry("urn:uuid:" + fresh(), patient(second, "Two"), "PUT", "Patient/" + second));
    Web.Answer stored = send("POST", "", good, "Prefer", "return=representation");
    assertThat(stored.status()).as(stored.body()).isEqualTo(200);
    JsonNode entries = json(stored).path("entry");
    assertThat(entries).hasSize(4);
    String noted = entries.path(0).path("resource").path("id").asText();
    assertThat(entries.path(0).at("/resource/subject/reference").asText())
        .isEqualTo("Patient/" + entries.path(1).at("/resource/id").asText());
    assertThat(entries.path(2).at("/resource/derivedFrom/0/reference").asText())
        .isEqualTo("Observation/" + noted);

    String third = fresh();
    String bad =
        bundle(
            "transaction",
            entry("urn:uuid:" + fresh(), patient(third, "Three"), "PUT", "Patient/" + third),
            entry(
                "urn:uuid:" + fresh(),
                observation(noted, second, "9"),
                "PUT",
                "Observation/" + noted + "\",\"ifMatch\":\"W/\\\"5\\\""));
    assertThat(send("POST", "", bad).status()).isBetween(400, 499);
    assertThat(send("GET", "/Patient/" + third, null).status()).isIn(403, 404);
  }

  @Test
  void referencesOfATransactionMayLeadInCirclesAndByConditions() {
    String one = "urn:uuid:" + fresh();
    String other = "urn:uuid:" + fresh();
    String number = fresh();
    String place = fresh();
    send(
            "POST",
            "/Location",
            "{\"resourceType\":\"Location\",\"identifier\":[{\"value\":\"%s\"}]}".formatted(place))
        .successful("a place");
    String stay =
        "{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},"
            + "\"subject\":{\"reference\":\"Patient?identifier=urn:t|%s\"},"
            + "\"location\":[{\"location\":{\"reference\":\"Location?identifier=%s\"}}],"
            + "\"partOf\":{\"reference\":\"%s\"}}";
    String patient =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:t\",\"value\":\"%s\"}]}"
            .formatted(number);

    JsonNode entries =
        json(send(
                    "POST",
                    "",
                    bundle(
                        "transaction",
                        entry(one, stay.formatted(number, place, other), "POST", "Encounter"),
                        entry(other, stay.formatted(number, place, one), "POST", "Encounter"),
                        entry("urn:uuid:" + fresh(), patient, "POST", "Patient")),
                    "Prefer",
                    "return=representation")
                .successful("circle"))
            .path("entry");

    JsonNode first = entries.path(0).path("resource");
    JsonNode second = entries.path(1).path("resource");
    assertThat(first.at("/partOf/reference").asText())
        .isEqualTo("Encounter/" + second.path("id").asText());
    assertThat(second.at("/partOf/reference").asText())
        .isEqualTo("Encounter/" + first.path("id").asText());
    assertThat(first.at("/subject/reference").asText())
        .isEqualTo("Patient/" + entries.path(2).at("/resource/id").asText());
    assertThat(first.at("/location/0/location/reference").asText()).startsWith("Location/");
    String astray = stay.formatted(number, fresh(), one);
    assertThat(
            send("POST", "", bundle("transaction", entry(one, astray, "POST", "Encounter")))
                .status())
        .isEqualTo(412);
  }

  @Test
  void whatOnlyReadsLikeAFullUrlStaysInATransaction() {
    for (String fullUrl :
        List.of("urn:uuid:" + fresh(), "http://elsewhere.example/fhir/Patient/" + fresh())) {
      String div =
          "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><a href=\\\"%s\\\">%s</a></div>";
      String document =
          """
          {"resourceType":"DocumentReference","status":"current",\
          "text":{"status":"generated","div":"%s"},\
          "masterIdentifier":{"value":"%2$s"},"type":{"text":"%2$s","coding":[{"display":"%2$s"}]},\
          "subject":{"reference":"%2$s"},"content":[{"attachment":{"url":"%2$s"}}]}"""
              .formatted(div.formatted(fullUrl, fullUrl), fullUrl);
      JsonNode entries =
          json(send(
                      "POST",
                      "",
                      bundle(
                          "transaction",
                          entry(fullUrl, "{\"resourceType\":\"Patient\"}", "POST", "Patient"),
                          entry("urn:uuid:" + fresh(), document, "POST", "DocumentReference")),
                      "Prefer",
                      "return=representation")
                  .successful("transaction"))
              .path("entry");

      String patient = "Patient/" + entries.path(0).at("/resource/id").asText();
      JsonNode stored = entries.path(1).path("resource");
      assertThat(stored.at("/subject/reference").asText()).isEqualTo(patient);
      assertThat(stored.at("/content/0/attachment/url").asText()).isEqualTo(patient);
      assertThat(stored.at("/text/div").asText())
          .contains("<a href=\"" + patient + "\">" + fullUrl + "</a>");
      for (String text :
          List.of("/masterIdentifier/value", "/type/text", "/type/coding/0/display")) {
        assertThat(stored.at(text).asText()).as(text).isEqualTo(fullUrl);
      }
    }
  }

  @Test
  void aTransactionOfWhichSomethingCannotBeReadIsNotDone() {
    String id = fresh();
    String put = entry("urn:uuid:" + fresh(), patient(id, "One"), "PUT", "Patient/" + id);
    String failing = "{\"request\":{\"method\":\"GET\",\"url\":\"Organization/%s\"}}";
    Web.Answer refused = send("POST", "", bundle("transaction", put, failing.formatted(fresh())));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(json(refused).path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(send("GET", "/Patient/" + id, null).status()).isIn(403, 404);

    String reading = "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/" + id + "\"}}";
    JsonNode done = json(send("POST", "", bundle("transaction", reading, put)).successful("both"));
    assertThat(done.at("/entry/0/resource/id").asText()).isEqualTo(id);
    assertThat(done.at("/entry/1/response/status").asText()).startsWith("201");
  }

  @Test
  void whatWasReadInPartIsNotStored() {
    String id = patient();
    Web.Answer part = send("GET", "/Patient/" + id + "?_elements=active", null);
    Web.Answer refused = send("PUT", "/Patient/" + id, part.body());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("SUBSETTED");
    assertThat(send("GET", "/Patient/" + id, null).body()).contains("One");
  }

  @Test
  void whatComesOfADeletionIsSaidBefore() {
    String patient = patient();
    String id = made(patient);
    assertThat(deletion("/Patient/" + patient).at("/issue/0/severity").asText()).isEqualTo("error");
    assertThat(deletion("/Observation/" + id).at("/issue/0/severity").asText())
        .isEqualTo("information");
    assertThat(deletion("/Organization/" + fresh()).at("/issue/0/code").asText())
        .isEqualTo("not-found");
    assertThat(send("GET", "/Observation/" + id, null).status()).isEqualTo(200);

    send("DELETE", "/Observation/" + id, null).successful("deletion");
    assertThat(deletion("/Observation/" + id).at("/issue/0/code").asText()).isEqualTo("deleted");
    assertThat(deletion("/Patient/" + patient).at("/issue/0/severity").asText())
        .isEqualTo("information");
    assertThat(send("GET", "/Patient/" + patient, null).status()).isEqualTo(200);
    assertThat(send("POST", "/Patient/" + fresh() + "/$validate", DELETION).status())
        .isEqualTo(403);
    assertThat(send("POST", "/Patient/$validate", DELETION).status()).isEqualTo(400);
  }

  private static final String DELETION =
      "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"mode\",\"valueCode\":\"delete\"}]}";

  private static JsonNode deletion(String address) {
    return json(send("POST", address + "/$validate", DELETION).successful(address));
  }

  @Test
  void whoChoosesAnIdOfTheCentresFormIsToldTheRule() {
    Web.Answer refused = send("PUT", "/Patient/1234567890123", patient("1234567890123", "One"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("made by the centre");
  }

  @Test
  void aTransactionChangesARecordOnce() {
    String id = patient();
    String twice =
        bundle(
            "transaction",
            entry("urn:uuid:" + fresh(), patient(id, "A"), "PUT", "Patient/" + id),
            entry("urn:uuid:" + fresh(), patient(id, "B"), "PUT", "Patient/" + id));
    assertThat(send("POST", "", twice).status()).isEqualTo(400);
  }

  @Test
  void tooManyEntriesAreRefused() {
    var entries = new String[20_000];
    java.util.Arrays.fill(
        entries, "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/0000000000001\"}}");
    assertThat(send("POST", "", bundle("batch", entries)).status()).isEqualTo(413);
  }

  @Test
  void aHistoryIsReadPageByPageWhileOthersWrite() {
    String patient = patient();
    String id = made(patient);
    for (int i = 2; i <= 5; i++) {
      send("PUT", "/Observation/" + id, observation(id, patient, "6" + i));
    }
    for (String path : List.of("/Observation/" + id + "/_history", "/Observation/_history")) {
      var seen = new ArrayList<String>();
      String next = path + "?_count=2";
      while (next != null && seen.stream().filter(v -> v.startsWith(id)).count() < 5) {
        JsonNode page = json(send("GET", next, null).successful(next));
        page.path("entry")
            .forEach(
                entry ->
                    seen.add(
                        entry.at("/resource/id").asText()
                            + " "
                            + entry.at("/resource/meta/versionId").asText()));
        send("POST", "/Observation", observation("", patient, "1"));
        next = link(page);
      }
      assertThat(seen).doesNotHaveDuplicates();
      assertThat(seen.stream().filter(v -> v.startsWith(id)).toList())
          .containsExactly(id + " 5", id + " 4", id + " 3", id + " 2", id + " 1");
    }
    assertThat(json(send("GET", "/_history?_count=3", null)).path("entry")).hasSize(3);
  }

  private static String link(JsonNode page) {
    return StreamSupport.stream(page.path("link").spliterator(), false)
        .filter(link -> link.path("relation").asText().equals("next"))
        .map(link -> link.path("url").asText().replaceFirst("^.*/fhir", ""))
        .findFirst()
        .orElse(null);
  }

  @Test
  @Tag("claim-16")
  void ofThoseWhoUpdateOneVersionOneWins() throws Exception {
    String patient = patient();
    String id = made(patient);
    int writers = 6;
    for (int version = 1; version <= 4; version++) {
      String tag = "W/\"" + version + "\"";
      int round = version;
      List<Web.Answer> answers =
          together(
              writers,
              writer ->
                  writer % 2 == 0
                      ? send(
                          "PUT",
                          "/Observation/" + id,
                          observation(id, patient, round + "." + writer),
                          "If-Match",
                          tag)
                      : send(
                          "POST",
                          "",
                          bundle(
                              "transaction",
                              entry(
                                  "urn:uuid:" + fresh(),
                                  observation(id, patient, round + "." + writer),
                                  "PUT",
                                  "Observation/"
                                      + id
                                      + "\",\"ifMatch\":\"W/\\\""
                                      + round
                                      + "\\\""))));
      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(writers - 1);
    }
    assertThat(json(send("GET", "/Observation/" + id + "/_history", null)).path("entry"))
        .hasSize(5);
  }

  @Test
  void noUpdateWithoutAConditionIsLost() throws Exception {
    String patient = patient();
    String id = made(patient);
    int writers = 8;
    List<Web.Answer> answers =
        together(
            writers,
            writer -> send("PUT", "/Observation/" + id, observation(id, patient, "7." + writer)));

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    Set<String> values = new HashSet<>();
    JsonNode history = json(send("GET", "/Observation/" + id + "/_history", null));
    history.path("entry").forEach(e -> values.add(e.at("/resource/valueQuantity/value").asText()));
    assertThat(history.path("entry")).hasSize(writers + 1);
    assertThat(values).hasSize(writers + 1);
  }

  @Test
  void whoCreatesOnTheSameConditionAtTheSameMomentCreatesOnce() throws Exception {
    String number = fresh();
    String person =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:t\",\"value\":\"%s\"}]}"
            .formatted(number);
    List<Web.Answer> answers =
        together(
            6,
            writer ->
                send("POST", "/Patient", person, "If-None-Exist", "identifier=urn:t%7C" + number));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(5);
  }

  @Test
  void whoChoosesTheSameIdAtTheSameMomentMakesVersionsOfOneRecord() throws Exception {
    String id = fresh();
    List<Web.Answer> answers =
        together(5, writer -> send("PUT", "/Patient/" + id, patient(id, "W" + writer)));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(4);
  }

  @Test
  void bundlesThatMeetInAnotherOrderDoNotWaitForEachOtherForEver() throws Exception {
    String one = patient();
    String other = patient();
    List<Web.Answer> answers =
        together(
            6,
            writer -> {
              String a =
                  entry("urn:uuid:" + fresh(), patient(one, "A" + writer), "PUT", "Patient/" + one);
              String b =
                  entry(
                      "urn:uuid:" + fresh(),
                      patient(other, "B" + writer),
                      "PUT",
                      "Patient/" + other);
              return send(
                  "POST",
                  "",
                  writer % 2 == 0 ? bundle("transaction", a, b) : bundle("transaction", b, a));
            });
    assertThat(answers).allMatch(answer -> answer.status() == 200);
  }

  private interface Writer {
    Web.Answer write(int writer);
  }

  private static List<Web.Answer> together(int writers, Writer writer)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    var start = new CyclicBarrier(writers);
    try {
      var all = new ArrayList<Callable<Web.Answer>>();
      for (int i = 0; i < writers; i++) {
        int number = i;
        all.add(
            () -> {
              start.await();
              return writer.write(number);
            });
      }
      var answers = new ArrayList<Web.Answer>();
      for (Future<Web.Answer> each : threads.invokeAll(all)) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static String bundle(String type, String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
        .formatted(type, String.join(",", entries));
  }

  private static String entry(String fullUrl, String resource, String method, String url) {
    return "{\"fullUrl\":\"%s\",\"resource\":%s,\"request\":{\"method\":\"%s\",\"url\":\"%s\"}}"
        .formatted(fullUrl, resource, method, url);
  }
}
