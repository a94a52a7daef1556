package emr.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.Condition;
import emr.search.OwnAddresses;
import emr.search.Prefilter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

  static {
    OwnAddresses.are(List.of("http://here/fhir"));
  }

  @Test
  void aChartAloneIsSearchedWhereRecordsNameOnePatient() {
    assertThat(Search.parse("Observation?patient=x").conditions())
        .containsExactly(about("x", List.of()));
    assertThat(Search.parse("Account?patient=x").conditions())
        .containsExactly(about("x", List.of(terms("Account", "r subject Patient/x"))));
    assertThat(Search.everywhere("_type=Observation,Account&patient=x", false).conditions())
        .containsExactly(about("x", List.of(terms("Account", "r subject Patient/x"))));
  }

  @Test
  void aCompartmentHasWhatRefersToThePatientByWhatFhirCounts() {
    Search search = Search.compartment(new PatientId("x").record(), "Observation", "code=y", false);

    assertThat(search.patients()).containsExactly(new PatientId("x"));
    assertThat(search.conditions())
        .contains(about("x", List.of(terms("Observation", "r performer Patient/x"))));
  }

  private static Condition about(String patient, List<Prefilter.AnyTerm> elsewhere) {
    return new Condition(new Prefilter.OfPatient(Set.of(patient), elsewhere), null);
  }

  private static Prefilter.AnyTerm terms(String type, String... terms) {
    return new Prefilter.AnyTerm(List.of(type), Set.of(terms));
  }

  @Test
  void theSystemOfACodeThatFhirFixesCounts() {
    assertThat(
            Search.parse("Patient?gender=http://hl7.org/fhir/administrative-gender%7CMale")
                .conditions())
        .containsExactly(has("Patient", "t gender male"));
    assertThat(Search.parse("Patient?gender=http://wrong%7Cmale").conditions())
        .containsExactly(has("Patient"));
  }

  @Test
  void whoIsLenientIsNotSortedByWhatIsUnknown() {
    Search search = Search.parse("Patient", "name=a&_sort=-colour", true);

    assertThat(search.self()).isEqualTo("Patient?name=a");
    assertThat(search.sort()).isEmpty();
  }

  @Test
  void theSourceThatIsShownIsTheHospitalThatWrote() {
    Condition condition =
        Search.parse("Patient?_source=urn:emr:hospital:north").conditions().get(0);

    assertThat(condition.prefilter())
        .isEqualTo(new Prefilter.WrittenAt(Set.of(new HospitalId("north"))));
    ObjectNode patient = JsonNodeFactory.instance.objectNode();
    assertThat(condition.passes(patient)).isTrue();
    patient.putObject("meta").put("source", "http://lab");
    assertThat(condition.passes(patient)).as("another is shown").isFalse();
  }

  @Test
  void canonicalAddressesLeadToNoRecords() {
    assertThat(Search.includes("QuestionnaireResponse"))
        .contains("QuestionnaireResponse:subject")
        .doesNotContain("QuestionnaireResponse:questionnaire");
    assertThat(Search.reverseIncludes("Questionnaire"))
        .doesNotContain("QuestionnaireResponse:questionnaire");
  }

  @Test
  void namesThePatientWhoseChartItIs() {
    assertThat(Search.parse("Observation?patient=Patient/x").patients())
        .containsExactly(new PatientId("x"));
    assertThat(Search.parse("Observation?subject:Patient=x").patients())
        .containsExactly(new PatientId("x"));
    assertThat(Search.parse("Observation?patient=http://here/fhir/Patient/x").patients())
        .containsExactly(new PatientId("x"));
    assertThat(Search.parse("Observation?patient=http://there/fhir/Patient/x").patients())
        .isEmpty();
  }

  @Test
  void bareIdsMeanTheTypesTheParameterLeadsTo() {
    assertThat(Search.parse("Observation?encounter=e").conditions())
        .containsExactly(has("Observation", "r encounter Encounter/e"));
  }

  @Test
  void aHospitalIsTakenOrLeftOut() {
    var written = new Prefilter.WrittenAt(Set.of(new HospitalId("north"), new HospitalId("south")));

    assertThat(Search.parse("Observation?_hospital=north,south").conditions())
        .containsExactly(new Condition(written, null));
    assertThat(Search.everywhere("_hospital:not=north,south", false).conditions())
        .containsExactly(new Condition(new Prefilter.Not(written), null));
    assertThat(Search.commonParameters()).containsEntry("_hospital", "special");
  }

  @Test
  void commasGiveAlternativesAndBackslashesKeepThem() {
    assertThat(Search.parse("Observation?status=final,amen%5C,ded").conditions())
        .containsExactly(has("Observation", "t status final", "t status amen,ded"));
  }

  @Test
  void itSaysHowItWasUnderstood() {
    assertThat(Search.parse("Patient?name=Ann%20Lee&_count=5&_page=zzz").self())
        .isEqualTo("Patient?name=Ann+Lee&_count=5");
    assertThat(Search.parse("Patient", "name=a&nonsense=1", true).self())
        .isEqualTo("Patient?name=a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?nonsense=1",
        "Patient?name:above=x",
        "Patient?gender:in=x",
        "Patient?birthdate:exact=2020",
        "Patient?_count=-1",
        "Patient?_count=x",
        "Patient?_sort=nonsense",
        "Patient?_include=Patient",
        "Patient?_include=Patient:gender",
        "QuestionnaireResponse?_include=QuestionnaireResponse:questionnaire",
        "QuestionnaireResponse?questionnaire.name=x",
        "Questionnaire?_has:QuestionnaireResponse:questionnaire:status=x",
        "Patient?_total=some",
        "Patient?_id=%20",
        "Observation?code=x&code-value-quantity=x",
        "Observation?value-quantity=1e999999999",
        "Observation?value-quantity=five",
        "Observation?value-quantity=5%7Ca%7Cb%7Cc",
        "Observation?code.text=x",
        "Observation?subject.nonsense=x",
        "Provenance?target.name=x",
        "Patient?_has:Observation=x",
        "Patient?_has:Observation:encounter:code=x",
        "Patient?link.link.link.link.link.link.name=x",
        "Patient?birthdate=yesterday",
        "Patient?name=%zz",
        "Location?near=1",
        "Location?near=91%7C2",
        "Location?near=1%7C2%7C3%7Cparsec",
        "Location?near:exact=1%7C2",
        "Location?_sort=near",
        "Observation?subject:below=Patient/x",
        "Observation?code:below=x",
        "Patient?_filter=name%20eq%20x",
        "Patient?_query=x",
        "Patient?_contained=true",
        "Patient?_type=Patient",
        "Observation?_hospital=North+General",
        "Observation?_hospital=NORTH",
        "Observation?_hospital:missing=true"
      })
  void whatIsNotSupportedIsRefused(String url) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Search.parse(url))
        .returns(Reason.NOT_SUPPORTED, Refusal::reason);
  }

  @Test
  void unknownTypesAreRefused() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Search.parse("Nonsense?x=1"))
        .returns(Reason.UNKNOWN_TYPE, Refusal::reason);
  }

  @Test
  void everythingIsAskedForWhatItsTypesHaveInCommon() {
    Search search = Search.everywhere("_type=Observation,Condition&patient=x&code=y", false);

    assertThat(search.types()).containsExactlyInAnyOrder("Observation", "Condition");
    assertThat(search.patients()).containsExactly(new PatientId("x"));
    assertThat(search.conditions())
        .contains(
            new Condition(
                Prefilter.any(
                    search.types().stream()
                        .map(type -> new Prefilter.AnyTerm(List.of(type), Set.of("t code y")))
                        .toList()),
                null));
    assertThat(search.self()).isEqualTo("?_type=Observation%2CCondition&patient=x&code=y");
    assertThat(Search.everywhere("", false).types())
        .contains("Patient")
        .doesNotContain("AuditEvent");
    assertThat(Search.everywhere("_type=Patient&name=x", false).type()).isEqualTo("Patient");
  }

  @Test
  void presenceIsOfEachTypeItsOwn() {
    Search search = Search.everywhere("_type=Observation,Condition&code:missing=true", false);

    assertThat(search.conditions().get(0).prefilter())
        .isInstanceOfSatisfying(
            Prefilter.Any.class,
            any -> assertThat(any.parts()).allMatch(Prefilter.OfType.class::isInstance));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_type=Observation,Patient&patient=x",
        "_type=Observation&name=x",
        "_type=AuditEvent",
        "_type=Patient,AuditEvent",
        "code=x",
        "_type=Observation,Condition&_sort=date,_id",
        "_type=Observation,Condition&_sort=code"
      })
  void whatIsNotCommonIsRefused(String query) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Search.everywhere(query, false))
        .returns(Reason.NOT_SUPPORTED, Refusal::reason);
  }

  @Test
  void aTypeThatFhirDoesNotKnowIsUnknown() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Search.everywhere("_type=Nonsense", false))
        .returns(Reason.UNKNOWN_TYPE, Refusal::reason);
  }

  private static Condition has(String type, String... terms) {
    return new Condition(new Prefilter.AnyTerm(List.of(type), Set.of(terms)), null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Condition?patient=x&_sort=-recorded-date",
        "Condition?patient=x&_sort=-date",
        "MedicationRequest?patient=x&_sort=-authoredon",
        "Encounter?patient=x&_sort=-date",
        "Patient?_sort=-_lastUpdated",
        "Patient?_sort=family,-birthdate"
      })
  void chartsCanBeSorted(String url) {
    assertThat(Search.parse(url).type()).isNotEmpty();
  }
}
