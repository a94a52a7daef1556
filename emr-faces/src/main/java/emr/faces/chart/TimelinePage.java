package emr.faces.chart;

import emr.exchange.record.Refusal;
import emr.faces.ChartItem;
import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.CustodyState;
import emr.faces.RecordWords;
import emr.faces.Viewpoint;
import emr.faces.entry.Dates;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/timeline.xhtml}: what happened, in lanes by hospital and as a list,
 * now or as it was known at a moment.
 */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class TimelinePage extends PlacedPage {

  private static final long serialVersionUID = 1L;

  /** Newest of a type: of all kinds together, and of one kind alone. */
  private static final int OF_EACH = 50;

  private static final int OF_ONE = 200;

  /** As many records' older versions as one request may ask for. */
  private static final int VERSIONS = 50;

  /**
   * A line of the list.
   *
   * @param stored when the centre stored it; empty while it waits
   * @param state null once the centre holds it
   */
  public record Event(
      String happened,
      ChartItem item,
      String hospital,
      String author,
      String stored,
      @Nullable CustodyState state,
      boolean added)
      implements Serializable {}

  private String at = "";
  private Lanes lanes;
  private ArrayList<Event> events = new ArrayList<>();
  private int all;
  private boolean more;

  protected TimelinePage() {
    super(Period.THREE_YEARS);
  }

  /** View action. */
  public void load() {
    Viewpoint viewpoint = viewpoint();
    open(queries(moment())).ifPresent(reading -> show(reading, viewpoint));
  }

  /** The moment at which the chart is shown; null for now, or if it cannot be read. */
  private @Nullable Instant moment() {
    Viewpoint viewpoint = viewpoint();
    return Dates.moment(at, viewpoint.today())
        .map(time -> time.atZone(viewpoint.zone()).toInstant())
        .orElse(null);
  }

  /** The day from which the period is counted back. */
  private LocalDate end(Viewpoint viewpoint) {
    LocalDate last = last();
    Instant moment = moment();
    LocalDate then =
        moment == null ? viewpoint.today() : LocalDate.ofInstant(moment, viewpoint.zone());
    return last == null ? then : last;
  }

  private int count() {
    return Kind.named(getKind()).size() == 1 ? OF_ONE : OF_EACH;
  }

  /** As known at a moment: what was stored by then, and what was changed since. */
  private List<String> queries(@Nullable Instant moment) {
    if (moment == null) {
      return queries(types(), last(), count(), "");
    }
    LocalDate last = last();
    var queries =
        new ArrayList<>(queries(types(), last, count(), "&_lastUpdated=le" + seconds(moment)));
    LocalDate then = LocalDate.ofInstant(moment, viewpoint().zone());
    queries.addAll(
        queries(
            types(),
            last == null || then.isBefore(last) ? then : last,
            count(),
            "&_lastUpdated=gt" + seconds(moment)));
    return queries;
  }

  private static Instant seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  private Stream<String> types() {
    return Kind.named(getKind()).stream()
        .flatMap(kind -> kind.types().stream())
        .filter(type -> !type.equals("AllergyIntolerance")); // those come with the patient
  }

  private void show(Reading reading, Viewpoint viewpoint) {
    LocalDate end = end(viewpoint);
    LocalDate from = getPeriod().first(end);
    List<Kind> kinds = Kind.named(getKind());
    more = reading.more() && isCut(reading.records(), count(), from, viewpoint);
    List<ChartRecord> shown =
        asKnown(reading.records()).stream()
            .filter(record -> kinds.contains(Kind.of(record.type())))
            .filter(record -> isWithin(record, from, last(), viewpoint))
            .filter(this::isOfPlace)
            .sorted(RecordWords.newestFirst())
            .toList();
    all = shown.size();
    lanes = Lanes.of(shown, from, end, viewpoint);
    events =
        new ArrayList<>(
            shown.stream().limit(getListed()).map(record -> event(record, viewpoint)).toList());
  }

  private List<ChartRecord> asKnown(List<ChartRecord> newest) {
    Instant moment = moment();
    if (moment == null) {
      return newest;
    }
    List<String> unsure = AsKnown.unsure(newest, moment);
    more |= unsure.size() > VERSIONS;
    try {
      List<ChartRecord> versions =
          unsure.isEmpty()
              ? List.of()
              : desk().versions(getPatient(), unsure.stream().limit(VERSIONS).toList());
      return AsKnown.at(moment, newest, versions);
    } catch (Refusal refusal) {
      desk().refuse(refusal);
      return List.of();
    }
  }

  private static Event event(ChartRecord record, Viewpoint viewpoint) {
    ChartItem item = ChartSummary.item(record, viewpoint);
    return new Event(
        item.aside(),
        item,
        record.hospital(),
        record.author(),
        record.state() == null ? viewpoint.moment(record.at()) : "",
        record.state(),
        record.number() > 1);
  }

  public Lanes getLanes() {
    return lanes;
  }

  /** Newest first. */
  public List<Event> getEvents() {
    return events;
  }

  /** How many there are, those that are not listed included. */
  public int getAll() {
    return all;
  }

  /** Whether the period may hold older records than were looked at. */
  public boolean isMore() {
    return more;
  }

  /** Whether the moment could not be read; the chart is then shown as known now. */
  public boolean isMisread() {
    return !at.isEmpty() && moment() == null;
  }

  /** Whether the chart is shown as it was known at another moment than now. */
  public boolean isPast() {
    return moment() != null;
  }

  public List<Kind> getKinds() {
    return Arrays.asList(Kind.values());
  }

  /** Name of a {@link Kind}, or all. */
  @Override
  public String getKind() {
    String kind = super.getKind();
    return Kind.named(kind).size() == 1 ? kind : "all";
  }

  /** The moment as it was typed; empty for now. */
  public String getAt() {
    return at;
  }

  public void setAt(@Nullable String at) {
    this.at = at == null ? "" : at.strip();
  }
}
