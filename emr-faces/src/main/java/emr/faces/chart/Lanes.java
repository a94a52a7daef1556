package emr.faces.chart;

import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.FhirText;
import emr.faces.RecordWords;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A chart along time, a lane for each hospital: each an SVG in a box of {@value #WIDTH} across,
 * under one axis. A lane's name is no part of its drawing, so that it stays in sight when the
 * drawing is scrolled. What the lanes show also stands in the list below them, for keys and for
 * those who listen.
 *
 * @param nowAt x of the last day, which is today unless the past is looked at
 */
public record Lanes(List<Lane> lanes, List<Plot.Tick> ticks, String nowAt) implements Serializable {

  static final int WIDTH = 1000;
  private static final double LEFT = 12;
  private static final double RIGHT = 968;
  private static final int MARKS = 58;
  private static final int BAR = 24;
  private static final int BARS = 5;

  /**
   * @param height of its box
   * @param more how many spans of time found no place in it
   */
  public record Lane(
      String hospital, String height, List<Mark> marks, List<Bar> bars, int more, String moreY)
      implements Serializable {

    public Lane {
      marks = List.copyOf(marks);
      bars = List.copyOf(bars);
    }
  }

  /**
   * Something that happened at a moment.
   *
   * @param kind for the style sheet
   */
  public record Mark(String kind, String x, String y, String words, String type, String id)
      implements Serializable {}

  /**
   * Something that lasted.
   *
   * @param written its words as they find room
   */
  public record Bar(
      String css,
      String x,
      String y,
      String width,
      String words,
      Written written,
      String type,
      String id)
      implements Serializable {}

  /**
   * Words that stay within the box.
   *
   * @param anchor {@code start} or {@code end}: which end of them is at {@code x}
   */
  public record Written(String text, String x, String anchor) implements Serializable {

    /** Width of letters at the size of the drawing's text, on the safe side. */
    private static final double NARROW = 6.8;

    private static final double WIDE = 12.5;
    private static final int INDENT = 6;

    /** Right of {@code x} if they fit there, else left of it, else ending at the box's edge. */
    static Written at(double x, String words) {
      String text = cut(words, RIGHT - LEFT - INDENT);
      if (x + INDENT + width(text) <= WIDTH) {
        return new Written(text, Lanes.text(x + INDENT), "start");
      }
      double end = width(text) <= x - INDENT ? x - INDENT : WIDTH - INDENT;
      return new Written(text, Lanes.text(end), "end");
    }

    private static double width(String text) {
      return text.codePoints().mapToDouble(letter -> letter < 0x1100 ? NARROW : WIDE).sum();
    }

    private static String cut(String words, double room) {
      String text = words;
      while (width(text) > room) {
        text = text.substring(0, text.offsetByCodePoints(text.length(), -2)) + "…";
      }
      return text;
    }
  }

  public Lanes {
    lanes = List.copyOf(lanes);
    ticks = List.copyOf(ticks);
  }

  /**
   * @param records those that have no date are left out
   * @param from the first day; null for that of the oldest record, and a year at least
   * @param last the last day
   */
  static Lanes of(
      Collection<ChartRecord> records,
      @Nullable LocalDate from,
      LocalDate last,
      Viewpoint viewpoint) {
    List<ChartRecord> dated =
        records.stream()
            .filter(record -> RecordWords.happened(record.resource()).isPresent())
            .toList();
    LocalDate first =
        from != null
            ? from
            : Stream.concat(
                    dated.stream().map(record -> day(record, viewpoint)),
                    Stream.of(last.minusYears(1)))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    var axis = new Axis(first, last.plusDays(1));
    Map<String, List<ChartRecord>> byHospital = new LinkedHashMap<>();
    dated.stream()
        .sorted(Comparator.comparing(ChartRecord::hospital))
        .forEach(r -> byHospital.computeIfAbsent(r.hospital(), h -> new ArrayList<>()).add(r));
    var drawing = new Drawing(axis, viewpoint);
    return new Lanes(
        byHospital.entrySet().stream().map(e -> drawing.lane(e.getKey(), e.getValue())).toList(),
        TimeTicks.between(first, axis.until(), 13, viewpoint).stream()
            .map(t -> new Plot.Tick(text(axis.x(t.day())), t.label(), t.strong()))
            .toList(),
        text(axis.x(last)));
  }

  private static LocalDate day(ChartRecord record, Viewpoint viewpoint) {
    return viewpoint.dayOf(RecordWords.happened(record.resource()).orElseThrow());
  }

  private static String text(double at) {
    return BigDecimal.valueOf(at).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  private record Axis(LocalDate from, LocalDate until) {

    double x(LocalDate day) {
      double span = Math.max(1, until.toEpochDay() - from.toEpochDay());
      double part = (day.toEpochDay() - from.toEpochDay()) / span;
      return LEFT + Math.max(0, Math.min(1, part)) * (RIGHT - LEFT);
    }
  }

  /** Draws lanes, each from its own upper edge downwards. */
  private record Drawing(Axis axis, Viewpoint viewpoint) {

    Lane lane(String hospital, List<ChartRecord> records) {
      var marks = new ArrayList<Mark>();
      var bars = new ArrayList<Bar>();
      var taken = new HashSet<String>();
      int lines = 0;
      int more = 0;
      for (ChartRecord record : records) {
        Optional<Span> span = Span.of(record.resource(), viewpoint);
        if (span.isPresent() && span.get().drug() && lines < BARS) {
          bars.add(bar(record, span.get(), MARKS + BAR * lines++));
        } else if (span.isPresent() && span.get().drug()) {
          more++;
        } else if (span.isPresent() && span.get().days() > 1) {
          bars.add(bar(record, span.get(), 10));
        } else {
          mark(record, taken).ifPresent(marks::add);
        }
      }
      double height = MARKS + BAR * lines + (more > 0 ? 16 : 0) + (lines > 0 ? 4 : 0);
      return new Lane(hospital, text(height), marks, bars, more, text(height - 6));
    }

    /** One for each kind and day: what lies on top of each other is not seen. */
    private Optional<Mark> mark(ChartRecord record, Set<String> taken) {
      LocalDate day = day(record, viewpoint);
      Kind kind = Kind.of(record.type());
      double x = axis.x(day);
      if (day.isBefore(axis.from()) || !taken.add(kind + " " + Math.round(x / 3))) {
        return Optional.empty();
      }
      return Optional.of(
          new Mark(
              kind.getName(),
              text(x),
              text(kind == Kind.VISITS ? 20 : 40),
              words(record),
              record.type(),
              record.id()));
    }

    private Bar bar(ChartRecord record, Span span, double top) {
      double begin = axis.x(span.from());
      double end = axis.x(span.until());
      return new Bar(
          span.drug() ? "drug" : "stay",
          text(begin),
          text(top),
          text(Math.max(6, end - begin)),
          words(record),
          Written.at(begin, words(record)),
          record.type(),
          record.id());
    }

    private String words(ChartRecord record) {
      return FhirText.joined(
          ", ",
          ChartSummary.item(record, viewpoint).title(),
          RecordWords.happened(record.resource()).map(viewpoint::when).orElse(""));
    }
  }

  /** From one day to another. */
  private record Span(LocalDate from, LocalDate until, boolean drug) {

    long days() {
      return until.toEpochDay() - from.toEpochDay();
    }

    static Optional<Span> of(Resource resource, Viewpoint viewpoint) {
      if (resource instanceof Encounter visit && visit.getPeriod().hasStart()) {
        return Optional.of(between(visit.getPeriod(), false, false, viewpoint));
      }
      if (resource instanceof MedicationRequest order && order.hasAuthoredOn()) {
        boolean active = order.getStatus() == MedicationRequestStatus.ACTIVE;
        var period = new Period().setStartElement(order.getAuthoredOnElement());
        period.setEndElement(order.getDispenseRequest().getValidityPeriod().getEndElement());
        return active ? Optional.of(between(period, true, true, viewpoint)) : Optional.empty();
      }
      if (resource instanceof MedicationStatement use && use.hasEffectivePeriod()) {
        boolean active = use.getStatus() == MedicationStatementStatus.ACTIVE;
        return Optional.of(between(use.getEffectivePeriod(), active, true, viewpoint));
      }
      return Optional.empty();
    }

    private static Span between(Period period, boolean lasting, boolean drug, Viewpoint viewpoint) {
      LocalDate from = day(period.getStartElement(), viewpoint, viewpoint.today());
      LocalDate until = day(period.getEndElement(), viewpoint, lasting ? viewpoint.today() : from);
      return new Span(from, until.isBefore(from) ? from : until, drug);
    }

    private static LocalDate day(
        @Nullable BaseDateTimeType date, Viewpoint viewpoint, LocalDate otherwise) {
      return date == null || date.getValue() == null ? otherwise : viewpoint.dayOf(date);
    }
  }
}
