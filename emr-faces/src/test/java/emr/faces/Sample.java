package emr.faces;

import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.faces.entry.Scribe;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;

/** People, moments and records for tests. */
public final class Sample {

  public static final Viewpoint TUESDAY =
      new Viewpoint(Locale.ENGLISH, ZoneId.of("Asia/Tokyo"), Instant.parse("2026-11-24T01:12:00Z"));
  public static final String NUMBERS = "urn:emr:hospital:north:patient-number";
  public static final String UCUM = "http://unitsofmeasure.org";
  public static final PatientId AIKO = new PatientId("0e4k2x9q7m1ta");
  public static final Scribe TANAKA =
      new Scribe(
          AIKO,
          new Author("y.tanaka", "Dr TANAKA Yuki", Role.PHYSICIAN),
          new HospitalId("north"),
          "North General Hospital",
          TUESDAY.now());

  private Sample() {}

  public static Patient aiko() {
    var patient = new Patient();
    patient.setId(AIKO.value());
    patient.addName(script("ABC", "Mori", "Aiko"));
    patient.addName(script("IDE", "森", "愛子"));
    patient.addName(script("SYL", "モリ", "アイコ"));
    patient.setGender(AdministrativeGender.FEMALE);
    patient.setBirthDateElement(new DateType("1959-03-14"));
    patient.addIdentifier().setSystem(NUMBERS).setValue("0042-7781");
    return patient;
  }

  private static HumanName script(String script, String family, String given) {
    var name = new HumanName().setFamily(family).addGiven(given);
    name.addExtension(PatientName.SCRIPT, new CodeType(script));
    return name;
  }

  /** A record that the centre gave. */
  public static ChartRecord stored(Resource resource, String hospital) {
    return new ChartRecord(resource, hospital, "Dr TANAKA Yuki", 1, TUESDAY.now(), null);
  }

  public static Observation weight(String id, String kilograms, String day) {
    var weight = new Observation();
    weight.setId(id);
    weight.setCode(loinc("29463-7", "Body weight"));
    weight.setEffective(new DateTimeType(day));
    weight.setValue(
        new Quantity()
            .setValue(new BigDecimal(kilograms))
            .setUnit("kg")
            .setSystem(UCUM)
            .setCode("kg"));
    return weight;
  }

  /** An observation of today with one number. */
  public static Observation measured(String loinc, String value, String ucum) {
    var observation = new Observation();
    observation.setCode(loinc(loinc, loinc));
    observation.setEffective(new DateTimeType("2026-11-24"));
    observation.setValue(quantity(value, ucum));
    return observation;
  }

  /** A blood pressure of today, in mmHg. */
  public static Observation pressure(String systolic, String diastolic) {
    var observation = new Observation();
    observation.setId("p");
    observation.setCode(loinc("85354-9", "Blood pressure panel"));
    observation.setEffective(new DateTimeType("2026-11-24"));
    observation
        .addComponent()
        .setCode(loinc("8480-6", "Systolic"))
        .setValue(quantity(systolic, "mm[Hg]"));
    observation
        .addComponent()
        .setCode(loinc("8462-4", "Diastolic"))
        .setValue(quantity(diastolic, "mm[Hg]"));
    return observation;
  }

  public static Quantity quantity(String value, String ucum) {
    return new Quantity().setValue(new BigDecimal(value)).setSystem(UCUM).setCode(ucum);
  }

  public static CodeableConcept loinc(String code, String display) {
    var concept = new CodeableConcept();
    concept.addCoding().setSystem("http://loinc.org").setCode(code).setDisplay(display);
    return concept;
  }
}
