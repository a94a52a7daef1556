package emr.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearTest {

  /** From Tokyo's station to others': distances as maps give them. */
  @ParameterizedTest
  @CsvSource({
    "35.6812|139.7671||, 35.6896, 139.7006, true", // Shinjuku, 6.1 km
    "35.6812|139.7671|6|km, 35.6896, 139.7006, false",
    "35.6812|139.7671|6.2|km, 35.6896, 139.7006, true",
    "35.6812|139.7671|6200|m, 35.6896, 139.7006, true",
    "35.6812|139.7671|3.8|[mi_i], 35.6896, 139.7006, true",
    "35.6812|139.7671, 35.4660, 139.6220, false", // Yokohama, 27 km
    "35.6812|139.7671|28, 35.4660, 139.6220, true",
    "35.6812|139.7671|405|km, 34.7025, 135.4959, true", // Osaka, 403 km
    "35.6812|139.7671|400|km, 34.7025, 135.4959, false",
    "0|179.9|30|km, 0, -179.9, true", // over the date line, 22 km
    "90|0|1|m, 90, 137, true", // the pole is one place
  })
  void findsWhatLiesNear(String asked, double latitude, double longitude, boolean finds) {
    Condition condition = Criteria.read("Location", "near", asked).orElseThrow();

    assertThat(EveryParameterTest.Judge.finds(condition, at(latitude, longitude))).isEqualTo(finds);
  }

  @ParameterizedTest
  @CsvSource({"35|139|20000|km", "0|0"})
  void whatHasNoPlaceIsNowhereNear(String asked) {
    Condition condition = Criteria.read("Location", "near", asked).orElseThrow();

    assertThat(EveryParameterTest.Judge.finds(condition, Sample.empty("Location"))).isFalse();
  }

  private static ObjectNode at(double latitude, double longitude) {
    ObjectNode location = JsonNodeFactory.instance.objectNode().put("resourceType", "Location");
    location.putObject("position").put("longitude", longitude).put("latitude", latitude);
    return location;
  }
}
