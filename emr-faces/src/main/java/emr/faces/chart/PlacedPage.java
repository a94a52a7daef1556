package emr.faces.chart;

import emr.exchange.record.HospitalNames;
import emr.faces.ChartRecord;
import emr.faces.RecordWords;
import emr.faces.Viewpoint;
import emr.faces.entry.Dates;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page about one patient whose list is narrowed by a hospital and a last day too, so that what is
 * older than the newest that are looked at can be reached.
 */
public abstract class PlacedPage extends FilteredPage {

  private static final long serialVersionUID = 1L;

  private String place = "";
  private String until = "";

  protected PlacedPage(Period usual) {
    super(usual);
  }

  /**
   * A hospital of the exchange.
   *
   * @param id for addresses
   */
  public record Place(String id, String name) implements Serializable {}

  /** By name. */
  public List<Place> getPlaces() {
    return places(desk().hospitals());
  }

  static List<Place> places(Collection<HospitalNames.Named> hospitals) {
    return hospitals.stream()
        .map(named -> new Place(named.id().value(), named.name()))
        .sorted(Comparator.comparing(Place::name))
        .toList();
  }

  private Optional<Place> chosen() {
    return getPlaces().stream().filter(each -> each.id().equals(place)).findFirst();
  }

  /** {@code &_hospital=…} for a search, or nothing. */
  String ofPlace() {
    return chosen().map(each -> "&_hospital=" + each.id()).orElse("");
  }

  /** What waits here, or was kept while the centre is away, is not asked for by the hospital. */
  boolean isOfPlace(ChartRecord record) {
    return chosen().map(each -> each.name().equals(record.hospital())).orElse(true);
  }

  /** The last day that is looked at; null if nobody says, or it cannot be read. */
  @Nullable LocalDate last() {
    return Dates.day(until, viewpoint().today()).orElse(null);
  }

  /** Whether the last day could not be read; there is none then. */
  public boolean isUntilMisread() {
    return !until.isEmpty() && last() == null;
  }

  static boolean isWithin(
      ChartRecord record, @Nullable LocalDate from, @Nullable LocalDate last, Viewpoint viewpoint) {
    Optional<LocalDate> day = RecordWords.happened(record.resource()).map(viewpoint::dayOf);
    return (from == null || day.filter(d -> !d.isBefore(from)).isPresent())
        && (last == null || day.filter(d -> !d.isAfter(last)).isPresent());
  }

  /**
   * Whether the period may hold more records than were read: of a type as many came as were asked
   * for, and none of them is older than the period.
   *
   * @param asked how many of a type
   */
  static boolean isCut(
      Collection<ChartRecord> read, int asked, @Nullable LocalDate from, Viewpoint viewpoint) {
    Map<String, List<ChartRecord>> byType =
        read.stream()
            .filter(record -> record.state() == null)
            .collect(Collectors.groupingBy(ChartRecord::type));
    return byType.entrySet().stream()
        .filter(type -> type.getValue().size() >= asked)
        .anyMatch(
            type ->
                !UpTo.isInOrder(type.getKey())
                    || type.getValue().stream()
                        .allMatch(record -> isWithin(record, from, null, viewpoint)));
  }

  /** Searches for {@code types}, newest first, up to the last day and at the place. */
  List<String> queries(Stream<String> types, @Nullable LocalDate last, int count, String further) {
    return types
        .flatMap(
            type ->
                UpTo.conditions(type, last).stream()
                    .map(
                        condition ->
                            type
                                + "?patient="
                                + getPatient()
                                + condition
                                + ofPlace()
                                + further
                                + "&_sort=-date&_count="
                                + count))
        .toList();
  }

  /** Id of the hospital whose records alone are shown; empty for all. */
  public String getPlace() {
    return chosen().map(Place::id).orElse("");
  }

  public void setPlace(@Nullable String place) {
    this.place = place == null ? "" : place;
  }

  /** The last day as it was typed; empty for none. */
  public String getUntil() {
    return until;
  }

  public void setUntil(@Nullable String until) {
    this.until = until == null ? "" : until.strip();
  }
}
