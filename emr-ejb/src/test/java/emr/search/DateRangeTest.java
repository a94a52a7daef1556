package emr.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateRangeTest {

  @ParameterizedTest
  @CsvSource({
    "2026, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "2026-02, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "2026-02-28, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
    "2026-02-28T10:00Z, 2026-02-28T10:00:00Z, 2026-02-28T10:01:00Z",
    "2026-02-28T10:00:05+09:00, 2026-02-28T01:00:05Z, 2026-02-28T01:00:06Z",
    "2026-02-28T10:00:05, 2026-02-28T10:00:05Z, 2026-02-28T10:00:06Z"
  })
  void coversWhatIsWritten(String text, String from, String until) {
    assertThat(DateRange.parse(text))
        .hasValueSatisfying(
            range -> {
              assertThat(range.from()).hasToString(from);
              assertThat(range.until()).hasToString(until);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "2026-13", "2026-02-30", "2026-02-28T25:00:00Z", "20260228"})
  void whatIsNoDateIsNone(String text) {
    assertThat(DateRange.parse(text)).isEmpty();
  }

  @Test
  void eventsNeedNotBeInOrder() {
    ObjectNode timing = JsonNodeFactory.instance.objectNode();
    timing.putArray("event").add("2026-03-05").add("2026-03-01").add("2026-03-03");

    assertThat(DateRange.of(timing))
        .contains(
            new DateRange(
                Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-06T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-10, eq, 2026-03, true",
    "2026-03, eq, 2026-03-10, false",
    "2026-03-10, ge, 2026-03-10, true",
    "2026-03-09, ge, 2026-03-10, false",
    "2026-03-10, gt, 2026-03-10, false",
    "2026-03-11, gt, 2026-03-10, true",
    "2026-03-10, le, 2026-03-10, true",
    "2026-03-10, lt, 2026-03-10, false",
    "2026-03-09, lt, 2026-03-10, true",
    "2026-03-10, ne, 2026-03-10, false",
    "2026-03-11, sa, 2026-03-10, true",
    "2026-03-09, eb, 2026-03-10, true",
    "2026-03-10T00:00:00Z, gt, 2026-03-09, true",
    "2026-03-10T00:00:00Z, ge, 2026-03-10T00:00:00Z, true"
  })
  void comparesAsThePrefixSays(String value, String prefix, String than, boolean passes) {
    assertThat(
            DateRange.Test.parse(prefix + than)
                .orElseThrow()
                .passes(DateRange.parse(value).orElseThrow()))
        .isEqualTo(passes);
  }
}
