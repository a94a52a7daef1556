package emr.faces.chart;

import emr.faces.Viewpoint;
import emr.faces.chart.Flowsheet.Column;
import emr.faces.growth.Growth;
import emr.faces.growth.GrowthMeasure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/results.xhtml}: flowsheet, plots, and the same as CSV. */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class ResultsPage extends FilteredPage {

  private static final long serialVersionUID = 1L;
  private static final int COLUMNS = 8;
  private static final int MORE_COLUMNS = 24;

  /** Newest of a kind: on a first look, and where a course, more dates or a file is wanted. */
  private static final int FEW = 200;

  private static final int MOST = 400;
  private static final int GROWN = 20;

  private String row = "";
  private String beside = "";
  private String first = "";
  private String second = "";
  private String all = "";
  private String as = "";
  private Flowsheet sheet;
  private ArrayList<Column> dates = new ArrayList<>();
  private @Nullable Plot plot;
  private @Nullable Plot other;
  private @Nullable Growth growth;
  private boolean more;

  protected ResultsPage() {
    super(Period.THREE_YEARS);
  }

  /** View action. */
  public void load() {
    Viewpoint viewpoint = viewpoint();
    open(queries(viewpoint)).ifPresent(reading -> show(reading, viewpoint));
  }

  private List<String> queries(Viewpoint viewpoint) {
    int count = row.isEmpty() && all.isEmpty() && as.isEmpty() ? FEW : MOST;
    String limits = getPeriod().condition("date", viewpoint) + "&_sort=-date&_count=" + count;
    return getKinds().stream()
        .filter(k -> getKind().equals("all") || getKind().equals(k))
        .filter(k -> !k.equals("all"))
        .map(k -> SummaryCard.about(getPatient(), "Observation?category=" + k + limits))
        .toList();
  }

  private void show(Reading reading, Viewpoint viewpoint) {
    LocalDate from = getPeriod().first(viewpoint.today());
    Instant begin = from == null ? null : from.atStartOfDay(viewpoint.zone()).toInstant();
    List<Value> values =
        Flowsheet.values(reading.records(), born(), viewpoint).stream()
            .filter(value -> begin == null || !value.at().isBefore(begin))
            .filter(value -> getKind().equals("all") || value.group().equals(getKind()))
            .toList();
    more = reading.more();
    if (as.equals("csv")) {
      send("results.csv", "text/csv; charset=UTF-8", Csv.of(values, viewpoint), false);
      return;
    }
    dates = new ArrayList<>(Flowsheet.dates(values, viewpoint));
    sheet =
        Flowsheet.of(
            values, all.equals("yes") ? MORE_COLUMNS : COLUMNS, List.of(first, second), viewpoint);
    plot = Plot.of(course(values, row), begin, viewpoint);
    growth = growth(course(values, row), viewpoint).orElse(null);
    other = beside.equals(row) ? null : Plot.of(course(values, beside), begin, viewpoint);
  }

  /** Beside the curves for children, as long as the patient is one. */
  private Optional<Growth> growth(List<Value> course, Viewpoint viewpoint) {
    LocalDate born = born();
    if (born == null || !born.plusYears(GROWN).isAfter(viewpoint.today()) || course.isEmpty()) {
      return Optional.empty();
    }
    String unit = course.get(0).unit();
    return Optional.of(course.get(0).record().resource())
        .filter(Observation.class::isInstance)
        .flatMap(observation -> GrowthMeasure.of(((Observation) observation).getCode()))
        .filter(measure -> measure.unit().equals(unit))
        .flatMap(
            measure ->
                Growth.of(
                    measure,
                    getBanner().gender(),
                    born,
                    course.stream().flatMap(value -> taken(value).stream()).toList(),
                    viewpoint));
  }

  private static Optional<Growth.Taken> taken(Value value) {
    return Optional.ofNullable(value.number())
        .map(
            number ->
                new Growth.Taken(
                    value.taken(),
                    number,
                    value.shown(),
                    value.record().hospital(),
                    value.record().id()));
  }

  private static List<Value> course(List<Value> values, String key) {
    return values.stream().filter(value -> value.key().equals(key)).toList();
  }

  public Flowsheet getSheet() {
    return sheet;
  }

  /** Dates to choose from, newest first. */
  public List<Column> getDates() {
    return dates;
  }

  /** The course of the chosen row; null if none is chosen. */
  public @Nullable Plot getPlot() {
    return plot;
  }

  /** The course that stands beside it; null if none does. */
  public @Nullable Plot getOther() {
    return other;
  }

  /** The course of the chosen row among children; null for others and for what does not grow. */
  public @Nullable Growth getGrowth() {
    return growth;
  }

  /** Whether there are older results than were looked at. */
  public boolean isMore() {
    return more;
  }

  public List<String> getKinds() {
    return List.of("all", Value.VITALS, Value.LABORATORY);
  }

  /** Which results: one of {@link #getKinds()}. */
  @Override
  public String getKind() {
    String kind = super.getKind();
    return getKinds().contains(kind) ? kind : "all";
  }

  /** Key of the row that is plotted. */
  public String getRow() {
    return row;
  }

  public void setRow(@Nullable String row) {
    this.row = row == null ? "" : row;
  }

  public String getBeside() {
    return beside;
  }

  public void setBeside(@Nullable String beside) {
    this.beside = beside == null ? "" : beside;
  }

  /** Key of a column to compare. */
  public String getFirst() {
    return first;
  }

  public void setFirst(@Nullable String first) {
    this.first = first == null ? "" : first;
  }

  public String getSecond() {
    return second;
  }

  public void setSecond(@Nullable String second) {
    this.second = second == null ? "" : second;
  }

  /** yes, to see more dates. */
  public String getAll() {
    return all;
  }

  public void setAll(@Nullable String all) {
    this.all = all == null ? "" : all;
  }

  /** csv, to have a file instead of a page. */
  public String getAs() {
    return as;
  }

  public void setAs(@Nullable String as) {
    this.as = as == null ? "" : as;
  }
}
