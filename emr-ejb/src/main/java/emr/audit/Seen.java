package emr.audit;

import emr.exchange.record.RecordId;
import java.util.List;
import java.util.Map;

/**
 * An entry of the trail as somebody may see it.
 *
 * @param entry without its records
 * @param versions of records disclosed or stored, as far as the one who looks may read them
 * @param entries of the trail, where those were looked at
 */
public record Seen(AuditEntry entry, List<Version> versions, List<Long> entries) {

  /** A version of a record. */
  public record Version(RecordId record, int number) {}

  Seen with(Map<Rule.Policy, String> hashes) {
    return new Seen(entry.with(hashes), versions, entries);
  }

  public Seen {
    versions = List.copyOf(versions);
    entries = List.copyOf(entries);
  }
}
