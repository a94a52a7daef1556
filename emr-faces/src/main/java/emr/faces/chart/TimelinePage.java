package emr.faces.chart;

import emr.exchange.record.Refusal;
import emr.faces.ChartItem;
import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.CustodyState;
import emr.faces.RecordWords;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/timeline.xhtml}: what happened, in lanes by hospital and as a list,
 * now or as it was known at a moment.
 */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class TimelinePage extends FilteredPage {

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

  /**
   * A hospital that wrote something.
   *
   * @param key for addresses
   */
  public record Place(String key, String name) implements Serializable {}

  private String place = "";
  private String at = "";
  private Lanes lanes;
  private ArrayList<Event> events = new ArrayList<>();
  private ArrayList<Place> places = new ArrayList<>();
  private int all;
  private boolean more;
  private boolean misread;

  protected TimelinePage() {
    super(Period.THREE_YEARS);
  }

  /** View action. */
  public void load() {
    Viewpoint viewpoint = viewpoint();
    open(queries()).ifPresent(reading -> show(reading, viewpoint));
  }

  private List<String> queries() {
    List<Kind> kinds = Kind.named(getKind());
    int count = kinds.size() == 1 ? OF_ONE : OF_EACH;
    return kinds.stream()
        .flatMap(k -> k.types().stream())
        .filter(type -> !type.equals("AllergyIntolerance")) // those are asked for with the patient
        .map(type -> type + "?patient=" + getPatient() + "&_sort=-date&_count=" + count)
        .toList();
  }

  private void show(Reading reading, Viewpoint viewpoint) {
    more = reading.more();
    List<Kind> kinds = Kind.named(getKind());
    LocalDate from = getPeriod().first(viewpoint);
    List<ChartRecord> inPeriod =
        asKnown(reading.records(), viewpoint).stream()
            .filter(record -> kinds.contains(Kind.of(record.type())))
            .filter(record -> isWithin(record, from, viewpoint))
            .sorted(RecordWords.newestFirst())
            .toList();
    var names = new TreeMap<String, Place>();
    inPeriod.forEach(r -> names.put(r.hospital(), new Place(key(r.hospital()), r.hospital())));
    places = new ArrayList<>(names.values());
    List<ChartRecord> shown =
        inPeriod.stream()
            .filter(record -> place.isEmpty() || key(record.hospital()).equals(place))
            .toList();
    all = shown.size();
    lanes = Lanes.of(shown, from, viewpoint);
    events =
        new ArrayList<>(
            shown.stream().limit(getListed()).map(record -> event(record, viewpoint)).toList());
  }

  private List<ChartRecord> asKnown(List<ChartRecord> newest, Viewpoint viewpoint) {
    if (at.isEmpty()) {
      return newest;
    }
    Instant moment;
    try {
      moment = LocalDateTime.parse(at).atZone(viewpoint.zone()).toInstant();
    } catch (DateTimeException e) {
      misread = true;
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

  private static boolean isWithin(
      ChartRecord record, @Nullable LocalDate from, Viewpoint viewpoint) {
    return from == null
        || RecordWords.happened(record.resource())
            .map(date -> !viewpoint.dayOf(date).isBefore(from))
            .orElse(false);
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

  /** Whether there are older records than were looked at. */
  public boolean isMore() {
    return more;
  }

  /** Whether the moment could not be read; the chart is then shown as known now. */
  public boolean isMisread() {
    return misread;
  }

  /** Whether the chart is shown as it was known at another moment than now. */
  public boolean isPast() {
    return !at.isEmpty() && !misread;
  }

  /** Hospitals that wrote something in the period. */
  public List<Place> getPlaces() {
    return places;
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

  /** Key of the hospital whose records alone are shown; empty for all. */
  public String getPlace() {
    return place;
  }

  public void setPlace(@Nullable String place) {
    this.place = place == null ? "" : place;
  }

  /** The moment as a browser writes it, 2026-11-24T10:12; empty for now. */
  public String getAt() {
    return at;
  }

  public void setAt(@Nullable String at) {
    this.at = at == null ? "" : at;
  }
}
