package emr.storage;

import emr.access.RecordTypes;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * Where a record lies.
 *
 * @param patient key of its patient; 0 for none
 * @param alias its logical id, where that is not made of the keys
 */
record RecordAddress(short type, long patient, long record, @Nullable String alias) {

  /** The id that the record bears outside. */
  RecordId id() {
    String name = RecordTypes.name(type);
    if (alias != null) {
      return new RecordId(name, alias);
    }
    String key = new RecordKey(record).text();
    if (type == RecordTypes.PATIENT) {
      return new RecordId(name, key);
    }
    return new RecordId(name, (patient == 0 ? "0" : new RecordKey(patient).text()) + "-" + key);
  }
}
