package emr.faces.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
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
}
