package emr.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.system.Entries;
import emr.system.Installation;
import emr.system.Terminal;
import emr.system.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Three years of an invented patient at two hospitals, so that pictures show charts as they are in
 * use: courses of values, drugs, visits, papers, and rights between the hospitals.
 */
final class Past {

  private static final int PATIENCE = 60;

  private final Terminal south;
  private final Terminal north;
  private final String patient;
  private final LocalDate today = LocalDate.now();

  /**
   * @param patient registered at south, or, for a stay, at north
   */
  Past(Installation installation, String patient) {
    this.south = Terminal.signIn(installation, "south", "dr.south");
    this.north = Terminal.signIn(installation, "north", "dr.north");
    this.patient = patient;
  }

  /** Makes three years at both; returns when the centre has it. */
  void make() {
    var policy = south.policy(Entries.policy(patient, "north", "READ", "STORE"));
    List<String> written = send(south, atSouth());
    settled(south, policy.path("submission").asText());
    send(north, atNorth());
    add(written.get(0), problem("I10", "Essential (primary) hypertension, target 130/80", "2012"));
    var answer = north.policy(Entries.policy(patient, "south", "READ"));
    settled(north, answer.path("submission").asText());
  }

  private List<ObjectNode> atSouth() {
    var records = new ArrayList<ObjectNode>();
    records.add(problem("I10", "Essential (primary) hypertension", "2012"));
    records.add(problem("E11", "Type 2 diabetes mellitus", "2014"));
    records.add(allergy("Penicillin", "Anaphylaxis", "severe"));
    records.add(drug("Metformin 500 mg tablet", "1 tablet twice a day", 33));
    records.add(drug("Telmisartan 40 mg tablet", "1 tablet every morning", 17));
    for (int visit = 0; visit < 9; visit++) {
      int months = 33 - 4 * visit;
      records.add(encounter("Diabetes review", months));
      records.add(pressure(152 - visit - visit % 2 * 6, 92 - visit, months));
      records.add(vital("8867-4", "Heart rate", 70 + visit * 5 % 9, "/min", months));
      records.add(vital("29463-7", "Body weight", 61.8 - visit * .4, "kg", months));
      records.add(laboratory("4548-4", "HbA1c", 6.4 + visit * .1, "%", 4.6, 6.2, months));
      records.add(laboratory("2823-3", "Potassium", 4.1 + visit * .1, "mmol/L", 3.6, 4.8, months));
      records.add(
          laboratory("33914-3", "eGFR", 66 - visit * 1.5, "mL/min/1.73 m2", 60, 120, months));
    }
    return records;
  }

  private List<ObjectNode> atNorth() {
    var records = new ArrayList<ObjectNode>();
    for (int months : new int[] {29, 18, 7}) {
      records.add(encounter("Eye clinic", months));
    }
    records.add(drug("Latanoprost 0.005 % eye drops", "1 drop each eye, at night", 29));
    records.add(problem("H40.1", "Primary open-angle glaucoma", "2021"));
    records.add(
        letter("Eye clinic, pressure and field", "Pressure 17/16 mmHg. Field unchanged.", 7));
    return records;
  }

  /** A child of two years at south: weight and height. */
  void makeChildhood() {
    var records = new ArrayList<ObjectNode>();
    double[] kilograms = {5.9, 7.4, 8.5, 9.3, 10.0, 10.8, 11.4};
    for (int visit = 0; visit < kilograms.length; visit++) {
      records.add(vital("29463-7", "Body weight", kilograms[visit], "kg", 21 - 3 * visit));
    }
    send(south, records);
  }

  /** A stay at north that nobody else may see. */
  void makeStay() {
    send(
        north,
        List.of(
            encounter("Epilepsy review", 3),
            problem("G40.9", "Epilepsy", "1994"),
            allergy("Phenytoin", "Rash", "moderate"),
            drug("Levetiracetam 500 mg tablet", "1 tablet twice a day", 14),
            vital("8867-4", "Heart rate", 68, "/min", 3)));
  }

  /** Sends what north adds to a record of south's. */
  private void add(String record, ObjectNode content) {
    sent(north, north.submit(Entries.addition(record, 1, content)));
  }

  /** What {@code from} wrote, as {@code Type/id}. */
  private List<String> send(Terminal from, List<ObjectNode> records) {
    Terminal.Saved saved = from.submit(Entries.bundle(records.toArray(ObjectNode[]::new)));
    sent(from, saved);
    return saved.ids();
  }

  private static void sent(Terminal from, Terminal.Saved saved) {
    if (saved.state().equals("HELD")) {
      from.send(saved.id());
    }
    settled(from, saved.id());
  }

  private static void settled(Terminal from, String submission) {
    String state = "";
    for (int seconds = 0; seconds < PATIENCE && !state.equals("DELETED"); seconds++) {
      state = from.submission(submission).path("state").asText();
      sleep();
    }
    if (!state.equals("DELETED")) {
      throw new IllegalStateException("a submission is " + state + " still");
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private String day(int monthsAgo) {
    return today.minusMonths(monthsAgo).minusDays(monthsAgo % 5).toString();
  }

  private ObjectNode record(String json, Object... values) {
    try {
      JsonNode record = Web.JSON.readTree(json.formatted(values).replace("PATIENT", patient));
      return (ObjectNode) record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode encounter(String reason, int months) {
    return record(
        """
        {"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB",
         "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "display": "ambulatory"},
         "subject": {"reference": "Patient/PATIENT"}, "reasonCode": [{"text": "%s"}],
         "period": {"start": "%sT10:00:00Z", "end": "%sT10:20:00Z"}}""",
        reason, day(months), day(months));
  }

  private ObjectNode pressure(int systolic, int diastolic, int months) {
    return record(
        """
        {"resourceType": "Observation", "status": "final", "category": [{"coding": [{
         "system": "http://terminology.hl7.org/CodeSystem/observation-category",
         "code": "vital-signs"}]}], "code": {"coding": [{"system": "http://loinc.org",
         "code": "85354-9"}]}, "subject": {"reference": "Patient/PATIENT"},
         "effectiveDateTime": "%sT10:05:00Z", "component": [
         {"code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]}, "valueQuantity":
          {"value": %d, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}},
         {"code": {"coding": [{"system": "http://loinc.org", "code": "8462-4"}]}, "valueQuantity":
          {"value": %d, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}}]}""",
        day(months), systolic, diastolic);
  }

  private ObjectNode vital(String loinc, String words, double value, String unit, int months) {
    return record(
        """
        {"resourceType": "Observation", "status": "final", "category": [{"coding": [{
         "system": "http://terminology.hl7.org/CodeSystem/observation-category",
         "code": "vital-signs"}]}], "code": {"text": "%s", "coding": [{
         "system": "http://loinc.org", "code": "%s"}]},
         "subject": {"reference": "Patient/PATIENT"}, "effectiveDateTime": "%sT10:05:00Z",
         "valueQuantity": {"value": %s, "unit": "%s", "system": "http://unitsofmeasure.org",
         "code": "%s"}}""",
        words, loinc, day(months), plain(value), unit, unit);
  }

  private ObjectNode laboratory(
      String loinc, String words, double value, String unit, double low, double high, int months) {
    return record(
        """
        {"resourceType": "Observation", "status": "final", "category": [{"coding": [{
         "system": "http://terminology.hl7.org/CodeSystem/observation-category",
         "code": "laboratory"}]}], "code": {"text": "%s", "coding": [{
         "system": "http://loinc.org", "code": "%s"}]},
         "subject": {"reference": "Patient/PATIENT"}, "effectiveDateTime": "%sT08:55:00Z",
         "valueQuantity": {"value": %s, "unit": "%s"}, "referenceRange": [{"low": {"value": %s},
         "high": {"value": %s}}]}""",
        words, loinc, day(months), plain(value), unit, plain(low), plain(high));
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(Math.round(value * 10), 1).stripTrailingZeros().toPlainString();
  }

  private ObjectNode problem(String code, String words, String since) {
    return record(
        """
        {"resourceType": "Condition", "clinicalStatus": {"coding": [{"code": "active",
         "system": "http://terminology.hl7.org/CodeSystem/condition-clinical"}]},
         "category": [{"coding": [{"code": "problem-list-item",
         "system": "http://terminology.hl7.org/CodeSystem/condition-category"}]}],
         "code": {"text": "%s", "coding": [{"system": "http://hl7.org/fhir/sid/icd-10",
         "code": "%s"}]}, "subject": {"reference": "Patient/PATIENT"}, "onsetDateTime": "%s"}""",
        words, code, since);
  }

  private ObjectNode allergy(String substance, String reaction, String severity) {
    return record(
        """
        {"resourceType": "AllergyIntolerance", "criticality": "high", "clinicalStatus": {"coding": [{
         "code": "active", "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"}]},
         "code": {"text": "%s"}, "patient": {"reference": "Patient/PATIENT"},
         "reaction": [{"manifestation": [{"text": "%s"}], "severity": "%s"}]}""",
        substance, reaction, severity);
  }

  private ObjectNode drug(String words, String dosage, int months) {
    return record(
        """
        {"resourceType": "MedicationRequest", "status": "active", "intent": "order",
         "medicationCodeableConcept": {"text": "%s"}, "subject": {"reference": "Patient/PATIENT"},
         "authoredOn": "%sT10:15:00Z", "dosageInstruction": [{"text": "%s"}]}""",
        words, day(months), dosage);
  }

  private ObjectNode letter(String title, String words, int months) {
    return record(
        """
        {"resourceType": "DocumentReference", "status": "current", "description": "%s",
         "subject": {"reference": "Patient/PATIENT"}, "date": "%sT11:00:00Z", "content": [{
         "attachment": {"contentType": "text/plain", "title": "%s.txt", "data": "%s"}}]}""",
        title,
        day(months),
        title,
        Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)));
  }
}
