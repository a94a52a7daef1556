package emr.hospital.temporarystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PatientNamesTest {

  private static final String SCRIPT =
      "{\"url\":\"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation\","
          + "\"valueCode\":\"%s\"}";

  @Test
  void readsANameInThreeScripts() throws JsonProcessingException {
    KnownPatient patient =
        read(
            """
            {"resourceType":"Patient","id":"00000000000a1","gender":"female",
             "birthDate":"1959-03-14","identifier":[{"value":"4711"}],"name":[
              {"family":"Mori","given":["Aiko"]},
              {"extension":[%s],"family":"森","given":["愛子"]},
              {"extension":[%s],"family":"モリ","given":["アイコ"]}]}
            """
                .formatted(SCRIPT.formatted("IDE"), SCRIPT.formatted("SYL")));

    assertThat(patient)
        .returns("Mori", KnownPatient::family)
        .returns("Aiko", KnownPatient::given)
        .returns("森 愛子", KnownPatient::kanji)
        .returns("モリ アイコ", KnownPatient::kana)
        .returns(LocalDate.of(1959, 3, 14), KnownPatient::birthDate)
        .returns("4711", KnownPatient::number);
  }

  @Test
  void recognisesAScriptThatIsNotNamed() throws JsonProcessingException {
    assertThat(read("{\"id\":\"1\",\"name\":[{\"text\":\"森 愛子\"},{\"text\":\"もり あいこ\"}]}"))
        .returns("森 愛子", KnownPatient::kanji)
        .returns("もり あいこ", KnownPatient::kana)
        .returns("", KnownPatient::family);
  }

  @Test
  void aBirthDateGivenInPartIsNone() throws JsonProcessingException {
    assertThat(read("{\"id\":\"1\",\"birthDate\":\"1959\"}").birthDate()).isNull();
    assertThat(read("{\"id\":\"1\",\"birthDate\":\"1959-02-30\"}").birthDate()).isNull();
  }

  @Test
  void aNameIsFoundWhateverItsCaseAccentsAndSyllables() {
    assertThat(PatientNames.fold("MÜLLER")).isEqualTo(PatientNames.fold("Muller"));
    assertThat(PatientNames.fold("もり")).isEqualTo(PatientNames.fold("モリ"));
    assertThat(PatientNames.fold("ﾓﾘ")).isEqualTo(PatientNames.fold("モリ"));
    assertThat(PatientNames.fold("ばば")).isEqualTo(PatientNames.fold("ババ"));
  }

  @Test
  void twoWithOneBirthDateAndOneFamilyNameMayBeOne() {
    assertThat(PatientNames.alike(patient("a", "Mori", "Aiko"), patient("b", "MORI", "Eiko")))
        .isTrue();
    assertThat(PatientNames.alike(patient("a", "Mori", "Aiko"), patient("b", "Abe", "Jun")))
        .isFalse();
    assertThat(PatientNames.alike(patient("a", "Mori", "Aiko"), patient("a", "Mori", "Aiko")))
        .isFalse();
  }

  private static KnownPatient read(String json) throws JsonProcessingException {
    return PatientNames.read(SubmissionRules.read(json), true);
  }

  private static KnownPatient patient(String id, String family, String given) {
    return new KnownPatient(
        new emr.exchange.record.PatientId(id),
        family,
        given,
        "",
        "",
        LocalDate.of(1959, 3, 14),
        "female",
        "",
        true);
  }
}
