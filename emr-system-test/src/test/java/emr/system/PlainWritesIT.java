package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent plainly takes a shorter way in than what comes with wishes; nobody can tell. */
class PlainWritesIT {

  private static final PartnerClient LAB = PartnerClient.of(Staff.INSTALLATION, "lab.demo");
  private static String bearer;

  @BeforeAll
  static void signIn() {
    bearer = "Bearer " + LAB.token(PartnerClient.EVERYTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "POST | /Patient | {'resourceType':'Patient','gender':'other'} | - | -",
        "POST | /Patient | {'resourceType':'Patient','gender':'other'} | - | return=representation",
        "POST | /Patient | {'resourceType':'Patient','gender':'nonsense'} | - | -",
        "POST | /Patient | {'resourceType':'Observation','status':'final'} | - | -",
        "POST | /Observation | {'resourceType':'Observation','status':'final'} | - | -",
        "POST | /Nothing | {'resourceType':'Nothing'} | - | -",
        "POST | /Patient | {'resourceType':'Patient' | - | -",
        "POST | /Patient | [] | - | -",
        "PUT | /Patient/@ | {'resourceType':'Patient','id':'@'} | - | -",
        "PUT | /Patient/@ | {'resourceType':'Patient','id':'@','active':true} | - | return=minimal",
        "PUT | /Patient/@ | {'resourceType':'Patient','id':'other'} | - | -",
        "PUT | /Patient/@ | {'resourceType':'Patient','id':'@'} | W/`1` | -",
        "PUT | /Patient/@ | {'resourceType':'Patient','id':'@'} | nonsense | -",
        "PUT | /Patient/a_b | {'resourceType':'Patient','id':'a_b'} | - | -",
        "PUT | /Patient | {'resourceType':'Patient'} | - | -",
        "POST | /Patient/@ | {'resourceType':'Patient','id':'@'} | - | -"
      })
  void bothWaysInGiveTheSame(
      String method, String path, String body, String ifMatch, String prefer) {
    String json = body.replace('\'', '"');
    String tag = ifMatch == null ? null : ifMatch.replace('`', '"');
    Web.Answer plain = send(method, path, json, tag, prefer);
    Web.Answer other =
        send(method, path, json, tag, (prefer == null ? "" : prefer + ",") + "handling=strict");

    assertThat(plain.status()).isEqualTo(other.status());
    assertThat(timeless(plain.body())).isEqualTo(timeless(other.body()));
    for (String header : new String[] {"Content-Type", "ETag", "Location", "Vary"}) {
      assertThat(plain.headers().firstValue(header).map(PlainWritesIT::timeless))
          .as(header)
          .isEqualTo(other.headers().firstValue(header).map(PlainWritesIT::timeless));
    }
    assertThat(plain.headers().firstValue("Last-Modified").isPresent())
        .isEqualTo(other.headers().firstValue("Last-Modified").isPresent());
  }

  /** About a record of its own. */
  private static Web.Answer send(
      String method, String path, String body, String ifMatch, String prefer) {
    String id = UUID.randomUUID().toString();
    var headers =
        new ArrayList<>(List.of("Authorization", bearer, "Content-Type", "application/fhir+json"));
    if (ifMatch != null) {
      headers.addAll(List.of("If-Match", ifMatch));
    }
    if (prefer != null) {
      headers.addAll(List.of("Prefer", prefer));
    }
    return LAB.web()
        .send(method, path.replace("@", id), body.replace("@", id), headers.toArray(String[]::new));
  }

  private static String timeless(String text) {
    return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "~")
        .replaceAll("[0-9a-z]{11,13}(-[0-9a-z]{11,13})?", "~")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "~")
        .replaceAll("[0-9a-f]{64}", "~");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-", "Bearer nonsense"})
  void nobodyStoresByEitherWay(String authorization) {
    for (String prefer : new String[] {"return=minimal", "handling=strict"}) {
      var headers =
          new ArrayList<>(List.of("Content-Type", "application/fhir+json", "Prefer", prefer));
      if (authorization != null) {
        headers.addAll(List.of("Authorization", authorization));
      }
      Web.Answer answer =
          LAB.web()
              .send(
                  "POST",
                  "/Patient",
                  "{\"resourceType\":\"Patient\"}",
                  headers.toArray(String[]::new));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
  }
}
