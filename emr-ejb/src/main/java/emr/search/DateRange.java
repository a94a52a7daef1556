package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The time that a FHIR date, dateTime, instant or Period covers: what is written to the day covers
 * the day. Without a zone, UTC is meant.
 *
 * @param from the first instant; {@link Instant#MIN} if it has no beginning
 * @param until the first instant after it; {@link Instant#MAX} if it has no end
 */
public record DateRange(Instant from, Instant until) {

  private static final String SECONDS = "0000-00-00T00:00:00";
  private static final Pattern MINUTES = Pattern.compile("T\\d\\d:\\d\\d($|[Z+\\-])");
  private static final Pattern ZONE = Pattern.compile("T.*(Z|[+\\-]\\d\\d:\\d\\d)$");

  /** Reads FHIR's forms of a date or time; empty for anything else. */
  public static Optional<DateRange> parse(String text) {
    try {
      if (text.indexOf('T') < 0) {
        return Optional.of(
            switch (text.length()) {
              case 4 -> days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
              case 7 -> {
                YearMonth month = YearMonth.parse(text);
                yield days(month.atDay(1), month.plusMonths(1).atDay(1));
              }
              case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
              default -> throw new DateTimeException("not a date");
            });
      }
      Instant from = instant(text);
      ChronoUnit precision =
          MINUTES.matcher(text).find()
              ? ChronoUnit.MINUTES
              : text.indexOf('.') < 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
      return Optional.of(new DateRange(from, from.plus(1, precision)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(String text) {
    if (text.length() >= SECONDS.length() + 1 && isPlain(text)) {
      return plain(text);
    }
    return ZONE.matcher(text).find()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /** Whether it is written as nearly all are: to the second or finer, with a zone. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < SECONDS.length(); i++) {
      char wanted = SECONDS.charAt(i);
      if (wanted == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
        return false;
      }
    }
    int zone = zone(text);
    int rest = text.length() - zone;
    return rest == 1
        ? text.charAt(zone) == 'Z'
        : rest == 6
            && "+-".indexOf(text.charAt(zone)) >= 0
            && isDigit(text.charAt(zone + 1))
            && isDigit(text.charAt(zone + 2))
            && text.charAt(zone + 3) == ':'
            && isDigit(text.charAt(zone + 4))
            && isDigit(text.charAt(zone + 5));
  }

  /** Where the digits of the seconds end. */
  private static int zone(String text) {
    int at = SECONDS.length();
    if (text.charAt(at) == '.' && isDigit(text.charAt(Math.min(at + 1, text.length() - 1)))) {
      do {
        at++;
      } while (at < text.length() && at <= SECONDS.length() + 9 && isDigit(text.charAt(at)));
    }
    return at;
  }

  /** A tenth of the time that a formatter takes. */
  private static Instant plain(String text) {
    LocalDateTime local =
        LocalDateTime.of(
            two(text, 0) * 100 + two(text, 2),
            two(text, 5),
            two(text, 8),
            two(text, 11),
            two(text, 14),
            two(text, 17));
    int zone = zone(text);
    int nanos = 0;
    for (int i = SECONDS.length() + 1, unit = 100_000_000; i < zone; i++, unit /= 10) {
      nanos += (text.charAt(i) - '0') * unit;
    }
    int sign = text.charAt(zone) == '-' ? -1 : 1;
    ZoneOffset offset =
        text.charAt(zone) == 'Z'
            ? ZoneOffset.UTC
            : ZoneOffset.ofHoursMinutes(sign * two(text, zone + 1), sign * two(text, zone + 4));
    return Instant.ofEpochSecond(local.toEpochSecond(offset), nanos);
  }

  private static int two(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The range of an element: a date in writing, a Period, or a Timing's events or bounds. */
  static Optional<DateRange> of(JsonNode element) {
    if (element.isTextual()) {
      return parse(element.asText());
    }
    if (element.has("start") || element.has("end")) {
      Instant from = parse(element.path("start").asText()).map(DateRange::from).orElse(Instant.MIN);
      Instant until = parse(element.path("end").asText()).map(DateRange::until).orElse(Instant.MAX);
      return Optional.of(new DateRange(from, until));
    }
    if (element.path("event").isArray() && !element.path("event").isEmpty()) {
      var events = new ArrayList<DateRange>();
      element.path("event").forEach(event -> of(event).ifPresent(events::add));
      return events.stream().reduce(DateRange::and);
    }
    return element.path("repeat").has("boundsPeriod")
        ? of(element.path("repeat").path("boundsPeriod"))
        : Optional.empty();
  }

  private static DateRange days(LocalDate from, LocalDate until) {
    return new DateRange(
        from.atStartOfDay().toInstant(ZoneOffset.UTC),
        until.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /** From the beginning of the first of both to the end of the last. */
  DateRange and(DateRange other) {
    return new DateRange(
        from.isBefore(other.from) ? from : other.from,
        until.isAfter(other.until) ? until : other.until);
  }

  /** Whether it is a point in time, to the second. */
  public boolean isInstant() {
    return !from.equals(Instant.MIN)
        && !until.equals(Instant.MAX)
        && !until.isAfter(from.plusSeconds(1));
  }

  /**
   * A comparison as in {@code date=ge2024-01}; see <a
   * href="http://hl7.org/fhir/R4/search.html#prefix">prefixes</a>.
   */
  public record Test(Prefix prefix, DateRange than) {

    /** Whether {@code range} passes; an instant is taken as a point. */
    public boolean passes(DateRange range) {
      Instant end = range.isInstant() ? range.from.plusNanos(1000) : range.until;
      return switch (prefix) {
        case EQ -> !range.from.isBefore(than.from) && !end.isAfter(than.until);
        case NE -> range.from.isBefore(than.from) || end.isAfter(than.until);
        case GT -> end.isAfter(than.until);
        case GE -> end.isAfter(than.from);
        case LT -> range.from.isBefore(than.from);
        case LE -> range.from.isBefore(than.until);
        case SA -> !range.from.isBefore(than.until);
        case EB -> !end.isAfter(than.from);
        case AP -> {
          DateRange about = about();
          yield range.from.isBefore(about.until) && end.isAfter(about.from);
        }
      };
    }

    /** What is near enough: a tenth of the time between now and then more, on both sides. */
    public DateRange about() {
      Duration tenth = Duration.between(than.from, Instant.now()).abs().dividedBy(10);
      return new DateRange(than.from.minus(tenth), than.until.plus(tenth));
    }

    /** Empty if {@code text} is no such comparison. */
    public static Optional<Test> parse(String text) {
      String value = text.replace(' ', '+'); // of a zone, in a URL that was not encoded
      for (Prefix prefix : Prefix.values()) {
        if (value.regionMatches(true, 0, prefix.name(), 0, 2)) {
          return DateRange.parse(value.substring(2)).map(range -> new Test(prefix, range));
        }
      }
      return DateRange.parse(value).map(range -> new Test(Prefix.EQ, range));
    }
  }

  /** How a value is compared. */
  public enum Prefix {
    EQ,
    NE,
    GT,
    GE,
    LT,
    LE,
    SA,
    EB,
    AP
  }
}
