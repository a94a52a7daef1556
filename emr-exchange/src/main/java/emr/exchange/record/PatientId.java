package emr.exchange.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;

/**
 * Whose records are meant: the logical id of a FHIR Patient.
 *
 * @param value a FHIR logical id: 1 to 64 letters, digits, '-' or '.'
 */
public record PatientId(@JsonValue String value) implements Serializable {

  @JsonCreator
  public PatientId {
    RecordId.requireLogicalId(value);
  }

  /** An id for a patient not registered before; see {@link RecordKey}. */
  public static PatientId fresh() {
    return new PatientId(RecordKey.fresh().text());
  }

  /** The patient's own record, {@code Patient/value}. */
  public RecordId record() {
    return new RecordId("Patient", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
