package emr.faces.entry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.chrono.JapaneseChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a date as people write it: 14 Mar 1959, 14/3/1959, 1959-03-14, March 1959, 1959, or
 * 昭和34年3月14日. Numbers between slashes are day, month, year.
 */
public final class Dates {

  private static final List<DateTimeFormatter> DAYS =
      List.of(
          form("uuuu-M-d"),
          form("d MMM uuuu"),
          form("d MMMM uuuu"),
          form("MMM d, uuuu"),
          form("MMMM d, uuuu"),
          form("d/M/uuuu"),
          form("d.M.uuuu"),
          form("uuuu/M/d"),
          form("uuuu年M月d日"));

  private static final List<DateTimeFormatter> MONTHS =
      List.of(form("uuuu-M"), form("MMM uuuu"), form("MMMM uuuu"), form("M/uuuu"));

  private static final Map<String, JapaneseEra> ERAS =
      Map.of(
          "明治", JapaneseEra.MEIJI,
          "大正", JapaneseEra.TAISHO,
          "昭和", JapaneseEra.SHOWA,
          "平成", JapaneseEra.HEISEI,
          "令和", JapaneseEra.REIWA);

  private static final Pattern ERA =
      Pattern.compile("(明治|大正|昭和|平成|令和)(\\d{1,2}|元)年(\\d{1,2})月(\\d{1,2})日");
  private static final Pattern MOMENT =
      Pattern.compile("(.+?)[T\\s,]*(?<!\\d)(\\d{1,2})[:時](\\d{2})分?(?::(\\d{2}))?");
  private static final Pattern YEAR = Pattern.compile("(18|19|20)\\d\\d");

  private Dates() {}

  private static DateTimeFormatter form(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** The day that {@code typed} names; empty if it names none. */
  public static Optional<LocalDate> day(String typed) {
    String text = typed.strip().replaceAll("\\s+", " ");
    Matcher era = ERA.matcher(text);
    if (era.matches()) {
      return eraDay(era);
    }
    return DAYS.stream().flatMap(f -> parsed(f, text, false).stream()).findFirst();
  }

  /** The same, and the words for today and yesterday. */
  public static Optional<LocalDate> day(String typed, LocalDate today) {
    return switch (typed.strip().toLowerCase(Locale.ROOT)) {
      case "today", "今日", "本日" -> Optional.of(today);
      case "yesterday", "昨日" -> Optional.of(today.minusDays(1));
      default -> day(typed);
    };
  }

  /**
   * The moment that {@code typed} names, to the second: a day and a time as in 24.11.2026 10:12 or
   * 2026-11-24T10:12; of a day alone, its end. Empty if it names none.
   */
  public static Optional<LocalDateTime> moment(String typed, LocalDate today) {
    Matcher both = MOMENT.matcher(typed.strip());
    if (!both.matches()) {
      return day(typed, today).map(day -> day.atTime(23, 59, 59));
    }
    try {
      LocalTime time =
          LocalTime.of(
              Integer.parseInt(both.group(2)),
              Integer.parseInt(both.group(3)),
              both.group(4) == null ? 0 : Integer.parseInt(both.group(4)));
      return day(both.group(1), today).map(day -> day.atTime(time));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  /** As FHIR writes it, to the day, month or year that was given; empty if unreadable. */
  static Optional<String> read(String typed) {
    String text = typed.strip().replaceAll("\\s+", " ");
    if (YEAR.matcher(text).matches()) {
      return Optional.of(text);
    }
    return day(text)
        .map(LocalDate::toString)
        .or(
            () ->
                MONTHS.stream()
                    .flatMap(f -> parsed(f, text, true).stream())
                    .map(first -> YearMonth.from(first).toString())
                    .findFirst());
  }

  private static Optional<LocalDate> parsed(DateTimeFormatter form, String text, boolean month) {
    try {
      LocalDate day =
          month ? form.parse(text, YearMonth::from).atDay(1) : form.parse(text, LocalDate::from);
      return day.getYear() < 1800 ? Optional.empty() : Optional.of(day);
    } catch (DateTimeParseException notOfThisForm) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> eraDay(Matcher era) {
    try {
      int year = era.group(2).equals("元") ? 1 : Integer.parseInt(era.group(2));
      JapaneseDate day =
          JapaneseChronology.INSTANCE.date(
              ERAS.get(era.group(1)),
              year,
              Integer.parseInt(era.group(3)),
              Integer.parseInt(era.group(4)));
      return Optional.of(LocalDate.from(day));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
