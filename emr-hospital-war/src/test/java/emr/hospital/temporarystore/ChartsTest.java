package emr.hospital.temporarystore;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.record.PatientId;
import emr.exchange.record.RetrievalAnswer;
import emr.hospital.temporarystore.Charts.Disclosure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("claim-04")
class ChartsTest {

  private static final PatientId AIKO = new PatientId("0e4k2x9q7m1ta");
  private static final String HERSELF = AIKO.record().toString();
  private static final String PROBLEMS = "Condition?patient=0e4k2x9q7m1ta";

  @Test
  void aChartIsShutWhenThePatientIsRefusedWithAllElse() {
    assertThat(Charts.isShut(AIKO, List.of(HERSELF), answers(403))).isTrue();
    assertThat(Charts.isShut(AIKO, List.of(HERSELF, PROBLEMS), answers(403, 403))).isTrue();
  }

  @Test
  void aCardThatIsRefusedDoesNotShutTheChart() {
    assertThat(Charts.isShut(AIKO, List.of(PROBLEMS), answers(403))).isFalse();
  }

  @Test
  void aChartOfWhichAnythingIsOpenIsNotShut() {
    assertThat(Charts.isShut(AIKO, List.of(HERSELF, PROBLEMS), answers(403, 200))).isFalse();
    assertThat(Charts.isShut(AIKO, List.of(HERSELF, PROBLEMS), answers(200, 403))).isFalse();
  }

  @Test
  void aSearchOfAllOfATypeShowsTheWholeOfItAndOneThatChoosesAPart() {
    String all = "Observation?patient=0e4k2x9q7m1ta&_sort=-date&_count=50";
    String chosen = "Observation?patient=0e4k2x9q7m1ta&category=laboratory";
    String more = "{\"link\":[{\"relation\":\"next\",\"url\":\"x\"}]}";

    assertThat(Charts.disclosures(List.of(all, PROBLEMS), answers(200, 200)))
        .containsEntry("Observation", Disclosure.WHOLE)
        .containsEntry("Condition", Disclosure.WHOLE);
    assertThat(Charts.disclosures(List.of(all, chosen), answers(200, 200)))
        .containsEntry("Observation", Disclosure.PART);
    assertThat(Charts.disclosures(List.of(all), List.of(new RetrievalAnswer.Answer(200, more))))
        .containsEntry("Observation", Disclosure.PART);
  }

  @Test
  void aTypeThatIsRefusedIsShownWholeAndThatIsNothing() {
    assertThat(Charts.disclosures(List.of(HERSELF, PROBLEMS), answers(200, 403)))
        .containsExactly(Map.entry("Condition", Disclosure.WHOLE));
    assertThat(Charts.disclosures(List.of(PROBLEMS), answers(500))).isEmpty();
  }

  private static List<RetrievalAnswer.Answer> answers(int... statuses) {
    return Arrays.stream(statuses)
        .mapToObj(status -> new RetrievalAnswer.Answer(status, "{}"))
        .toList();
  }
}
