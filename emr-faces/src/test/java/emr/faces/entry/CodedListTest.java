package emr.faces.entry;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.faces.Viewpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CodedListTest {

  private static final String SNOMED = "http://snomed.info/sct";
  private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
  private static final Viewpoint IN_JAPANESE =
      new Viewpoint(Locale.JAPANESE, TUESDAY.zone(), TUESDAY.now());

  @ParameterizedTest
  @CsvSource({
    "Penicillin, Amoxicillin 250 mg capsule",
    "Penicillin, アモキシシリンカプセル250mg",
    "ペニシリン, アモキシシリン",
    "ペニシリン, Amoxicillin 250 mg capsule",
    "ぺにしりん, アモキシシリン",
    "ﾍﾟﾆｼﾘﾝ, ｱﾓｷｼｼﾘﾝ錠",
    "ペニシリンアレルギー, サワシリン",
    "Penicillins, ペニシリン",
    "アモキシシリン, アンピシリン",
    "NSAIDs, ロキソニンテープ",
    "サルファ剤, バクタ配合錠",
    "イソジン, Povidone-iodine solution",
  })
  void anAllergySpeaksAgainstADrugInWhateverScriptEitherIsWritten(String allergy, String drug) {
    assertThat(CodedList.against(drug, List.of(Noted.typed(allergy)))).isEqualTo(allergy);
  }

  @ParameterizedTest
  @CsvSource({
    "ペニシリン, クラリスロマイシン",
    "ラテックス, アモキシシリン",
    "そば, ソバルディ配合錠",
    "卵, 卵胞ホルモン",
    "Latex, Amoxicillin 250 mg capsule",
  })
  void anAllergyDoesNotSpeakAgainstADrugOfAnotherGroup(String allergy, String drug) {
    assertThat(CodedList.against(drug, List.of(Noted.typed(allergy)))).isNull();
  }

  @Test
  void anAllergyThatIsOnlyACodeSpeaksAgainstADrugAndIsCalledByItsName() {
    assertThat(CodedList.against("アモキシシリン", List.of(coded(SNOMED, "91936005", TUESDAY))))
        .isEqualTo("Penicillin");
    assertThat(CodedList.against("Amoxicillin", List.of(coded(RXNORM, "733", IN_JAPANESE))))
        .isEqualTo("アンピシリン");
    assertThat(CodedList.against("アモキシシリン", List.of(coded("urn:other", "91936005", TUESDAY))))
        .isNull();
  }

  private static Noted coded(String system, String code, Viewpoint viewpoint) {
    var concept = new CodeableConcept();
    concept.addCoding().setSystem(system).setCode(code);
    return Noted.of(concept, viewpoint);
  }

  @Test
  void whatACodeIsCalledCountsBesideTheWordsOfTheRecord() {
    var concept = new CodeableConcept().setText("薬疹の原因薬");
    concept.addCoding().setSystem("urn:other").setCode("1").setDisplay("Allergy to penicillin");

    assertThat(CodedList.against("アモキシシリン", List.of(Noted.of(concept, TUESDAY))))
        .isEqualTo("薬疹の原因薬");
  }

  @Test
  void whatIsThereAlreadyIsFoundInTheOtherLanguageAndByCode() {
    assertThat(CodedList.MEDICATIONS.alike("メトホルミン500mg", typed("Metformin 850 mg tablet")))
        .isNotNull();
    assertThat(CodedList.PROBLEMS.alike("気管支喘息", typed("Asthma"))).isEqualTo("Asthma");
    assertThat(CodedList.PROBLEMS.alike("痛風", typed("Asthma"))).isNull();
    assertThat(CodedList.ALLERGIES.alike("ペニシリン", List.of(coded(SNOMED, "91936005", TUESDAY))))
        .isEqualTo("Penicillin");
  }

  private static List<Noted> typed(String words) {
    return List.of(Noted.typed(words));
  }

  @ParameterizedTest
  @CsvSource({"penic", "ペニシ", "ぺにし", "ﾍﾟﾆｼ"})
  void isFoundByEitherLanguageAndShownInTheReaders(String begun) {
    assertThat(CodedList.ALLERGIES.suggestions(begun, TUESDAY)).containsExactly("Penicillin");
    assertThat(CodedList.ALLERGIES.suggestions(begun, IN_JAPANESE)).containsExactly("ペニシリン");
  }

  @ParameterizedTest
  @EnumSource
  void everythingHasANameInJapanese(CodedList list) {
    for (String sign : "abcdefghijklmnopqrstuvwxyz".split("")) {
      assertThat(list.suggestions(sign, IN_JAPANESE))
          .allSatisfy(
              name -> assertThat(name).matches(".*[\\p{IsHan}\\p{IsKatakana}\\p{IsHiragana}].*"));
    }
  }

  @Test
  void aJapaneseNameGetsTheCodeOnlyIfItIsTheWholeWord() {
    assertThat(CodedList.ALLERGIES.concept("ペニシリン").getCodingFirstRep().getCode())
        .isEqualTo("91936005");
    assertThat(CodedList.MEDICATIONS.concept("メトホルミン 500 mg").getText()).isEqualTo("メトホルミン 500 mg");
    assertThat(CodedList.MEDICATIONS.concept("メトホルミン 500 mg").getCodingFirstRep().getCode())
        .isEqualTo("6809");
    assertThat(
            Arrays.asList("卵巣", "魚卵", "Eggplant").stream()
                .map(CodedList.ALLERGIES::concept)
                .filter(CodeableConcept::hasCoding))
        .isEmpty();
  }
}
