package emr.faces.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "14 Mar 1959",
        "14 mar 1959",
        "14 March 1959",
        "March 14, 1959",
        "1959-03-14",
        "14/3/1959",
        "1959年3月14日",
        "昭和34年3月14日"
      })
  void readsABirthDateAsPeopleWriteIt(String typed) {
    assertThat(Dates.day(typed)).contains(LocalDate.of(1959, 3, 14));
  }

  @ParameterizedTest
  @ValueSource(strings = {"31/02/1959", "1959", "mori", "", "59-3-14"})
  void readsNoDateWhereThereIsNone(String typed) {
    assertThat(Dates.day(typed)).isEmpty();
  }

  @Test
  void keepsThePrecisionThatWasGiven() {
    assertThat(Dates.read("2014")).contains("2014");
    assertThat(Dates.read("Mar 2014")).contains("2014-03");
    assertThat(Dates.read("14 Mar 2014")).contains("2014-03-14");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-24T10:12",
        "2026-11-24 10:12:00",
        "24.11.2026 10:12",
        "24 Nov 2026, 10:12",
        "2026年11月24日 10時12分",
        "today 10:12",
        "今日10:12"
      })
  void readsAMomentAsPeopleWriteIt(String typed) {
    LocalDate today = LocalDate.of(2026, 11, 24);
    assertThat(Dates.moment(typed, today)).contains(LocalDateTime.of(2026, 11, 24, 10, 12));
  }

  @Test
  void aDayAloneIsItsEndAndATimeAloneIsNone() {
    LocalDate today = LocalDate.of(2026, 11, 24);
    assertThat(Dates.moment("yesterday", today))
        .contains(LocalDateTime.of(2026, 11, 23, 23, 59, 59));
    assertThat(Dates.moment("10:12", today)).isEmpty();
    assertThat(Dates.moment("2026-11-24 25:00", today)).isEmpty();
    assertThat(Dates.day("昨日", today)).contains(LocalDate.of(2026, 11, 23));
  }
}
