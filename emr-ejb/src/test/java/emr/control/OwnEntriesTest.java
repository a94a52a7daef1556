package emr.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import emr.storage.FhirJson;
import org.junit.jupiter.api.Test;

class OwnEntriesTest {

  private static final JsonNode PRACTITIONER =
      FhirJson.read(
          "{\"resourceType\":\"Practitioner\",\"identifier\":[{\"system\":\"urn:npi\",\"value\":\"7\"}]}"
              .getBytes(UTF_8));

  @Test
  void anEntryIsMeantByItsIdentifier() {
    assertThat(fulfils("Practitioner?identifier=urn:npi|7")).isTrue();
    assertThat(fulfils("Practitioner?identifier=urn%3Anpi%7C7")).isTrue();
    assertThat(fulfils("Practitioner?identifier=7")).isTrue();
    assertThat(fulfils("Practitioner?identifier=urn:other|7")).isFalse();
    assertThat(fulfils("Practitioner?identifier=urn:npi|8")).isFalse();
    assertThat(fulfils("Organization?identifier=urn:npi|7")).isFalse();
    assertThat(fulfils("Practitioner?name=x")).isFalse();
  }

  private static boolean fulfils(String reference) {
    return new OwnEntries(reference).fulfils("Practitioner", PRACTITIONER, null);
  }
}
