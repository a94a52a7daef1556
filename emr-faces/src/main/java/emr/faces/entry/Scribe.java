package emr.faces.entry;

import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import java.io.Serializable;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Who writes, for whom, where and when: what every new record says besides what was typed.
 *
 * @param hospitalName for people
 * @param at when it was written
 */
public record Scribe(
    PatientId patient, Author author, HospitalId hospital, String hospitalName, Instant at)
    implements Serializable {

  private static final String USERS = "urn:emr:user";
  private static final String HOSPITALS = "urn:emr:hospital";

  Reference subject() {
    return new Reference(patient.record().toString());
  }

  /** The author by name and login; no Practitioner record is needed for it. */
  Reference writer() {
    var writer = new Reference().setDisplay(author.name()).setType("Practitioner");
    writer.getIdentifier().setSystem(USERS).setValue(hospital.value() + "/" + author.user());
    return writer;
  }

  Reference place() {
    var place = new Reference().setDisplay(hospitalName).setType("Organization");
    place.getIdentifier().setSystem(HOSPITALS).setValue(hospital.value());
    return place;
  }

  Date date() {
    return Date.from(at);
  }

  /** Gives {@code resource} an id of its own. */
  <T extends Resource> T fresh(T resource) {
    resource.setId(RecordId.fresh(resource.fhirType(), Optional.of(patient)).id());
    return resource;
  }

  static Reference to(Resource resource) {
    return new Reference(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
  }
}
