package emr.storage;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A version about to be stored, as its rows want it.
 *
 * @param deleted whether it says that the record is no longer in use
 * @param alias the logical id, where it is not made of the keys
 * @param date the principal date's beginning; null if there is none
 * @param until its end, excluded; null for an instant
 * @param terms hashes of what it is found by
 * @param elsewhere of the terms those by which it belongs to other patients' compartments
 * @param code hash of the only code; 0 where there is none, or several
 * @param present a bit for each search parameter that has a value
 * @param sensitivity as {@link emr.exchange.access.Sensitivity#bits}; null where there is nothing
 *     to note
 * @param kept the content, compressed and encrypted
 */
record NewVersion(
    long patient,
    long record,
    int number,
    short type,
    short custodian,
    short author,
    boolean deleted,
    int octets,
    byte[] contentHash,
    byte[] hash,
    @Nullable String alias,
    @Nullable OffsetDateTime date,
    @Nullable OffsetDateTime until,
    long[] terms,
    long[] elsewhere,
    int code,
    long present,
    @Nullable Short sensitivity,
    byte[] kept) {}
