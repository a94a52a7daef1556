package emr.hospital.temporarystore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the centre's audit trail says about a patient.
 *
 * @param patient JSON of the patient's own record; empty while the centre is away
 * @param events a Bundle of AuditEvents, or a Binary with the signed report; empty while the centre
 *     is away
 * @param awaySince null if the centre just answered
 */
public record TrailAnswer(String patient, String events, @Nullable Instant awaySince) {}
