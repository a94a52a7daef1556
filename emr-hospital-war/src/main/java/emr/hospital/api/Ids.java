package emr.hospital.api;

import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;

/** Ids as they stand in addresses. */
final class Ids {

  private Ids() {}

  @SuppressWarnings("UnusedException")
  static PatientId patient(String id) {
    try {
      return new PatientId(id);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.MALFORMED, "A patient's id is a FHIR id.");
    }
  }

  @SuppressWarnings("UnusedException")
  static RecordId record(String type, String id) {
    try {
      return new RecordId(type, id);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.MALFORMED, "A record is named by a FHIR type and id.");
    }
  }
}
