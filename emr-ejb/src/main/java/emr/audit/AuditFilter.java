package emr.audit;

import emr.access.Query;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the trail are looked for; what is null is left open.
 *
 * @param entry that one only
 * @param hospital who asked
 * @param person the name they sign in with, exactly
 * @param patient whose records
 * @param record disclosed or stored
 * @param from the first instant
 * @param until the first instant no longer meant
 * @param permitted only what was, or only what was turned down
 * @param actions one of these
 */
public record AuditFilter(
    @Nullable Long entry,
    @Nullable HospitalId hospital,
    @Nullable String person,
    @Nullable RecordKey patient,
    @Nullable RecordKey record,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable Boolean permitted,
    @Nullable Set<Action> actions) {

  /** Everything there is. */
  public static final AuditFilter ALL =
      new AuditFilter(null, null, null, null, null, null, null, null, null);

  /** Adds what the filter asks of the row {@code a} to a query that has a {@code where}. */
  void addTo(Query query, Function<HospitalId, Short> numbers) {
    if (entry != null) {
      query.add(" and a.id = ?::bigint", entry);
    }
    if (hospital != null) {
      query.add(" and a.hospital = ?::smallint", numbers.apply(hospital));
    }
    if (person != null) {
      query.add(" and a.person = ?::text", person);
    }
    if (patient != null) {
      query.add(
          " and (a.patient = ?::bigint or a.patients @> array[?::bigint])",
          patient.value(),
          patient.value());
    }
    if (record != null) {
      query.add(" and ?::bigint = any (a.records)", record.value());
    }
    if (from != null) {
      query.add(" and a.at >= ?::timestamptz", from);
    }
    if (until != null) {
      query.add(" and a.at < ?::timestamptz", until);
    }
    if (permitted != null) {
      query.add(" and a.permitted = ?::boolean", permitted);
    }
    if (actions != null) {
      short[] ordinals = new short[actions.size()];
      int i = 0;
      for (Action action : actions) {
        ordinals[i++] = (short) action.ordinal();
      }
      query.add(" and a.action = any (?::smallint[])", (Object) ordinals);
    }
  }
}
