package emr.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * FHIR's primitive types, and what their values look like in JSON; see <a
 * href="http://hl7.org/fhir/R4/datatypes.html#primitive">primitive types</a>.
 */
public enum Primitive {
  BOOLEAN("boolean", JsonNode::isBoolean),
  INTEGER("integer", value -> isInteger(value, Integer.MIN_VALUE)),
  UNSIGNED_INT("unsignedInt", value -> isInteger(value, 0)),
  POSITIVE_INT("positiveInt", value -> isInteger(value, 1)),
  DECIMAL("decimal", JsonNode::isNumber),
  STRING("string", text(text -> true)),
  MARKDOWN("markdown", text(text -> true)),
  XHTML("xhtml", text(text -> true)),
  CODE("code", text(Primitive::isCode)),
  ID("id", text(Primitive::isId)),
  URI("uri", text(Primitive::isWithoutSpace)),
  URL("url", text(Primitive::isWithoutSpace)),
  CANONICAL("canonical", text(Primitive::isWithoutSpace)),
  OID("oid", text(Patterns.OID)),
  UUID("uuid", text(Patterns.UUID)),
  BASE64_BINARY("base64Binary", text(Primitive::isBase64)),
  DATE("date", text(Primitive::isDate)),
  DATE_TIME("dateTime", text(text -> isDate(text) || isInstant(text))),
  INSTANT("instant", text(Primitive::isInstant)),
  TIME("time", text(text -> text.length() >= 8 && endOfTime(text, 0) == text.length()));

  private static final class Patterns {
    static final Predicate<String> OID =
        Pattern.compile("urn:oid:[0-2](\\.(0|[1-9][0-9]*))+").asMatchPredicate();
    static final Predicate<String> UUID =
        Pattern.compile("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
            .asMatchPredicate();
  }

  private static final Map<String, Primitive> BY_NAME = new HashMap<>();

  static {
    for (Primitive primitive : values()) {
      BY_NAME.put(primitive.type, primitive);
    }
  }

  private static final int LONGEST_ID = 64;
  private static final String TIME_PATTERN = "##:##:##";
  private static final String ZONE_PATTERN = "##:##";

  private final String type;
  private final Predicate<JsonNode> form;

  Primitive(String type, Predicate<JsonNode> form) {
    this.type = type;
    this.form = form;
  }

  /** Null if FHIR has no primitive type of that name. */
  static @Nullable Primitive named(String type) {
    return BY_NAME.get(type);
  }

  /** The name that FHIR gives the type. */
  public String type() {
    return type;
  }

  public boolean fits(JsonNode value) {
    return form.test(value);
  }

  private static Predicate<JsonNode> text(Predicate<String> form) {
    return value ->
        value.isTextual() && !value.textValue().isEmpty() && form.test(value.textValue());
  }

  private static boolean isInteger(JsonNode value, int least) {
    return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= least;
  }

  private static boolean isWithoutSpace(String text) {
    return text.chars().noneMatch(Character::isWhitespace);
  }

  /** Words with one space between them. */
  private static boolean isCode(String text) {
    boolean afterSpace = true;
    for (int i = 0; i < text.length(); i++) {
      boolean isSpace = Character.isWhitespace(text.charAt(i));
      if (isSpace && afterSpace) {
        return false;
      }
      afterSpace = isSpace;
    }
    return !afterSpace;
  }

  private static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && !isLetter(c) && c != '-' && c != '.') {
        return false;
      }
    }
    return text.length() <= LONGEST_ID;
  }

  private static boolean isBase64(String text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isDigit(c) || isLetter(c) || c == '+' || c == '/' || c == '=') {
        letters++;
      } else if (!Character.isWhitespace(c)) {
        return false;
      }
    }
    return letters > 0 && letters % 4 == 0;
  }

  /** To the year, the month or the day. */
  private static boolean isDate(String text) {
    return switch (text.length()) {
      case 4 -> isShaped(text, 0, "####") && year(text) > 0;
      case 7 -> isShaped(text, 0, "####-##") && year(text) > 0 && isMonth(two(text, 5));
      case 10 -> isDay(text);
      default -> false;
    };
  }

  private static boolean isDay(String text) {
    if (!isShaped(text, 0, "####-##-##") || year(text) == 0 || !isMonth(two(text, 5))) {
      return false;
    }
    int day = two(text, 8);
    return day >= 1 && (day <= 28 || day <= YearMonth.of(year(text), two(text, 5)).lengthOfMonth());
  }

  /** A day, a time to the second or finer, and a zone. */
  private static boolean isInstant(String text) {
    if (text.length() < 20 || text.charAt(10) != 'T' || !isDay(text)) {
      return false;
    }
    int zone = endOfTime(text, 11);
    return zone > 0 && isZone(text, zone);
  }

  /** Where a time ends that begins there; 0 if none does. */
  private static int endOfTime(String text, int from) {
    if (!isShaped(text, from, TIME_PATTERN)
        || two(text, from) > 23
        || two(text, from + 3) > 59
        || two(text, from + 6) > 59) {
      return 0;
    }
    int end = from + TIME_PATTERN.length();
    if (end == text.length() || text.charAt(end) != '.') {
      return end;
    }
    int fraction = end + 1;
    while (fraction < text.length() && isDigit(text.charAt(fraction))) {
      fraction++;
    }
    return fraction == end + 1 ? 0 : fraction;
  }

  private static boolean isZone(String text, int from) {
    if (from + 1 == text.length()) {
      return text.charAt(from) == 'Z';
    }
    if (from + 1 + ZONE_PATTERN.length() != text.length()
        || "+-".indexOf(text.charAt(from)) < 0
        || !isShaped(text, from + 1, ZONE_PATTERN)) {
      return false;
    }
    int hours = two(text, from + 1);
    int minutes = two(text, from + 4);
    return minutes <= 59 && (hours < 14 || (hours == 14 && minutes == 0));
  }

  /** Whether digits stand where the pattern has {@code #}, and else what the pattern has. */
  private static boolean isShaped(String text, int from, String pattern) {
    if (text.length() < from + pattern.length()) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char wanted = pattern.charAt(i);
      char c = text.charAt(from + i);
      if (wanted == '#' ? !isDigit(c) : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static int year(String text) {
    return two(text, 0) * 100 + two(text, 2);
  }

  private static boolean isMonth(int month) {
    return month >= 1 && month <= 12;
  }

  private static int two(String text, int from) {
    return (text.charAt(from) - '0') * 10 + text.charAt(from + 1) - '0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
