package emr.faces;

import static emr.faces.Sample.NUMBERS;
import static emr.faces.Sample.TUESDAY;
import static emr.faces.Sample.aiko;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class PatientBannerTest {

  @Test
  void namesThePatientInEveryScript() {
    var banner = PatientBanner.of(aiko(), NUMBERS, TUESDAY);

    assertThat(banner.name()).isEqualTo(new PatientName("MORI", "Aiko", "森 愛子", "モリ アイコ"));
    assertThat(banner.title()).isEqualTo("MORI Aiko F 67");
    assertThat(banner.facts()).isEqualTo("F · 67 years · 14 Mar 1959 · 0042-7781");
  }

  @Test
  void leavesOutAllergiesThatWereRefuted() {
    var penicillin = new AllergyIntolerance().setCode(new CodeableConcept().setText("Penicillin"));
    penicillin.addReaction().addManifestation(new CodeableConcept().setText("Anaphylaxis"));
    var refuted = new AllergyIntolerance().setCode(new CodeableConcept().setText("Egg"));
    refuted.getVerificationStatus().addCoding().setCode("refuted");

    PatientBanner banner = PatientBanner.of(aiko(), NUMBERS, TUESDAY);
    assertThat(banner.warning(List.of(penicillin, refuted), "").allergies())
        .isEqualTo("Penicillin (anaphylaxis)");
  }

  @Test
  void allergiesThatNobodyAskedForAreNotSaidToBeNone() {
    PatientBanner banner = PatientBanner.of(aiko(), NUMBERS, TUESDAY);

    assertThat(banner.unread()).isEqualTo("Allergies are not shown here");
    assertThat(banner.beside("").unread()).isNotEmpty();
    assertThat(banner.warning(List.of(), "").unread()).isEmpty();
  }

  @Test
  void warnsOfActiveFlagsByTextOrByDisplay() {
    var fall = new Flag().setStatus(FlagStatus.ACTIVE);
    fall.setCode(new CodeableConcept().setText("Risk of falling"));
    var guarded = new Flag().setStatus(FlagStatus.ACTIVE);
    guarded.getCode().addCoding().setCode("x").setDisplay("Visitors must register");
    var over = new Flag().setStatus(FlagStatus.INACTIVE);
    over.setCode(new CodeableConcept().setText("Isolated"));

    assertThat(
            PatientBanner.of(aiko(), NUMBERS, TUESDAY)
                .warning(List.of(fall, guarded, over), "")
                .flags())
        .containsExactly("Risk of falling", "Visitors must register");
  }

  @Test
  void aBirthDateThatIsNotKnownToTheDayIsNotKnown() {
    Patient patient = aiko();
    patient.setBirthDateElement(new DateType("2008"));

    assertThat(PatientBanner.birthDate(patient, TUESDAY)).isEmpty();
    assertThat(PatientBanner.birthDate(aiko(), TUESDAY)).contains(LocalDate.of(1959, 3, 14));
  }

  @Test
  void showsNoIdThatOnlyMachinesUse() {
    Patient patient = aiko();
    patient.getIdentifierFirstRep().setValue("5cbc121b-cd71-4428-b8b7-31e53eba8184");
    patient.getIdentifierFirstRep().setSystem("https://github.com/synthetichealth/synthea");
    patient
        .getIdentifierFirstRep()
        .getType()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/v2-0203")
        .setCode("MR");

    assertThat(PatientBanner.of(patient, NUMBERS, TUESDAY).number()).isEmpty();
  }

  @Test
  void aChildsAgeIsGivenInYearsAndMonthsOrInMonths() {
    assertThat(TUESDAY.age(LocalDate.of(2018, 5, 30))).isEqualTo("8 y 5 mo");
    assertThat(TUESDAY.age(LocalDate.of(2026, 1, 1))).isEqualTo("10 months");
  }

  @Test
  void namesThatDifferByOneSignSoundAlike() {
    var aika = PatientName.of(List.of(new HumanName().setFamily("Mori").addGiven("Aika")));
    var ryo = PatientName.of(List.of(new HumanName().setFamily("Mori").addGiven("Ryo")));
    var latin = PatientName.of(List.of(new HumanName().setFamily("Mori").addGiven("Aiko")));

    assertThat(latin.soundsLike(aika)).isTrue();
    assertThat(latin.soundsLike(ryo)).isFalse();
  }

  @Test
  void readersOfJapaneseReadTheKanjiFirst() {
    PatientName aiko = PatientName.of(Sample.aiko().getName());
    assertThat(aiko.inLine(Locale.JAPANESE)).isEqualTo("森 愛子");
    assertThat(aiko.inLine(Locale.ENGLISH)).isEqualTo("MORI Aiko");
    var latin = new PatientName("MORI", "Aiko", "", "モリ アイコ");
    assertThat(latin.inLine(Locale.forLanguageTag("ja-u-ca-japanese"))).isEqualTo("MORI Aiko");
  }
}
