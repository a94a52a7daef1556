package emr.faces;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.faces.RecordView.Line;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
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
  void showsNoInternalIdAndNoMarkup() {
    var procedure = new Procedure().setCode(new CodeableConcept().setText("Appendectomy"));
    procedure.setId("0e4k2x9q7m1ta-0e4k2x9q7m1tb");
    procedure.setSubject(new Reference("Patient/0e4k2x9q7m1ta"));
    procedure.setEncounter(new Reference("Encounter/0e4k2x9q7m1ta-0e4k2x9q7m1tc"));
    procedure.getText().setDivAsString("<div><b onclick=\"x()\">bold</b></div>");
    procedure.addNote().setText("uneventful");

    assertThat(RecordView.of(procedure, TUESDAY).lines())
        .containsExactly(new Line("What", "Appendectomy", 0), new Line("Note", "uneventful", 0));
  }
}
