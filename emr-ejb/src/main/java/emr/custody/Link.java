package emr.custody;

import emr.exchange.record.HospitalId;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands between the centre and one hospital: counts, and nothing about any patient.
 *
 * @param lastHeard when the hospital's server last spoke; null if it never did, or has none
 * @param storedLastHour versions of records stored within the last hour
 * @param stored submissions ever stored
 * @param records versions of records in them
 * @param notDeleted submissions stored whose deletion was not reported yet
 */
public record Link(
    HospitalId hospital,
    @Nullable Instant lastHeard,
    long storedLastHour,
    long stored,
    long records,
    long notDeleted)
    implements Serializable {}
