package emr.faces.entry;

import static emr.faces.Sample.TANAKA;
import static emr.faces.Sample.TUESDAY;
import static emr.faces.Sample.weight;
import static org.assertj.core.api.Assertions.assertThat;

import emr.account.DraftFile;
import emr.faces.FhirJson;
import emr.faces.entry.EntryForm.Known;
import emr.faces.entry.EntryForm.VitalLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EntryFormTest {

  private final EntryForm form = new EntryForm();

  @Test
  @Tag("claim-01")
  void aWholeVisitBecomesRecordsThatReferToIt() {
    form.setSubjective("Feels well.");
    vital(VitalSign.BLOOD_PRESSURE).setValue("148/86");
    form.getProblems().get(0).setText("Type 2 diabetes mellitus");
    form.getProblems().get(0).setSince("2014");
    form.getAllergies().get(0).setText("Penicillin");
    form.getAllergies().get(0).setSeverity("severe");
    form.getDrugs().get(0).setText("Metformin 500 mg tablet");
    form.getDrugs().get(0).setDosage("1 tablet twice a day");
    form.getOrders().get(0).setText("Potassium");
    form.setFiles(List.of(new DraftFile(UUID.randomUUID(), "letter.pdf", "application/pdf", 1)));

    assertThat(form.complaints(Known.NOTHING, TUESDAY)).isEmpty();
    List<Resource> records = form.toResources(TANAKA, file -> "x".getBytes(StandardCharsets.UTF_8));
    assertThat(records)
        .extracting(Resource::fhirType)
        .containsExactly(
            "Encounter",
            "Composition",
            "Observation",
            "Condition",
            "AllergyIntolerance",
            "MedicationRequest",
            "ServiceRequest",
            "Binary",
            "DocumentReference");
    assertThat(records)
        .allSatisfy(r -> assertThat(FhirJson.parse(FhirJson.encode(r)).fhirType()).isNotEmpty());
    String visit = "Encounter/" + records.get(0).getIdElement().getIdPart();
    assertThat(of(records, Composition.class).getEncounter().getReference()).isEqualTo(visit);
    assertThat(of(records, Observation.class).getComponent()).hasSize(2);
    assertThat(of(records, Condition.class).getCode().getCodingFirstRep().getCode())
        .isEqualTo("E11");
    assertThat(of(records, Condition.class).getOnsetDateTimeType().getValueAsString())
        .isEqualTo("2014");
    assertThat(of(records, AllergyIntolerance.class).getCode().getText()).isEqualTo("Penicillin");
    assertThat(
            of(records, MedicationRequest.class)
                .getMedicationCodeableConcept()
                .getCodingFirstRep()
                .getCode())
        .isEqualTo("6809");
    assertThat(of(records, Binary.class).getData()).asString().isEqualTo("x");
    assertThat(of(records, DocumentReference.class).getContentFirstRep().getAttachment().getTitle())
        .isEqualTo("letter.pdf");
  }

  private static <T> T of(List<Resource> records, Class<T> type) {
    return records.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  private VitalLine vital(VitalSign sign) {
    return form.getVitals().get(sign.ordinal());
  }

  @Test
  void anEmptyEntryCannotBeSigned() {
    assertThat(form.complaints(Known.NOTHING, TUESDAY)).hasSize(1);
  }

  @Test
  void asksAboutAJumpInWeightAndTakesTheAnswer() {
    form.remember(List.of(weight("w", "58.5", "2026-09-14")));
    vital(VitalSign.WEIGHT).setValue("85.2");

    assertThat(form.complaints(Known.NOTHING, TUESDAY))
        .singleElement()
        .extracting(Complaint::text)
        .isEqualTo("Weight: 85.2 kg? The last value was 58.5. If it is right, tick “keep it”.");
    vital(VitalSign.WEIGHT).setKept(true);
    assertThat(form.complaints(Known.NOTHING, TUESDAY)).isEmpty();
  }

  @Test
  void refusesWhatCannotBe() {
    vital(VitalSign.TEMPERATURE).setValue("366");
    vital(VitalSign.BLOOD_PRESSURE).setValue("86/148");
    vital(VitalSign.PULSE).setValue("fast");

    assertThat(form.complaints(Known.NOTHING, TUESDAY)).hasSize(3);
  }

  @Test
  void anAllergyInTheChartSpeaksAgainstADrugOfItsGroupUntilAReasonIsGiven() {
    form.getDrugs().get(0).setText("Amoxicillin 250 mg capsule");

    assertThat(form.complaints(allergicTo("Allergy to penicillin"), TUESDAY)).hasSize(1);
    assertThat(form.getDrugs().get(0).getAgainst()).isEqualTo("Allergy to penicillin");
    form.getDrugs().get(0).setAlthough("tolerated last year under watch");
    assertThat(form.complaints(allergicTo("Allergy to penicillin"), TUESDAY)).isEmpty();
    assertThat(form.complaints(allergicTo("Latex"), TUESDAY)).isEmpty();
  }

  private static Known allergicTo(String substance) {
    return new Known(List.of(), List.of(Noted.typed(substance)), List.of(), List.of(), true);
  }

  @Test
  void asksAboutWhatTheChartHasAlready() {
    form.getProblems().get(0).setText("Type 2 diabetes mellitus");
    form.getDrugs().get(0).setText("Metformin 500 mg tablet");
    var known =
        new Known(
            List.of(Noted.typed("type 2 diabetes mellitus")),
            List.of(),
            List.of(Noted.typed("Metformin 850 mg tablet")),
            List.of(),
            true);
    assertThat(form.complaints(known, TUESDAY))
        .extracting(Complaint::field)
        .containsExactly("problem", "drug");

    form.getProblems().get(0).setKept(true);
    form.getDrugs().get(0).setKept(true);
    assertThat(form.complaints(known, TUESDAY)).isEmpty();
  }

  @Test
  void aDrugIsNotSignedBesideAllergiesThatCouldNotBeReadUntilTheWriterLookedElsewhere() {
    var unread = new Known(List.of(), List.of(), List.of(), List.of(), false);
    form.setSubjective("Coughs.");
    assertThat(form.complaints(unread, TUESDAY)).as("nothing is prescribed").isEmpty();

    form.getDrugs().get(0).setText("Paracetamol 500 mg tablet");
    assertThat(form.complaints(unread, TUESDAY))
        .extracting(Complaint::field)
        .containsExactly("unread");
    assertThat(form.complaints(Known.NOTHING, TUESDAY)).isEmpty();

    form.setUnreadChecked(true);
    assertThat(form.complaints(unread, TUESDAY)).isEmpty();
  }

  @Test
  void aDraftComesBackAsItWasTyped() {
    form.restore(
        Map.of(
            "subjective.0", "Coughs.",
            "vital-PULSE.0", "71",
            "problem.1", "Asthma",
            "since.1", "2019",
            "drug.0", "Salbutamol",
            "order-note.0", "fasting",
            "nothing.0", "x",
            "problem.99999", "x",
            "plan", "x"));
    assertThat(form.getSubjective()).isEqualTo("Coughs.");
    assertThat(vital(VitalSign.PULSE).getValue()).isEqualTo("71");
    assertThat(form.getProblems()).hasSize(2);
    assertThat(form.getProblems().get(1).getSince()).isEqualTo("2019");
    assertThat(form.getDrugs().get(0).getText()).isEqualTo("Salbutamol");
    assertThat(form.getOrders().get(0).getNote()).isEqualTo("fasting");
    assertThat(form.getPlan()).isEmpty();
  }
}
