package emr.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual searches that FHIR allows find what they should; what is not supported is refused. */
class FhirSearchingIT {

  /** No other test's records have it. */
  private static final String OWN = UUID.randomUUID().toString().replace("-", "");

  private static String patient;
  private static String encounter;
  private static String light;
  private static String heavy;
  private static String house;
  private static String ward;
  private static String room;

  @BeforeAll
  static void store() {
    patient =
        made(
            "Patient",
            """
            "birthDate":"1980-02-03","identifier":[{"system":"urn:t","value":"%1$s"}],"name":[
            {"family":"山田","given":["太郎"]},{"family":"ヤマダ","given":["タロウ"]},
            {"family":"Yamada%1$s","given":["Tarō"]}]"""
                .formatted(OWN));
    house = made("Location", "\"name\":\"House " + OWN + "\"");
    ward = made("Location", "\"name\":\"Ward " + OWN + "\"," + link("partOf", house));
    room =
        made(
            "Location",
            "\"name\":\"Room\",\"position\":{\"latitude\":35.6896,\"longitude\":139.7006},"
                + link("partOf", ward));
    encounter =
        made(
            "Encounter",
            "\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},\"location\":[{"
                + link("location", room)
                + "}],"
                + link("subject", patient));
    light = observation("60.5", "kg", "2026-03-01");
    heavy = observation("90", "[lb_av]", "2026-04-01");
  }

  private static String link(String name, String reference) {
    return "\"" + name + "\":{\"reference\":\"" + reference + "\"}";
  }

  private static String observation(String value, String unit, String day) {
    return made(
        "Observation",
        """
        "status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},
        "effectiveDateTime":"%s","valueQuantity":{"value":%s,"unit":"%s","code":"%s",
        "system":"http://unitsofmeasure.org"},%s,%s"""
            .formatted(
                day, value, unit, unit, link("subject", patient), link("encounter", encounter)));
  }

  /** Tagged as ours. */
  private static String made(String type, String inside) {
    Web.Answer answer =
        Partner.send(
            "POST",
            "/" + type,
            "{\"resourceType\":\"%s\",\"meta\":{\"tag\":[{\"system\":\"urn:own\",\"code\":\"%s\"}]},%s}"
                .formatted(type, OWN, inside),
            "Content-Type",
            "application/fhir+json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .replaceFirst(".*/(" + type + "/[^/]+)/_history/.*", "$1");
  }

  private static JsonNode asked(String query) {
    return Partner.get(filled(query)).successful(query).json();
  }

  /** {@code P}, {@code E} and {@code own} in braces stand for what is this test's. */
  private static String filled(String query) {
    return query
        .replace("{P}", patient)
        .replace("{E}", encounter)
        .replace("{house}", house)
        .replace("{ward}", ward)
        .replace("{room}", room)
        .replace("{own}", OWN);
  }

  private static List<String> found(JsonNode bundle, String mode) {
    var found = new ArrayList<String>();
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.at("/search/mode").asText().equals(mode)) {
        JsonNode resource = entry.path("resource");
        found.add(resource.path("resourceType").asText() + "/" + resource.path("id").asText());
      }
    }
    return found;
  }

  /** Names of what is found, for tables. */
  private static String names(List<String> found) {
    var names = new ArrayList<String>();
    for (String each : found) {
      names.add(
          each.equals(patient)
              ? "P"
              : each.equals(encounter)
                  ? "E"
                  : each.equals(light)
                      ? "light"
                      : each.equals(heavy)
                          ? "heavy"
                          : each.equals(house)
                              ? "house"
                              : each.equals(ward) ? "ward" : each.equals(room) ? "room" : each);
    }
    names.sort(null);
    return String.join(" ", names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "/Observation?patient={P}&value-quantity=60.5||kg -> light",
        "/Observation?patient={P}&value-quantity=60.5|http://unitsofmeasure.org|kg -> light",
        "/Observation?patient={P}&value-quantity=60.5||g -> ''",
        "/Observation?patient={P}&value-quantity=ap64||kg -> light",
        "/Observation?patient={P}&value-quantity=ap70||kg -> ''",
        "/Observation?patient={P}&value-quantity=6e1 -> light",
        "/Observation?patient={P}&value-quantity=ap6.05e1,9e1 -> heavy light",
        "/Observation?patient={P}&date=ge2026-03&date=lt2026-04 -> light",
        "/Observation?patient={P}&date=sa2026-03-01 -> heavy",
        "/Observation?patient={P}&code:not=x,y -> heavy light",
        "/Observation?patient={P}&code:not=x,29463-7 -> ''",
        "/Observation?patient={P}&code:not=x&code:not=http://loinc.org|29463-7 -> ''",
        "/Observation?patient={P}&code-value-quantity=29463-7$gt70 -> heavy",
        "/Observation?patient={P}&_id=a,b -> ''",
        "/Observation?patient.identifier=urn:t|{own}&status=final -> heavy light",
        "/Observation?encounter={E}&subject:Patient.birthdate=1980-02 -> heavy light",
        "/Observation?patient:Patient.name=yamada{own}&encounter.class=AMB -> heavy light",
        "/Encounter?_has:Observation:encounter:value-quantity=gt80&_tag={own} -> E",
        "/Encounter?_has:Observation:encounter:value-quantity=gt100&_tag={own} -> ''",
        "/Patient?_has:Encounter:patient:_has:Observation:encounter:code=29463-7&_id={own},x&_tag={own} -> ''",
        "/Patient?_has:Encounter:patient:_has:Observation:encounter:code=29463-7&identifier={own} -> P",
        "/Observation?encounter._has:Observation:encounter:value-quantity=gt80&patient={P} -> heavy light",
        "/Patient?identifier={own}&_source=urn:emr:hospital:lab -> P",
        "/Patient?identifier={own}&_source=urn:emr:hospital:north -> ''",
        "/Observation?patient={P}&status=http://hl7.org/fhir/observation-status|final -> heavy light",
        "/Observation?patient={P}&status=http://wrong|final -> ''",
        "/Patient?name=山田&identifier={own} -> P",
        "/Patient?name=やまだ&identifier={own} -> P",
        "/Patient?family=YAMADA{own} -> P",
        "/Patient?given=taro&identifier={own} -> P",
        "/Patient?name:exact=yamada{own} -> ''",
        "/Patient?name:exact=Yamada{own} -> P",
        "/Patient?name:contains=MADA{own} -> P",
        "/Patient?identifier={own}&gender:missing=true -> P",
        "/Patient?identifier=urn:t|{own},urn:t|x&birthdate=ge1971&birthdate=lt1981 -> P",
        "/Location?_tag=urn:own|{own}&near=35.69|139.70|1|km -> room",
        "/Location?_tag=urn:own|{own}&near=35.69|139.70|1|m -> ''",
        "/Location?partof:below={house}&_tag={own} -> room ward",
        "/Location?partof:below={ward}&_tag={own} -> room",
        "/Location?partof:above={room}&_tag={own} -> room ward",
        "/Location?partof:above={ward}&_tag={own} -> room ward",
        "/Encounter?patient={P}&location:below={house} -> E",
        "/Encounter?patient={P}&location={house} -> ''",
        "/Encounter?patient={P}&location:below={room} -> E",
        "?_type=Observation,Encounter&patient={P} -> E heavy light",
        "?_type=Observation,Encounter&patient={P}&status=final -> heavy light",
        "?_type=Observation,Encounter&patient={P}&date=ge2026-04 -> heavy",
        "?_type=Patient&identifier={own} -> P",
        "?_type=Patient,Location,Encounter,Observation&_tag=urn:own|{own} -> E P heavy house light room ward",
        "/?_type=Location&_tag=urn:own|{own}&name=ward -> ward",
        "/{P}/*?_type=Observation,Encounter -> E heavy light",
        "/{P}/*?_type=Encounter&status=finished -> E",
        "/{E}/Observation?value-quantity=90 -> heavy",
      })
  void itFinds(String query, String expected) {
    String url = encoded(query);
    assertThat(names(found(asked(url), "match"))).as(query).isEqualTo(expected.replace("''", ""));
  }

  /** What a URL cannot hold as it is. */
  private static String encoded(String query) {
    var url = new StringBuilder();
    for (char c : filled(query).toCharArray()) {
      url.append(
          c > '~' || "|[]{}\"<>^` ".indexOf(c) >= 0
              ? URLEncoder.encode(String.valueOf(c), UTF_8)
              : String.valueOf(c));
    }
    return url.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "/Observation?patient={P}&_include=Observation:encounter -> E",
        "/Observation?patient={P}&_include=Observation:encounter&_include:iterate=Encounter:location&_include:iterate=Location:partof -> E house room ward",
        "/Observation?patient={P}&_include=Observation:encounter&_include=Encounter:location -> E",
        "/Observation?patient={P}&_include=* -> E P",
        "/Observation?patient={P}&_include=Observation:subject:Patient -> P",
        "/Observation?patient={P}&_include=Observation:subject:Group -> ''",
        "/Patient?identifier={own}&_revinclude=Encounter:patient&_revinclude:iterate=Observation:encounter -> E heavy light",
        "/Encounter?patient={P}&_revinclude=*&_include=Encounter:patient -> P heavy light",
        "?_type=Encounter,Location&_tag=urn:own|{own}&_id=x -> ''",
        "?_type=Observation,Encounter&patient={P}&_include=Encounter:location -> room",
      })
  void itBringsAlong(String query, String expected) {
    assertThat(names(found(asked(encoded(query)), "include")))
        .as(query)
        .isEqualTo(expected.replace("''", ""));
  }

  @Test
  void partsOfMatchesAndOfWhatTheyBringAlong() {
    JsonNode bundle =
        asked(
            "/Observation?patient={P}&_elements=status,Encounter.class&_include=Observation:encounter");
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      assertThat(resource.at("/meta/tag").findValuesAsText("code")).contains("SUBSETTED");
      assertThat(resource.has("status")).isTrue();
      assertThat(resource.has("class"))
          .isEqualTo(resource.path("resourceType").asText().equals("Encounter"));
      assertThat(resource.has("valueQuantity")).isFalse();
    }
    assertThat(bundle.path("entry")).hasSize(3);

    JsonNode whole =
        asked("/Observation?patient={P}&_elements=status&_include=Observation:encounter");
    for (JsonNode entry : whole.path("entry")) {
      JsonNode resource = entry.path("resource");
      boolean match = entry.at("/search/mode").asText().equals("match");
      assertThat(resource.at("/meta/tag").findValuesAsText("code").contains("SUBSETTED"))
          .isEqualTo(match);
      assertThat(resource.has("subject")).isEqualTo(!match);
    }
    assertThat(whole.path("entry")).hasSize(3);
  }

  @Test
  void whoIsLenientIsNotSortedByWhatIsUnknown() {
    JsonNode bundle =
        Partner.get(filled("/Observation?patient={P}&_sort=colour"), "Prefer", "handling=lenient")
            .successful("lenient")
            .json();
    assertThat(names(found(bundle, "match"))).isEqualTo("heavy light");
    assertThat(bundle.at("/link/0/url").asText()).doesNotContain("_sort");
  }

  @Test
  void countsAreGivenWithoutMatches() {
    for (String how : List.of("_count=0", "_summary=count")) {
      JsonNode bundle = asked("/Observation?patient={P}&" + how);
      assertThat(bundle.path("total").asInt()).isEqualTo(2);
      assertThat(bundle.has("entry")).isFalse();
    }
    assertThat(
            asked("?_type=Observation,Encounter&patient={P}&_total=accurate").path("total").asInt())
        .isEqualTo(3);
    assertThat(asked("/Observation?patient={P}").has("total")).isFalse();
  }

  @Test
  void theNewestComesFirstPageByPage() {
    var seen = new ArrayList<String>();
    String next =
        filled(
            "?_type=Observation,Encounter,Location&_tag=urn:own%7C{own}&_sort=-_lastUpdated&_count=2");
    while (next != null) {
      JsonNode page = Partner.get(next).successful(next).json();
      seen.addAll(found(page, "match"));
      next =
          StreamSupport.stream(page.path("link").spliterator(), false)
              .filter(link -> link.path("relation").asText().equals("next"))
              .map(link -> link.path("url").asText().replaceFirst("^.*/fhir", ""))
              .findFirst()
              .orElse(null);
    }
    assertThat(seen).containsExactly(heavy, light, encounter, room, ward, house);
  }

  @Test
  void aFormMayComeWithAQueryToo() {
    for (String path :
        List.of("/Observation/_search?status=final", "/_search?_type=Observation&status=final")) {
      Web.Answer answer =
          Partner.send(
              "POST",
              path,
              filled("patient={P}&value-quantity=90&_format=json"),
              "Content-Type",
              "application/x-www-form-urlencoded");
      assertThat(found(answer.successful(path).json(), "match")).containsExactly(heavy);
    }
    Web.Answer compartment =
        Partner.send(
            "POST",
            filled("/{P}/Observation/_search"),
            "value-quantity=90",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(found(compartment.successful("compartment").json(), "match")).containsExactly(heavy);
  }

  @Test
  void whoIsLenientIsToldWhatWasUnderstood() {
    for (String path : List.of("/Observation", "")) {
      String query = filled(path + "?_type=Observation&nonsense=1&patient={P}&value-quantity=90");
      query = path.isEmpty() ? query : query.replace("_type=Observation&", "");
      assertThat(Partner.get(query).status()).isEqualTo(400);
      assertThat(Partner.get(query, "Prefer", "handling=strict").status()).isEqualTo(400);
      JsonNode bundle =
          Partner.get(query, "Prefer", "handling=lenient").successful("lenient").json();
      assertThat(found(bundle, "match")).containsExactly(heavy);
      assertThat(bundle.at("/link/0/url").asText())
          .doesNotContain("nonsense")
          .contains("value-quantity");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Patient?_filter=name%20eq%20x",
        "/Patient?_query=x",
        "/Patient?_content=x",
        "/Patient?_text=x",
        "/Patient?_contained=true",
        "/Patient?_contained=both",
        "/Patient?name:above=x",
        "/Observation?code:in=http://x",
        "/Observation?code:below=x",
        "/Observation?subject:below=Patient/x",
        "/Observation?subject:Spaceship=x",
        "/Observation?value-quantity=zz5",
        "/Observation?date=2026-13-40",
        "/Location?near=x",
        "/Patient?_has:Observation=x",
        "/Patient?_include=Patient",
        "/Patient?_include:first=Patient:link",
        "/Patient?_sort=colour",
        "/QuestionnaireResponse?questionnaire.name=x",
        "/QuestionnaireResponse?_include=QuestionnaireResponse:questionnaire",
        "?code=x",
        "?_type=Patient,Observation&patient=x",
        "?_type=AuditEvent"
      })
  void whatIsNotSupportedIsRefusedInWords(String query) {
    Web.Answer answer = Partner.get(query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(answer.json().at("/issue/0/diagnostics").asText()).isNotEmpty();
  }

  @Test
  void everythingIsSearchedWithoutNamingTypes() {
    JsonNode bundle = asked("?_tag=urn:own%7C{own}");
    Set<String> expected =
        new TreeSet<>(List.of(patient, encounter, light, heavy, house, ward, room));
    assertThat(new TreeSet<>(found(bundle, "match"))).isEqualTo(expected);
    assertThat(asked("?_id=" + OWN).has("entry")).isFalse();
    assertThat(asked("?_id=" + patient.substring(8) + "&_lastUpdated=ge2026").path("entry"))
        .hasSize(1);
  }

  @Test
  void whoMayReadOneTypeFindsNoOther() {
    PartnerClient lab = PartnerClient.of(Staff.INSTALLATION, "lab.demo");
    Web.Answer answer =
        lab.web()
            .send(
                "GET",
                "?_tag=urn:own%7C" + OWN,
                null,
                "Authorization",
                "Bearer " + lab.token("system/Observation.rs"));

    assertThat(found(answer.successful("searching").json(), "match"))
        .containsExactlyInAnyOrder(light, heavy);
  }
}
