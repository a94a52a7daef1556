package emr.faces;

import java.io.Serializable;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/**
 * For whom and when a page is written: everything that its words depend on besides the records.
 *
 * @param locale language of labels and form of dates
 * @param zone in which times are shown
 * @param now the present, for ages and "today"
 */
public record Viewpoint(Locale locale, ZoneId zone, Instant now) implements Serializable {

  private static final String BUNDLE = "emr.faces.text";
  private static final String RIGHTS = "emr.faces.rights";

  /** The words under {@code key}, their {0}, {1} … replaced. */
  public String text(String key, Object... values) {
    ResourceBundle general = ResourceBundle.getBundle(BUNDLE, locale);
    ResourceBundle words =
        general.containsKey(key) ? general : ResourceBundle.getBundle(RIGHTS, locale);
    String pattern = words.getString(key);
    return values.length == 0 ? pattern : new MessageFormat(pattern, locale).format(values);
  }

  /** The words under {@code key}, or {@code otherwise} where nobody has written any. */
  String textOr(String key, String otherwise) {
    try {
      return ResourceBundle.getBundle(BUNDLE, locale).getString(key);
    } catch (MissingResourceException e) {
      return otherwise;
    }
  }

  /** The name of a resource type for people. */
  public String type(String type) {
    return textOr("type." + type, FhirText.humanised(type));
  }

  public LocalDate today() {
    return LocalDate.ofInstant(now, zone);
  }

  /** Such as 24 Nov 2026. */
  public String day(LocalDate day) {
    return format(locale.getLanguage().equals("ja") ? "yyyy年M月d日" : "d MMM yyyy").format(day);
  }

  /** Such as 24 Nov 2026 10:12; the day as a word when it is today's or yesterday's. */
  public String moment(Instant at) {
    ZonedDateTime there = at.atZone(zone);
    return nearDay(there.toLocalDate()) + " " + format("HH:mm").format(there);
  }

  /** Such as 24 Nov 2026 10:12:40. */
  public String exactly(Instant at) {
    ZonedDateTime there = at.atZone(zone);
    return day(there.toLocalDate()) + " " + format("HH:mm:ss").format(there);
  }

  /** Such as 10:12. */
  public String clock(Instant at) {
    return format("HH:mm").format(at.atZone(zone));
  }

  /** A FHIR date or time with no more precision than it has; empty for one without a value. */
  public String when(BaseDateTimeType at) {
    if (at.isEmpty() || at.getValue() == null) {
      return "";
    }
    boolean japanese = locale.getLanguage().equals("ja");
    return switch (at.getPrecision()) {
      case YEAR -> format(japanese ? "yyyy年" : "yyyy").format(dayOf(at));
      case MONTH -> format(japanese ? "yyyy年M月" : "MMM yyyy").format(dayOf(at));
      case DAY -> nearDay(dayOf(at));
      default -> moment(at.getValue().toInstant());
    };
  }

  private String nearDay(LocalDate day) {
    if (day.equals(today())) {
      return text("when.today");
    }
    return day.equals(today().minusDays(1)) ? text("when.yesterday") : day(day);
  }

  /** The day of a date as it was written, of a time as it is in {@link #zone()}. */
  LocalDate dayOf(BaseDateTimeType at) {
    return switch (at.getPrecision()) {
      case YEAR, MONTH, DAY ->
          LocalDate.of(at.getYear(), at.getMonth() == null ? 1 : at.getMonth() + 1, dayIn(at));
      default -> LocalDate.ofInstant(at.getValue().toInstant(), zone);
    };
  }

  private static int dayIn(BaseDateTimeType at) {
    return at.getDay() == null || at.getDay() == 0 ? 1 : at.getDay();
  }

  /** In years; under 15 in years and months, under 3 in months. */
  public String age(LocalDate born) {
    Period age = Period.between(born, today());
    if (age.isNegative()) {
      return "";
    }
    if (age.getYears() >= 15) {
      return text("age.years", age.getYears());
    }
    return age.getYears() >= 3
        ? text("age.years-months", age.getYears(), age.getMonths())
        : text("age.months", age.toTotalMonths());
  }

  private DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, locale);
  }
}
