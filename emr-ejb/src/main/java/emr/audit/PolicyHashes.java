package emr.audit;

import emr.access.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The hashes of the policies that decided. They are looked up when the trail is told: versions are
 * never changed, so an entry that names one names its hash as well.
 */
final class PolicyHashes {

  private PolicyHashes() {}

  /** Of all versions of policies that {@code entries} name. */
  static Map<Rule.Policy, String> of(Collection<AuditEntry> entries, Connection connection)
      throws SQLException {
    List<Rule.Policy> named =
        entries.stream().flatMap(entry -> entry.why().policies().stream()).distinct().toList();
    var hashes = new HashMap<Rule.Policy, String>();
    if (named.isEmpty()) {
      return hashes;
    }
    Query query =
        new Query()
            .add(
                "select v.patient, v.record, v.number, encode(v.hash, 'hex')"
                    + " from unnest(?::bigint[], ?::bigint[], ?::int[])"
                    + " as p (patient, record, number)"
                    + " join version v on v.patient = p.patient and v.record = p.record"
                    + " and v.number = p.number",
                named.stream().mapToLong(Rule.Policy::patient).toArray(),
                named.stream().mapToLong(Rule.Policy::record).toArray(),
                named.stream().mapToInt(Rule.Policy::number).toArray());
    try (var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        hashes.put(
            new Rule.Policy(row.getLong(1), row.getLong(2), row.getInt(3)), row.getString(4));
      }
    }
    return hashes;
  }
}
