package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * <a href="http://hl7.org/fhir/R4/search.html#number">Numbers</a> and <a
 * href="http://hl7.org/fhir/R4/search.html#quantity">quantities</a>. Units are compared as they are
 * written, and not converted.
 */
final class Quantities {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal TENTH = new BigDecimal("0.1");
  private static final String CURRENCY = "urn:iso:std:iso:4217";

  private Quantities() {}

  /**
   * The values that an element stands for.
   *
   * @param low null if it has no lower end
   * @param high null if it has no upper end
   * @param open does not contain its ends
   */
  record Interval(@Nullable BigDecimal low, @Nullable BigDecimal high, boolean open) {

    static Optional<Interval> of(JsonNode element) {
      if (element.isNumber()) {
        return point(element);
      }
      if (element.has("low") || element.has("high")) { // Range
        return ends(element.path("low").path("value"), element.path("high").path("value"));
      }
      if (element.has("origin")) { // SampledData
        return element.has("lowerLimit") || element.has("upperLimit")
            ? ends(element.path("lowerLimit"), element.path("upperLimit"))
            : point(element.path("origin").path("value"));
      }
      JsonNode value = element.path("value");
      if (!value.isNumber()) {
        return Optional.empty();
      }
      return switch (element.path("comparator").asText()) {
        case "<" -> Optional.of(new Interval(null, value.decimalValue(), true));
        case "<=" -> Optional.of(new Interval(null, value.decimalValue(), false));
        case ">" -> Optional.of(new Interval(value.decimalValue(), null, true));
        case ">=" -> Optional.of(new Interval(value.decimalValue(), null, false));
        default -> point(value);
      };
    }

    private static Optional<Interval> point(JsonNode value) {
      return value.isNumber()
          ? Optional.of(new Interval(value.decimalValue(), value.decimalValue(), false))
          : Optional.empty();
    }

    private static Optional<Interval> ends(JsonNode low, JsonNode high) {
      return low.isNumber() || high.isNumber()
          ? Optional.of(
              new Interval(
                  low.isNumber() ? low.decimalValue() : null,
                  high.isNumber() ? high.decimalValue() : null,
                  false))
          : Optional.empty();
    }

    /** Whether some of it lies above {@code value}, or at it. */
    boolean reachesAbove(BigDecimal value, boolean orAt) {
      int above = high == null ? 1 : high.compareTo(value);
      return above > 0 || (above == 0 && orAt && !open);
    }

    boolean reachesBelow(BigDecimal value, boolean orAt) {
      int below = low == null ? -1 : low.compareTo(value);
      return below < 0 || (below == 0 && orAt && !open);
    }

    boolean isWithin(BigDecimal from, BigDecimal until) {
      return low != null
          && high != null
          && low.compareTo(from) >= 0
          && (high.compareTo(until) < 0 || (open && high.compareTo(until) == 0));
    }
  }

  /**
   * A comparison as in {@code gt5.4|http://unitsofmeasure.org|mg}.
   *
   * @param system null for any
   * @param unit code or, where no system is asked for, word; null for any
   */
  record Test(
      DateRange.Prefix prefix, BigDecimal than, @Nullable String system, @Nullable String unit) {

    /** Empty if {@code text} is no such comparison. */
    static Optional<Test> parse(String text, boolean withUnit) {
      List<String> parts = QueryText.split(text, '|');
      boolean known = parts.size() == 1 || (withUnit && (parts.size() == 2 || parts.size() == 3));
      DateRange.Prefix prefix = DateRange.Prefix.EQ;
      String number = parts.get(0);
      for (DateRange.Prefix each : DateRange.Prefix.values()) {
        if (number.startsWith(each.name().toLowerCase(Locale.ROOT))) {
          prefix = each;
          number = number.substring(2);
          break;
        }
      }
      if (!known || number.length() > 60 || !NUMBER.matcher(number).matches()) {
        return Optional.empty();
      }
      return Optional.of(new Test(prefix, new BigDecimal(number), part(parts, 1), part(parts, 2)));
    }

    private static @Nullable String part(List<String> parts, int i) {
      return i >= parts.size() || parts.get(i).isEmpty() ? null : QueryText.unescape(parts.get(i));
    }

    boolean passes(JsonNode element) {
      return hasUnit(element) && Interval.of(element).filter(this::passes).isPresent();
    }

    private boolean passes(Interval value) {
      // the last digit that is written says how precise the value is meant to be
      BigDecimal precision = HALF.scaleByPowerOfTen(-than.scale());
      BigDecimal near = than.abs().multiply(TENTH);
      return switch (prefix) {
        case EQ -> value.isWithin(than.subtract(precision), than.add(precision));
        case NE -> !value.isWithin(than.subtract(precision), than.add(precision));
        case GT -> value.reachesAbove(than, false);
        case GE -> value.reachesAbove(than, true);
        case LT -> value.reachesBelow(than, false);
        case LE -> value.reachesBelow(than, true);
        case SA -> !value.reachesBelow(than, true);
        case EB -> !value.reachesAbove(than, true);
        case AP ->
            value.reachesAbove(than.subtract(near), true)
                && value.reachesBelow(than.add(near), true);
      };
    }

    private boolean hasUnit(JsonNode element) {
      if (system == null && unit == null) {
        return true;
      }
      for (String part : new String[] {"low", "high", "origin"}) {
        if (element.path(part).isObject()) {
          return hasUnit(element.path(part));
        }
      }
      if (element.path("currency").isTextual()) {
        return (system == null || system.equals(CURRENCY))
            && (unit == null || unit.equals(element.path("currency").asText()));
      }
      if (system != null && !system.equals(element.path("system").asText())) {
        return false;
      }
      return unit == null
          || unit.equals(element.path("code").asText())
          || (system == null && unit.equals(element.path("unit").asText()));
    }
  }
}
