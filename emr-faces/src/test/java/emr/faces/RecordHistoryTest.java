package emr.faces;

import static emr.faces.Sample.TANAKA;
import static emr.faces.Sample.TUESDAY;
import static emr.faces.Sample.weight;
import static org.assertj.core.api.Assertions.assertThat;

import emr.faces.RecordHistory.Piece;
import emr.faces.RecordHistory.Version;
import emr.faces.entry.AdditionForm;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecordHistoryTest {

  @Test
  @Tag("claim-16")
  void theOriginalStandsAsItWasBesideTheAddition() {
    var form = new AdditionForm();
    form.setText("digits swapped");
    form.setValue("58.5");
    var original = weight("w", "85.5", "2026-09-14");

    var history =
        RecordHistory.of(
            List.of(
                version(1, original),
                version(2, form.applyTo(original, TANAKA, "Added 24 Nov 2026"))),
            0,
            TUESDAY);

    assertThat(history.first().kind()).isEqualTo("Original");
    assertThat(history.chosen().number()).isEqualTo(2);
    assertThat(history.original())
        .anySatisfy(line -> assertThat(line.pieces()).contains(new Piece("was", "85.5 ")));
    assertThat(history.later())
        .anySatisfy(line -> assertThat(line.pieces()).contains(new Piece("ins", "58.5 ")));
    assertThat(history.original()).noneSatisfy(this::isLeftOut);
    assertThat(original.getValueQuantity().getValue().toString()).isEqualTo("85.5");
  }

  private void isLeftOut(RecordHistory.MarkedLine line) {
    assertThat(line.pieces()).anySatisfy(piece -> assertThat(piece.mark()).isEqualTo("del"));
  }

  private static Version version(int number, Resource resource) {
    return new Version(number, resource, "Dr TANAKA Yuki", "North", TUESDAY.now(), null, "", null);
  }
}
