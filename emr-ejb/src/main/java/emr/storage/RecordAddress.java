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
public record RecordAddress(short type, long patient, long record, @Nullable String alias) {

  /** Where a new record of that type will lie, under an id made here. */
  public static RecordAddress fresh(short type, long patient) {
    return new RecordAddress(type, patient, RecordKey.fresh().value(), null);
  }

  /** Where a new record without a patient's chart will lie; a Patient begins one of its own. */
  public static RecordAddress fresh(short type) {
    long key = RecordKey.fresh().value();
    return new RecordAddress(type, type == RecordTypes.PATIENT ? key : 0, key, null);
  }

  /** The same place, under an id that a client chose. */
  public RecordAddress under(String id) {
    return new RecordAddress(type, patient, record, id);
  }

  /** The id that the record bears outside. */
  public RecordId id() {
    String name = RecordTypes.name(type);
    return alias == null ? RecordId.of(name, patient, record) : new RecordId(name, alias);
  }
}
