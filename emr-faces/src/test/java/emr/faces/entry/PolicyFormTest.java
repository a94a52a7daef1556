package emr.faces.entry;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.record.HospitalId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFormTest {

  private static final HospitalId NORTH = new HospitalId("north");

  private final PolicyForm form = new PolicyForm();

  @ParameterizedTest
  @ValueSource(strings = {"South", "south hospital", "1st", "南病院", "<b>"})
  void whatIsNoHospitalsNameIsComplainedOfAndKept(String typed) {
    form.setHospital(typed);

    assertThat(form.complaints(NORTH, TUESDAY)).extracting(Complaint::field).contains("hospital");
    assertThat(form.getHospital()).isEqualTo(typed);
  }

  @Test
  void aHospitalsShortNameIsTaken() {
    form.setHospital(" south ");

    assertThat(form.complaints(NORTH, TUESDAY)).isEmpty();
    assertThat(Objects.requireNonNull(form.toPolicy(NORTH, null, TUESDAY).hospital()).value())
        .isEqualTo("south");
  }
}
