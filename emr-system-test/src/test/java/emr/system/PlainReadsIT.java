package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked plainly takes a shorter way in than what comes with wishes; nobody can tell. */
class PlainReadsIT {

  private static final PartnerClient LAB = PartnerClient.of(Staff.INSTALLATION, "lab.demo");
  private static final String PATIENT = UUID.randomUUID().toString();
  private static String bearer;

  @BeforeAll
  static void signIn() {
    bearer = "Bearer " + LAB.token(PartnerClient.EVERYTHING);
    assertThat(
            put(
                """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}],\
                "meta":{"tag":[{"code":"\u00e9"}]}}"""
                    .formatted(PATIENT, "Short".repeat(400))))
        .isEqualTo(201);
    assertThat(put("{\"resourceType\":\"Patient\",\"id\":\"%s\"}".formatted(PATIENT)))
        .isEqualTo(200);
  }

  private static int put(String patient) {
    return LAB.web()
        .send(
            "PUT",
            "/Patient/" + PATIENT,
            patient,
            "Authorization",
            bearer,
            "Content-Type",
            "application/fhir+json")
        .status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Patient/@",
        "/Patient/@/_history",
        "/Patient/@/_history/1",
        "/Patient/@/_history/9",
        "/Patient/@/_history/0",
        "/Patient/@/$everything",
        "/Patient/@/$everything?_count=x",
        "/Patient/@/Observation?code=http://loinc.org%7C8867-4",
        "/Patient/@/Nothing",
        "/Patient?_id=@&_total=accurate",
        "/Patient?name=%C3%A9",
        "/Patient?nonsense=1",
        "/Patient/nobody",
        "/Observation/@",
        "/Practitioner?_count=0",
        "/Nothing/@",
        "/Patient/@/",
        "/Patient/%40",
        "/patient/@",
        "/Patient/@?_summary=true",
        "/Patient/@?_format=xml"
      })
  void bothWaysInGiveTheSame(String path) {
    String asked = path.replace("@", PATIENT);

    Web.Answer plain = LAB.web().send("GET", asked, null, "Authorization", bearer);
    Web.Answer other =
        LAB.web().send("GET", asked, null, "Authorization", bearer, "Prefer", "handling=strict");

    assertThat(plain.status()).isEqualTo(other.status());
    assertThat(timeless(plain.body())).isEqualTo(timeless(other.body()));
    for (String header : new String[] {"Content-Type", "ETag", "Last-Modified", "Vary"}) {
      assertThat(plain.headers().firstValue(header))
          .as(header)
          .isEqualTo(other.headers().firstValue(header));
    }
  }

  private static String timeless(String body) {
    return body.replaceAll("\"timestamp\":\"[^\"]*\"", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic eDp5", "Bearer", "Bearer nonsense"})
  void nobodyComesInByEitherWay(String authorization) {
    String path = "/Patient/" + PATIENT;
    String[] plain =
        authorization.isEmpty() ? new String[0] : new String[] {"Authorization", authorization};
    String[] wishing =
        authorization.isEmpty()
            ? new String[] {"Prefer", "handling=strict"}
            : new String[] {"Authorization", authorization, "Prefer", "handling=strict"};

    Web.Answer first = LAB.web().send("GET", path, null, plain);
    Web.Answer second = LAB.web().send("GET", path, null, wishing);

    assertThat(first.status()).isEqualTo(401).isEqualTo(second.status());
    assertThat(first.body()).isEqualTo(second.body());
    assertThat(first.headers().firstValue("WWW-Authenticate"))
        .isEqualTo(second.headers().firstValue("WWW-Authenticate"));
  }
}
