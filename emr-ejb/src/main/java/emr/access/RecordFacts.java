package emr.access;

/**
 * What the judge must know of a record.
 *
 * @param type its number in {@link RecordTypes}
 * @param patient key of the patient; 0 for none
 * @param custodian number of the hospital that wrote its original
 * @param author number of the hospital that wrote the version in question
 */
public record RecordFacts(short type, long patient, short custodian, short author) {

  boolean isDirectory() {
    return patient == 0 && RecordTypes.isDirectory(type);
  }
}
