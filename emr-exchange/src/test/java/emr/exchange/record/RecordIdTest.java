package emr.exchange.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdTest {

  @Property
  void aKeyComesBackFromItsText(@ForAll @LongRange(min = 0) long value) {
    assertThat(RecordKey.parse(new RecordKey(value).text())).contains(new RecordKey(value));
  }

  @Property
  void keysSortAsTheirTextsDo(
      @ForAll @LongRange(min = 0) long one, @ForAll @LongRange(min = 0) long other) {
    int byValue = Long.compare(one, other);
    int byText = new RecordKey(one).text().compareTo(new RecordKey(other).text());

    assertThat(Integer.signum(byText)).isEqualTo(byValue);
  }

  @Test
  void anIdMadeForAPatientCarriesThePatientsKey() {
    PatientId patient = PatientId.fresh();
    RecordId record = RecordId.fresh("Observation", Optional.of(patient));

    assertThat(record.patientKey()).isEqualTo(RecordKey.parse(patient.value()));
    assertThat(record.recordKey()).isPresent();
  }

  @Test
  void aPatientsOwnRecordHasThePatientsKeyTwice() {
    RecordId record = PatientId.fresh().record();

    assertThat(record.patientKey()).isEqualTo(record.recordKey()).isPresent();
  }

  @Test
  void aRecordOfNobodyBelongsToTheDirectory() {
    RecordId record = RecordId.fresh("Organization", Optional.empty());

    assertThat(record.patientKey()).contains(RecordKey.NONE);
    assertThat(record.recordKey()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation/abc",
        "Observation/6f1c2d34-0000-4000-8000-1234567890ab",
        "Observation/0000000000000-0000000000001",
        "Observation/00000000000a1",
        "Patient/example"
      })
  void anIdMadeElsewhereCarriesNoKeys(String reference) {
    assertThat(RecordId.parse(reference).recordKey()).isEmpty();
    assertThat(RecordId.parse(reference).patientKey()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "Observation",
        "Observation/",
        "observation/1",
        "Observation/a b",
        "Observation/1/_history/2",
        "Observation/../1",
        "Observation/%31"
      })
  void whatIsNoReferenceIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RecordId.parse(text));
  }
}
