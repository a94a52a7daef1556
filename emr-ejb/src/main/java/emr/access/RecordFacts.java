package emr.access;

import emr.exchange.access.Sensitivity;
import java.util.Set;

/**
 * What the judge must know of a record.
 *
 * @param type its number in {@link RecordTypes}
 * @param patient key of the patient; 0 for none
 * @param custodian number of the hospital that wrote its original
 * @param author number of the hospital that wrote the version in question
 * @param sensitivity of it, as {@link Sensitivity#bits}
 */
public record RecordFacts(
    short type, long patient, short custodian, short author, short sensitivity) {

  /** Of what nobody has labelled. */
  public static final short NORMAL = Sensitivity.bits(Set.of(Sensitivity.NORMAL));

  /** Of a record that is not there, or of one of no delicate content. */
  public RecordFacts(short type, long patient, short custodian, short author) {
    this(type, patient, custodian, author, NORMAL);
  }

  /** The same, written and kept by that hospital. */
  public RecordFacts of(short hospital) {
    return new RecordFacts(type, patient, hospital, hospital, sensitivity);
  }

  boolean isDirectory() {
    return patient == 0 && RecordTypes.isDirectory(type);
  }
}
