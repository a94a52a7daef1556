package emr.exchange.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One chart entry by one author about one patient, stored whole or not at all (claims 1, 4, 5).
 *
 * @param id made where the entry was made; sending it twice stores it once
 * @param hospital where it was made
 * @param patient whom it is about; null for the directory (organisations, practitioners, places)
 *     and for a hospital's policies about all its patients
 * @param author who made it
 * @param recordedAt when it was saved at the hospital, UTC
 * @param entries 1 to {@value #MAX_ENTRIES} records, each at most once
 */
public record Submission(
    UUID id,
    HospitalId hospital,
    @Nullable PatientId patient,
    Author author,
    Instant recordedAt,
    List<Entry> entries)
    implements Serializable {

  public static final int MAX_ENTRIES = 10_000;

  /**
   * One record of a submission.
   *
   * @param record which record
   * @param basedOn the number of the version its author had before them; 0 for a new record
   * @param content the FHIR R4 resource as JSON, with its id, as its author signed it
   */
  public record Entry(RecordId record, int basedOn, String content) implements Serializable {

    public Entry {
      if (basedOn < 0) {
        throw new IllegalArgumentException("versions are counted from 1");
      }
    }

    /** The number that this entry's version will have. */
    @JsonIgnore
    public int number() {
      return basedOn + 1;
    }
  }

  public Submission {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("a submission has 1 to " + MAX_ENTRIES + " records");
    }
    if (entries.stream().map(Entry::record).distinct().count() < entries.size()) {
      throw new IllegalArgumentException("a submission names a record only once");
    }
  }
}
