package emr.control;

import emr.audit.AuditFilter;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit trail are asked for.
 *
 * @param filter without a patient and a record: those are named by
 * @param patient whose records
 * @param record disclosed or stored
 * @param before older than that entry; {@link Long#MAX_VALUE} to begin with
 * @param limit one more than will be shown, which tells whether there are more
 */
public record TrailQuery(
    AuditFilter filter,
    @Nullable PatientId patient,
    @Nullable RecordId record,
    long before,
    int limit) {}
