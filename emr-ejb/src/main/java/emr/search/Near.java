package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How near a place is, as <a href="http://hl7.org/fhir/R4/location.html#search">{@code near}</a>
 * asks: along the surface of the earth, taken as a sphere, which is right to half a percent.
 */
final class Near {

  private static final double EARTH_KILOMETRES = 6371.0088;

  /** Where the search does not say how near. */
  private static final double NEAR_KILOMETRES = 10;

  private static final Map<String, Double> KILOMETRES =
      Map.of("km", 1.0, "m", 0.001, "[mi_i]", 1.609344, "[mi_us]", 1.609347219, "[nmi_i]", 1.852);

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}(\\.\\d{0,15})?");

  private Near() {}

  /**
   * Reads {@code latitude|longitude|distance|unit}, in degrees (WGS84); the unit is one of UCUM's,
   * kilometres where it is left out.
   */
  static Predicate<JsonNode> of(String name, String text) {
    List<String> parts = QueryText.split(text, '|').stream().map(QueryText::unescape).toList();
    if (parts.size() < 2 || parts.size() > 4) {
      throw QueryText.malformed(name);
    }
    double latitude = number(name, parts.get(0), 90);
    double longitude = number(name, parts.get(1), 180);
    boolean said = parts.size() > 2 && !parts.get(2).isEmpty();
    double distance = said ? number(name, parts.get(2), 1e9) : NEAR_KILOMETRES;
    Double unit =
        parts.size() < 4 || parts.get(3).isEmpty() || !said
            ? (Double) 1.0
            : KILOMETRES.get(parts.get(3));
    if (unit == null) {
      throw QueryText.unsupported(name + " takes km, m, [mi_i], [mi_us] or [nmi_i].");
    }
    return position -> kilometres(position, latitude, longitude) <= distance * unit;
  }

  private static double number(String name, String text, double most) {
    if (!NUMBER.matcher(text).matches() || Math.abs(Double.parseDouble(text)) > most) {
      throw QueryText.malformed(name);
    }
    return Double.parseDouble(text);
  }

  /** The haversine formula; what has no place is nowhere near. */
  private static double kilometres(JsonNode position, double latitude, double longitude) {
    if (!position.path("latitude").isNumber() || !position.path("longitude").isNumber()) {
      return Double.POSITIVE_INFINITY;
    }
    double from = Math.toRadians(latitude);
    double to = Math.toRadians(position.path("latitude").doubleValue());
    double north = Math.sin((to - from) / 2);
    double east =
        Math.sin(Math.toRadians(position.path("longitude").doubleValue() - longitude) / 2);
    double half = north * north + Math.cos(from) * Math.cos(to) * east * east;
    return 2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(half)));
  }
}
