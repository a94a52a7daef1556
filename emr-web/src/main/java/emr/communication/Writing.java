package emr.communication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import emr.storage.FhirJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes submissions of single FHIR interactions that write. */
final class Writing {

  private Writing() {}

  /**
   * @throws Refusal {@link Reason#UNKNOWN_TYPE}, or {@link Reason#MALFORMED} if {@code resource} is
   *     of another type
   */
  static void requireType(ObjectNode resource, String type) {
    RecordTypes.number(type);
    if (!resource.path("resourceType").asText().equals(type)) {
      throw new Refusal(Reason.MALFORMED, "The resource's resourceType is not " + type + ".");
    }
  }

  /** A new record; its id is made here, whatever the resource says. */
  static Submission create(ObjectNode resource, AccessStatement by) {
    String type = resource.path("resourceType").asText();
    PatientId about = about(resource, by);
    RecordId record = RecordId.fresh(type, Optional.ofNullable(about));
    PatientId patient = type.equals("Patient") ? new PatientId(record.id()) : about;
    resource.put("id", record.id());
    return submission(
        by, patient, List.of(new Submission.Entry(record, 0, FhirJson.text(resource))));
  }

  /**
   * The next version of a record, or the first under an id that the client chose.
   *
   * @param basedOn 0 for a new record
   */
  static Submission update(
      RecordId record, int basedOn, ObjectNode resource, String content, AccessStatement by) {
    PatientId patient =
        record.type().equals("Patient") ? new PatientId(record.id()) : about(resource, by);
    return submission(by, patient, List.of(new Submission.Entry(record, basedOn, content)));
  }

  /** Whom the statement names; for a partner, whom the resource does. */
  static @Nullable PatientId about(JsonNode resource, AccessStatement by) {
    if (by.role() != Role.PARTNER) {
      return by.patient();
    }
    for (String name : List.of("subject", "patient", "beneficiary")) {
      String reference = resource.path(name).path("reference").asText();
      if (reference.startsWith("Patient/")) {
        return patient(reference.substring("Patient/".length()));
      }
    }
    return null;
  }

  private static PatientId patient(String id) {
    try {
      return new PatientId(id);
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.UNPROCESSABLE, "The reference to the patient has no id.").initCause(e);
    }
  }

  /** A submission of the statement's user. */
  static Submission submission(
      AccessStatement by, @Nullable PatientId patient, List<Submission.Entry> entries) {
    return new Submission(
        UUID.randomUUID(),
        by.hospital(),
        patient,
        new Author(by.user(), by.user(), by.role()),
        Instant.now(),
        entries);
  }
}
