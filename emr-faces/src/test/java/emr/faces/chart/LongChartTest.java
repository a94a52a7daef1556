package emr.faces.chart;

import static emr.faces.Sample.TUESDAY;
import static emr.faces.Sample.stored;
import static emr.faces.Sample.weight;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.record.HospitalId;
import emr.exchange.record.HospitalNames;
import emr.exchange.record.Refusal;
import emr.faces.ChartRecord;
import emr.faces.PatientBanner;
import emr.faces.Sample;
import emr.faces.Viewpoint;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages of a chart ask for, where it is longer than what is looked at. */
class LongChartTest {

  private static final LocalDate SPRING = LocalDate.of(2024, 4, 30);

  private final Page page = new Page();

  @Test
  void outsideRecordsAreAskedForWithoutTheirOwn() {
    List<String> queries = OutsidePage.queries("p", new HospitalId("north"));

    assertThat(queries)
        .contains("Observation?patient=p&_count=50&_hospital:not=north")
        .contains("Consent?patient=p&_count=50");
    assertThat(queries)
        .filteredOn(query -> !query.startsWith("Consent"))
        .allMatch(query -> query.endsWith("&_hospital:not=north"));
  }

  @Test
  void anEarlierLastDayIsAskedForAndTheUndatedToo() {
    assertThat(UpTo.conditions("Observation", SPRING))
        .containsExactly("&date=le2024-05-01", "&date:missing=true");
    assertThat(UpTo.conditions("Condition", SPRING))
        .containsExactly(
            "&onset-date=le2024-05-01",
            "&onset-date:missing=true&recorded-date=le2024-05-01",
            "&onset-date:missing=true&recorded-date:missing=true");
    assertThat(UpTo.conditions("ServiceRequest", SPRING)).containsExactly("");
    assertThat(UpTo.conditions("Observation", null)).containsExactly("");
  }

  @Test
  void theHospitalIsAskedForByItsIdAndAnotherIdIsNone() {
    page.setPatient("p");
    page.setPlace("south");
    assertThat(page.queries(Stream.of("Observation"), null, 50, ""))
        .containsExactly("Observation?patient=p&_hospital=south&_sort=-date&_count=50");
    assertThat(page.isOfPlace(stored(weight("w", "60", "2026-05-18"), "South Clinic"))).isTrue();
    assertThat(page.isOfPlace(stored(weight("w", "60", "2026-05-18"), "North"))).isFalse();

    page.setPlace("1a2b3c");
    assertThat(page.getPlace()).isEmpty();
    assertThat(page.queries(Stream.of("Observation"), null, 50, "")).noneMatch(isPlaced());
  }

  private static Predicate<String> isPlaced() {
    return query -> query.contains("_hospital");
  }

  @Test
  void aLastDayThatCannotBeReadIsSaidToBe() {
    page.setUntil("24.4.2026");
    assertThat(page.last()).isEqualTo(LocalDate.of(2026, 4, 24));
    page.setUntil("yesterday");
    assertThat(page.last()).isEqualTo(TUESDAY.today().minusDays(1));
    assertThat(page.isUntilMisread()).isFalse();
    page.setUntil("soon");
    assertThat(page.last()).isNull();
    assertThat(page.isUntilMisread()).isTrue();
  }

  @Test
  void thereIsMoreOnlyWhereAllThatWasAskedForLiesInThePeriod() {
    LocalDate from = LocalDate.of(2024, 1, 1);
    List<ChartRecord> within =
        IntStream.range(0, 5)
            .mapToObj(i -> stored(weight("w" + i, "60", "2024-03-0" + (i + 1)), "N"))
            .toList();
    assertThat(PlacedPage.isCut(within, 5, from, TUESDAY)).isTrue();
    assertThat(PlacedPage.isCut(within, 6, from, TUESDAY)).isFalse();

    var older = new ArrayList<>(within);
    older.set(4, stored(weight("o", "60", "2023-12-31"), "N"));
    assertThat(PlacedPage.isCut(older, 5, from, TUESDAY)).isFalse();
    assertThat(PlacedPage.isCut(older, 5, null, TUESDAY)).isTrue();
  }

  @Test
  void aPeriodIsCountedBackFromTheLastDay() {
    assertThat(Period.THREE_YEARS.first(SPRING)).isEqualTo(LocalDate.of(2021, 4, 30));
    assertThat(Period.ALL.first(SPRING)).isNull();
  }

  @Test
  void aPastMomentAsksForWhatWasStoredByThenAndForWhatWasChangedSince() {
    var timeline = new PastTimeline();
    timeline.setPatient("p");
    timeline.setKind("visits");
    timeline.setAt("2024-04-30T10:12");
    timeline.load();

    assertThat(timeline.desk.asked)
        .containsExactly(
            "Encounter?patient=p&_lastUpdated=le2024-04-30T01:12:00Z&_sort=-date&_count=200",
            "Encounter?patient=p&date=le2024-05-01&_lastUpdated=gt2024-04-30T01:12:00Z"
                + "&_sort=-date&_count=200",
            "Encounter?patient=p&date:missing=true&_lastUpdated=gt2024-04-30T01:12:00Z"
                + "&_sort=-date&_count=200");
    assertThat(timeline.isPast()).isTrue();

    timeline.setAt("once");
    assertThat(timeline.isMisread()).isTrue();
    assertThat(timeline.isPast()).isFalse();
  }

  private static final class Page extends PlacedPage {

    private static final long serialVersionUID = 1L;

    Page() {
      super(Period.ALL);
    }

    @Override
    protected ChartDesk desk() {
      return new Desk();
    }
  }

  private static final class PastTimeline extends TimelinePage {

    private static final long serialVersionUID = 1L;

    private final transient Desk desk = new Desk();

    @Override
    protected ChartDesk desk() {
      return desk;
    }
  }

  /** Remembers what is asked for, and knows nothing. */
  private static final class Desk implements ChartDesk {

    private final List<String> asked = new ArrayList<>();

    @Override
    public Viewpoint viewpoint() {
      return TUESDAY;
    }

    @Override
    public boolean isMayAdd() {
      return false;
    }

    @Override
    public Reader reader() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEmergency(String patient) {
      return false;
    }

    @Override
    public String place() {
      return "North";
    }

    @Override
    public List<HospitalNames.Named> hospitals() {
      return List.of(
          new HospitalNames.Named(new HospitalId("south"), "South Clinic", true),
          new HospitalNames.Named(new HospitalId("north"), "North", true));
    }

    @Override
    public String placeOf(HospitalId hospital) {
      return hospital.value();
    }

    @Override
    public Opened open(String patient, List<String> queries) {
      asked.addAll(queries);
      return new Opened(
          PatientBanner.of(Sample.aiko(), Sample.NUMBERS, TUESDAY),
          null,
          0,
          new Reading(List.of(), "", false));
    }

    @Override
    public Reading read(String patient, List<String> queries) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<ChartRecord> versions(String patient, List<String> records) {
      return List.of();
    }

    @Override
    public void refuse(Refusal refusal) {
      throw refusal;
    }
  }
}
