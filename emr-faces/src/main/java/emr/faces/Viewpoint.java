package emr.faces;

import emr.exchange.record.Refusal;
import java.io.Serializable;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/**
 * For whom and when a page is written: everything that its words depend on besides the records.
 *
 * @param locale language of labels and form of dates; with the calendar "japanese" ({@code
 *     ja-u-ca-japanese}) years are counted by era
 * @param zone in which times are shown
 * @param now the present, for ages and "today"
 */
public record Viewpoint(Locale locale, ZoneId zone, Instant now) implements Serializable {

  private static final String ERAS = "japanese";

  /** Japan counts by the sun since; before that its days had other names. */
  private static final LocalDate FIRST_DAY_BY_ERA = LocalDate.of(1873, 1, 1);

  /**
   * Where words are looked for, in this order; pages know the first three as emrText, chartText,
   * rightsText.
   */
  private static final List<String> BUNDLES =
      List.of("emr.faces.text", "emr.faces.chart", "emr.faces.rights", "emr.faces.fhir");

  /**
   * The words under {@code key}, their {0}, {1} … replaced.
   *
   * @throws MissingResourceException if nobody has written any
   */
  public String text(String key, Object... values) {
    String pattern =
        words(key)
            .orElseThrow(() -> new MissingResourceException("no words", BUNDLES.toString(), key));
    return values.length == 0 ? pattern : new MessageFormat(pattern, locale).format(values);
  }

  /** The words under {@code key}, or {@code otherwise} where nobody has written any. */
  public String textOr(String key, String otherwise) {
    return words(key).orElse(otherwise);
  }

  /** What centre or hospital explained in English, in the reader's language where it is known. */
  public String explained(String english) {
    return Explained.of(english, this);
  }

  /** Why something was refused, in the reader's language; at least in general. */
  public String explained(Refusal refusal) {
    return Explained.sentence(refusal.explanation(), locale)
        .orElseGet(() -> text("explained.reason." + refusal.reason()));
  }

  private Optional<String> words(String key) {
    return BUNDLES.stream()
        .map(name -> ResourceBundle.getBundle(name, locale))
        .filter(bundle -> bundle.containsKey(key))
        .map(bundle -> bundle.getString(key))
        .findFirst();
  }

  /** The name of a resource type for people. */
  public String type(String type) {
    return textOr("type." + type, FhirText.humanised(type));
  }

  public LocalDate today() {
    return LocalDate.ofInstant(now, zone);
  }

  /** Such as 24 Nov 2026, 2026年11月24日 or 令和8年11月24日. */
  public String day(LocalDate day) {
    return isJapanese() ? year(day) + format("M月d日").format(day) : format("d MMM yyyy").format(day);
  }

  /** Such as Tuesday 24 November 2026 or 2026年11月24日（火）. */
  public String dayInFull(LocalDate day) {
    return isJapanese()
        ? day(day) + format("（E）").format(day)
        : format("EEEE d MMMM yyyy").format(day);
  }

  private boolean isJapanese() {
    return locale.getLanguage().equals("ja");
  }

  /** In Japanese: 2026年, or by era 令和8年, 令和元年 in its first year. */
  private String year(LocalDate day) {
    if (!ERAS.equals(locale.getUnicodeLocaleType("ca")) || day.isBefore(FIRST_DAY_BY_ERA)) {
      return day.getYear() + "年";
    }
    JapaneseDate there = JapaneseDate.from(day);
    int year = there.get(ChronoField.YEAR_OF_ERA);
    return there.getEra().getDisplayName(TextStyle.FULL, Locale.JAPANESE)
        + (year == 1 ? "元" : Integer.toString(year))
        + "年";
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

  /** Such as 24 Nov 2026 10:12:40 – 10:12:42, or one moment if both are within a second. */
  public String span(Instant from, Instant until) {
    String begin = exactly(from);
    if (begin.equals(exactly(until))) {
      return begin;
    }
    ZonedDateTime end = until.atZone(zone);
    boolean sameDay = end.toLocalDate().equals(LocalDate.ofInstant(from, zone));
    return begin + " – " + (sameDay ? format("HH:mm:ss").format(end) : exactly(until));
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
    LocalDate day = dayOf(at);
    return switch (at.getPrecision()) {
      // a year alone may lie in two eras
      case YEAR -> day.getYear() + (isJapanese() ? "年" : "");
      case MONTH ->
          isJapanese() ? year(day) + day.getMonthValue() + "月" : format("MMM yyyy").format(day);
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
  public LocalDate dayOf(BaseDateTimeType at) {
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
