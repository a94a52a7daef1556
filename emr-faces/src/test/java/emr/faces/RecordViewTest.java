package emr.faces;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.AccessPolicy;
import emr.faces.RecordView.Line;
import java.util.Locale;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordViewTest {

  @ParameterizedTest
  @EnumSource(value = ResourceType.class)
  void showsARecordOfAnyType(ResourceType type) {
    Resource resource = FhirJson.parse("{\"resourceType\":\"" + type + "\",\"id\":\"x\"}");

    assertThat(RecordView.of(resource, TUESDAY).lines()).isEmpty();
  }

  @Test
  void aQualifierThatChangesTheMeaningIsShownThoughNobodyKnowsIt() {
    var procedure = new Procedure().setCode(new CodeableConcept().setText("Appendectomy"));
    procedure.addModifierExtension(
        new Extension("http://elsewhere.example/fhir/not-performed", new BooleanType(true)));

    assertThat(RecordView.of(procedure, TUESDAY).lines())
        .contains(new Line("Please note", "Not performed: yes", 0));
  }

  @Test
  void aPolicyLeadsToTheReferralThatItGoesWith() {
    var consent = new Consent();
    consent.addExtension(AccessPolicy.REFERRAL, new Reference("ServiceRequest/a-b"));

    assertThat(RecordView.of(consent, TUESDAY).lines())
        .containsExactly(new Line("Based on", "Order", 0, "ServiceRequest", "a-b"));
  }

  @Test
  void aNarrativeIsReadWhereItSaysMoreThanTheElements() {
    var procedure = new Procedure().setCode(new CodeableConcept().setText("Appendectomy"));
    procedure
        .getText()
        .setStatus(NarrativeStatus.ADDITIONAL)
        .setDivAsString("<div><p>It went <b>well</b>.</p><p>Home tomorrow.</p></div>");

    assertThat(RecordView.of(procedure, TUESDAY).lines())
        .contains(new Line("In words", "It went well.\nHome tomorrow.", 0));
  }

  @Test
  void aDosageIsSaidInTheReadersLanguage() {
    var dosage = new Dosage().setAsNeeded(new BooleanType(true));
    dosage.getTiming().getRepeat().setFrequency(2).setPeriod(1).setPeriodUnit(UnitsOfTime.D);
    var order = new MedicationRequest().addDosageInstruction(dosage);
    var japanese = new Viewpoint(Locale.JAPANESE, TUESDAY.zone(), TUESDAY.now());

    assertThat(RecordView.of(order, TUESDAY).lines().get(0).value())
        .isEqualTo("2 × per day, as needed");
    assertThat(RecordView.of(order, japanese).lines().get(0).value()).isEqualTo("1日2回, 頓用");
    dosage.getTiming().getRepeat().setPeriod(8).setPeriodUnit(UnitsOfTime.H);
    assertThat(RecordView.of(order, japanese).lines().get(0).value()).isEqualTo("8時間ごとに2回, 頓用");
    dosage.getTiming().getCode().addCoding().setCode("TID");
    assertThat(RecordView.of(order, japanese).lines().get(0).value()).isEqualTo("1日3回, 頓用");
  }

  @Test
  void codesOfTheStandardAreSaidInTheReadersLanguage() {
    var allergy = new AllergyIntolerance();
    allergy
        .getClinicalStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical")
        .setCode("active")
        .setDisplay("Active");
    var japanese = new Viewpoint(Locale.JAPANESE, TUESDAY.zone(), TUESDAY.now());

    assertThat(RecordView.of(allergy, japanese).lines()).containsExactly(new Line("臨床状態", "有効", 0));
    assertThat(RecordView.of(allergy, TUESDAY).lines())
        .containsExactly(new Line("Clinical status", "Active", 0));
  }

  @Test
  void showsNoInternalIdAndNoMarkup() {
    var procedure = new Procedure().setCode(new CodeableConcept().setText("Appendectomy"));
    procedure.setId("0e4k2x9q7m1ta-0e4k2x9q7m1tb");
    procedure.setSubject(new Reference("Patient/0e4k2x9q7m1ta"));
    procedure.setEncounter(new Reference("Encounter/0e4k2x9q7m1ta-0e4k2x9q7m1tc"));
    procedure.getText().setDivAsString("<div><b onclick=\"x()\">bold</b></div>");
    procedure.addNote().setText("uneventful");

    assertThat(RecordView.of(procedure, TUESDAY).lines())
        .containsExactly(
            new Line("What", "Appendectomy", 0),
            new Line("Encounter", "Visit", 0, "Encounter", "0e4k2x9q7m1ta-0e4k2x9q7m1tc"),
            new Line("Note", "uneventful", 0));
  }
}
