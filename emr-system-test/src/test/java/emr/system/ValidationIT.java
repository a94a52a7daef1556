package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What a partner sends is held against all of base R4, unless its hospital is known to check it.
 */
class ValidationIT {

  private static final PartnerClient PRACTICE =
      PartnerClient.of(Staff.INSTALLATION, "practice.demo");
  private static final PartnerClient LAB = PartnerClient.of(Staff.INSTALLATION, "lab.demo");

  /** Breaks the invariant obs-6: a value, and why there is none. */
  private static final String WRONG =
      """
      {"resourceType":"Observation","status":"final","code":{"text":"weight"},\
      "subject":{"reference":"Patient/%s"},"valueString":"unmentionable",\
      "dataAbsentReason":{"text":"unmentionable"}}""";

  private static Web.Answer send(PartnerClient by, String method, String path, String body) {
    return by.web()
        .send(
            method,
            path,
            body,
            "Authorization",
            "Bearer " + by.token(PartnerClient.EVERYTHING),
            "Content-Type",
            "application/fhir+json");
  }

  private static String patientOf(PartnerClient partner) {
    String id = UUID.randomUUID().toString();
    String patient = "{\"resourceType\":\"Patient\",\"id\":\"%s\"}".formatted(id);
    assertThat(send(partner, "PUT", "/Patient/" + id, patient).status()).isEqualTo(201);
    return id;
  }

  private static int records(PartnerClient partner, String patient) {
    return send(partner, "GET", "/Patient/" + patient + "/$everything", null)
        .json()
        .path("entry")
        .size();
  }

  @Test
  void whatBreaksAnInvariantIsRefusedWithItsNameAndStoresNothing() {
    String patient = patientOf(PRACTICE);

    Web.Answer answer = send(PRACTICE, "POST", "/Observation", WRONG.formatted(patient));

    assertThat(answer.status()).isEqualTo(422);
    JsonNode issue = answer.json().path("issue").path(0);
    assertThat(issue.path("expression").path(0).asText()).startsWith("Observation");
    assertThat(answer.body()).contains("obs-6").doesNotContain("unmentionable");
    assertThat(records(PRACTICE, patient)).isEqualTo(1);
  }

  @Test
  void whatIsRightIsStored() {
    String patient = patientOf(PRACTICE);
    String right =
        WRONG.formatted(patient).replace(",\"dataAbsentReason\":{\"text\":\"unmentionable\"}", "");

    assertThat(send(PRACTICE, "POST", "/Observation", right).status()).isEqualTo(201);
    assertThat(records(PRACTICE, patient)).isEqualTo(2);
  }

  @Test
  void aHospitalThatChecksWhatItSendsIsCheckedForStructureOnly() {
    String patient = patientOf(LAB);

    assertThat(send(LAB, "POST", "/Observation", WRONG.formatted(patient)).status()).isEqualTo(201);
  }
}
