package emr.exchange.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Optional;

/**
 * The lasting identity of a medical record, whichever of its versions is meant; in writing {@code
 * Observation/0e4k2x9q7m1ta-0e4k2x9q7m1tb}.
 *
 * <p>Ids that hospitals and the centre make carry the patient's key before the record's, so the
 * centre finds a record without a table of ids. Other ids, made by partners' clients, are as good.
 *
 * @param type a FHIR R4 resource type
 * @param id a FHIR logical id: 1 to 64 letters, digits, '-' or '.'
 */
public record RecordId(String type, String id) implements Serializable {

  private static final int LONGEST = 64;
  private static final String NO_PATIENT = "0-";

  public RecordId {
    if (!isType(type)) {
      throw new IllegalArgumentException("not a FHIR resource type");
    }
    requireLogicalId(id);
  }

  static void requireLogicalId(String id) {
    if (!isLogicalId(id)) {
      throw new IllegalArgumentException(
          "a FHIR id has 1 to 64 letters, digits, '-' or '.', and nothing else");
    }
  }

  // Loops, for every record of every page is named: a regular expression costs ten times as much.

  private static boolean isType(String text) {
    if (text.length() < 2 || text.length() > LONGEST || !isUpper(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!isLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLogicalId(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return isUpper(c) || c >= 'a' && c <= 'z';
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /**
   * An id for a new record about {@code patient}, or about nobody.
   *
   * @param patient empty for the directory: organisations, practitioners, places
   */
  public static RecordId fresh(String type, Optional<PatientId> patient) {
    String key = RecordKey.fresh().text();
    if (type.equals("Patient")) {
      return new RecordId(type, key);
    }
    String owner =
        patient
            .flatMap(p -> RecordKey.parse(p.value()))
            .map(k -> k.text() + "-")
            .orElse(NO_PATIENT);
    return new RecordId(type, owner + key);
  }

  /**
   * The id that the centre or a hospital made of these keys.
   *
   * @param patient key of its patient; 0 for nobody
   */
  public static RecordId of(String type, long patient, long record) {
    String key = new RecordKey(record).text();
    if (type.equals("Patient")) {
      return new RecordId(type, key);
    }
    return new RecordId(
        type, (patient == 0 ? NO_PATIENT : new RecordKey(patient).text() + "-") + key);
  }

  /**
   * Reads {@code Type/id}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static RecordId parse(String reference) {
    int slash = reference.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a record is named Type/id");
    }
    return new RecordId(reference.substring(0, slash), reference.substring(slash + 1));
  }

  /** The patient's key, if this id carries one; {@link RecordKey#NONE} for the directory. */
  public Optional<RecordKey> patientKey() {
    if (type.equals("Patient")) {
      return RecordKey.parse(id);
    }
    if (recordKey().isEmpty()) {
      return Optional.empty();
    }
    return id.startsWith(NO_PATIENT)
        ? Optional.of(RecordKey.NONE)
        : RecordKey.parse(id.substring(0, RecordKey.LENGTH));
  }

  /** The record's own key, if this id is of the kind made here. */
  public Optional<RecordKey> recordKey() {
    if (type.equals("Patient")) {
      return RecordKey.parse(id);
    }
    int dash = id.indexOf('-');
    boolean ours =
        dash >= 0
            && (id.startsWith(NO_PATIENT)
                || RecordKey.parse(id.substring(0, dash)).filter(k -> k.value() > 0).isPresent());
    return ours ? RecordKey.parse(id.substring(dash + 1)) : Optional.empty();
  }

  @Override
  @JsonValue
  public String toString() {
    return type + "/" + id;
  }
}
