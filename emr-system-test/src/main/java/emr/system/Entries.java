package emr.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/** Chart entries as staff make them, in FHIR. */
public final class Entries {

  private Entries() {}

  /** A patient to be registered. */
  public static ObjectNode patient(String family, String given, String birthDate, String number) {
    ObjectNode patient = Terminal.json().put("resourceType", "Patient");
    patient.putArray("identifier").addObject().put("system", "urn:emr:test").put("value", number);
    ObjectNode name = patient.putArray("name").addObject().put("family", family);
    name.putArray("given").add(given);
    return patient.put("gender", "female").put("birthDate", birthDate);
  }

  /** A pulse with a remark. */
  public static ObjectNode pulse(String patient, int beats, String remark) {
    ObjectNode observation = observation(patient, "8867-4", "Heart rate");
    observation
        .putObject("valueQuantity")
        .put("value", beats)
        .put("unit", "/min")
        .put("system", "http://unitsofmeasure.org")
        .put("code", "/min");
    observation.putArray("note").addObject().put("text", remark);
    return observation;
  }

  private static ObjectNode observation(String patient, String loinc, String words) {
    ObjectNode observation =
        Terminal.json().put("resourceType", "Observation").put("status", "final");
    observation
        .putArray("category")
        .addObject()
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/observation-category")
        .put("code", "vital-signs");
    ObjectNode code = observation.putObject("code").put("text", words);
    code.putArray("coding").addObject().put("system", "http://loinc.org").put("code", loinc);
    observation.putObject("subject").put("reference", "Patient/" + patient);
    observation.put("effectiveDateTime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return observation;
  }

  /** What goes to the hospital for new records. */
  public static ObjectNode bundle(ObjectNode... resources) {
    ObjectNode bundle = Terminal.json().put("resourceType", "Bundle").put("type", "transaction");
    var entries = bundle.putArray("entry");
    for (ObjectNode resource : resources) {
      ObjectNode entry = entries.addObject().put("fullUrl", "urn:uuid:" + UUID.randomUUID());
      entry.set("resource", resource);
      entry
          .putObject("request")
          .put("method", "POST")
          .put("url", resource.path("resourceType").asText());
    }
    return bundle;
  }

  /**
   * What goes to the hospital to add to a record.
   *
   * @param record {@code Type/id}
   * @param basedOn the number of the version that its author has seen
   */
  public static ObjectNode addition(String record, int basedOn, ObjectNode resource) {
    ObjectNode bundle = Terminal.json().put("resourceType", "Bundle").put("type", "transaction");
    ObjectNode entry = bundle.putArray("entry").addObject();
    ObjectNode content = resource.deepCopy();
    content.put("id", record.substring(record.indexOf('/') + 1));
    entry.set("resource", content);
    entry
        .putObject("request")
        .put("method", "PUT")
        .put("url", record)
        .put("ifMatch", String.format(Locale.ROOT, "W/\"%d\"", basedOn));
    return bundle;
  }

  /**
   * A standing policy for the hospital's {@code /api/policies}.
   *
   * @param patient whose records it opens
   * @param hospital to whom
   * @param rights READ, STORE
   */
  public static ObjectNode policy(String patient, String hospital, String... rights) {
    ObjectNode policy = Terminal.json().put("patient", patient).put("hospital", hospital);
    var list = policy.putArray("rights");
    for (String right : rights) {
      list.add(right);
    }
    policy.putArray("types");
    return policy;
  }
}
