package emr.faces.page;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.Emergency;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyReason;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordId;
import emr.faces.PatientBanner;
import emr.faces.Sample;
import emr.faces.Viewpoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is open in an emergency, and what was, is said in people's words. */
class EmergencyWordsTest {

  private static final Instant UNTIL = TUESDAY.now().plusSeconds(41 * 60);

  @Test
  void recordsThatWereShownAreSaidByTypeAndDayAndNotByTheirIds() {
    Instant now = TUESDAY.now();
    RecordId one = RecordId.fresh("Observation", Optional.of(Sample.AIKO));
    RecordId other = RecordId.fresh("Observation", Optional.of(Sample.AIKO));
    List<Emergency.Shown> shown =
        Stream.of(one, other, new RecordId("Condition", "own"))
            .map(record -> new Emergency.Shown(record, 1))
            .toList();
    var opening =
        new EmergencyOpening(
            UUID.randomUUID(),
            new HospitalId("south"),
            "dr.south",
            Role.PHYSICIAN,
            Sample.AIKO,
            Set.of(),
            EmergencyReason.CANNOT_SPEAK,
            "Found unconscious",
            now,
            UNTIL);

    List<String> lines =
        EmergencyReviewPage.records(
            new Emergency(opening, null, shown, shown.size(), true, null), TUESDAY);

    assertThat(lines).hasSize(2).noneMatch(line -> line.contains("/") || line.contains(one.id()));
    assertThat(lines)
        .anyMatch(line -> line.matches("Measurement or finding: 2, made \\d{1,2} \\w{3} \\d{4}.*"));
    assertThat(lines).anyMatch(line -> line.endsWith(": 1"));
  }

  @Test
  void anotherChartThatIsOpenIsNamedOnceItsPersonHasSeenIt() {
    var strip = new Strip();
    assertThat(strip.elsewhere(""))
        .extracting(GlassStrip.Elsewhere::words)
        .containsExactly("Open to you: a chart, until 10:53");

    PatientBanner banner = PatientBanner.of(Sample.aiko(), Sample.NUMBERS, TUESDAY);
    assertThat(strip.isOpen(banner)).isTrue();
    assertThat(strip.elsewhere(""))
        .extracting(GlassStrip.Elsewhere::words)
        .containsExactly("Open to you: chart of MORI Aiko");
  }

  private static final class Strip extends GlassStrip {

    private final Map<String, String> names = new HashMap<>();

    @Override
    protected Map<String, String> names() {
      return names;
    }

    @Override
    protected Viewpoint viewpoint() {
      return TUESDAY;
    }

    @Override
    protected Map<String, Instant> all() {
      return Map.of(Sample.AIKO.value(), UNTIL);
    }

    @Override
    protected Optional<Opened> find(String patient) {
      return Optional.of(new Opened(Set.of(), EmergencyReason.OTHER, "words", UNTIL));
    }

    @Override
    public boolean isPossible() {
      return true;
    }

    @Override
    protected boolean shut(String patient) {
      return true;
    }
  }
}
