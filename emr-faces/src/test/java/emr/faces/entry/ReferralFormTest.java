package emr.faces.entry;

import static emr.faces.Sample.AIKO;
import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Referral;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.HospitalId;
import emr.faces.Viewpoint;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferralFormTest {

  private static final HospitalId NORTH = new HospitalId("north");

  private final ReferralForm form = new ReferralForm();

  @BeforeEach
  void toSouth() {
    form.begin(TUESDAY);
    form.setHospital("south");
    form.setReason("Suspected stenosis");
  }

  @Test
  void lastsNinetyDaysAndLetsTheHospitalReadAndAddWhatIsOrdinary() {
    assertThat(form.getUntil()).isEqualTo("22 Feb 2027");
    assertThat(form.complaints(NORTH, TUESDAY)).isEmpty();
    Referral referral = form.toReferral(NORTH, AIKO, TUESDAY);

    AccessPolicy policy = referral.policy();
    assertThat(policy.patient()).isEqualTo(AIKO);
    assertThat(referral.to()).isEqualTo(new HospitalId("south"));
    assertThat(policy.rights()).containsExactlyInAnyOrder(AccessRight.READ, AccessRight.STORE);
    assertThat(policy.types()).isEmpty();
    assertThat(policy.sensitivities()).containsExactly(Sensitivity.NORMAL);
    assertThat(policy.from()).isEqualTo(TUESDAY.now());
    assertThat(policy.until()).as("in Tokyo").isEqualTo(Instant.parse("2027-02-22T15:00:00Z"));
    assertThat(referral.reason()).isEqualTo("Suspected stenosis");
    assertThat(referral.urgent()).isFalse();
  }

  @Test
  void lastsAYearAtMost() {
    form.setUntil("24 Nov 2027");
    assertThat(form.complaints(NORTH, TUESDAY)).isEmpty();
    assertThat(form.toReferral(NORTH, AIKO, TUESDAY).policy().until()).isNotNull();

    form.setAdds(false);
    assertThat(form.toReferral(NORTH, AIKO, TUESDAY).policy().rights())
        .containsExactly(AccessRight.READ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"25 Nov 2027", "23 Nov 2026", "soon", ""})
  void aLastDayThatIsNoneIsComplainedOf(String typed) {
    form.setUntil(typed);

    assertThat(form.complaints(NORTH, TUESDAY))
        .extracting(Complaint::field)
        .containsExactly("refer-until");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "North?", "north"})
  void aHospitalThatIsNoneOrOnesOwnIsComplainedOf(String typed) {
    form.setHospital(typed);

    assertThat(form.complaints(NORTH, TUESDAY))
        .extracting(Complaint::field)
        .containsExactly("refer-hospital");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  x  "})
  void aReasonIsGiven(String typed) {
    form.setReason(typed);

    assertThat(form.complaints(NORTH, TUESDAY))
        .extracting(Complaint::field)
        .containsExactly("refer-reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ja", "ja-u-ca-japanese"})
  void theProposedDayIsReadAsItIsWritten(String language) {
    var viewpoint = new Viewpoint(Locale.forLanguageTag(language), TUESDAY.zone(), TUESDAY.now());
    form.begin(viewpoint);

    assertThat(form.complaints(NORTH, viewpoint)).isEmpty();
    assertThat(Dates.day(form.getUntil())).hasValue(viewpoint.today().plusDays(90));
  }
}
