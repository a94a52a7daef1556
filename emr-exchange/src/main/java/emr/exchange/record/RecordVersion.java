package emr.exchange.record;

import java.time.Instant;

/**
 * One version of a record as the centre keeps it, for ever and unchanged.
 *
 * @param record which record
 * @param number 1 for the original, then one more for each addition (claim 16)
 * @param custodian the hospital that wrote the original; its policies govern the record
 * @param author the hospital that wrote this version
 * @param storedAt when the centre stored it, UTC, to the microsecond
 * @param hash 64 hex digits, over the content and the hash of the version before
 * @param deleted whether this version says that the record is no longer in use
 * @param content the FHIR R4 resource as it was signed, JSON in UTF-8, its {@code meta.versionId}
 *     and {@code meta.lastUpdated} set by the centre; not to be changed
 */
public record RecordVersion(
    RecordId record,
    int number,
    HospitalId custodian,
    HospitalId author,
    Instant storedAt,
    String hash,
    boolean deleted,
    byte[] content) {}
