package emr.hospital.temporarystore;

import emr.exchange.record.Author;
import emr.exchange.record.RecordId;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * A record that the centre does not keep yet, as its author wrote it.
 *
 * @param number the version it will be
 * @param content FHIR R4 JSON
 */
public record HeldEntry(
    UUID submission,
    RecordId record,
    int number,
    Author author,
    Instant recordedAt,
    CustodyState state,
    String content)
    implements Serializable {}
