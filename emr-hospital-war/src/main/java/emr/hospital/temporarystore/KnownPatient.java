package emr.hospital.temporarystore;

import emr.exchange.record.PatientId;
import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A patient whom this hospital registered or fetched before.
 *
 * @param family in Latin or, without that, any letters
 * @param kana family and given name in syllables; empty if unknown
 * @param kanji family and given name in ideographs; empty if unknown
 * @param birthDate null if unknown or given only in part
 * @param gender a FHIR code, or empty
 * @param number the patient's number, or empty
 * @param registeredHere false if only fetched from the centre
 */
public record KnownPatient(
    PatientId id,
    String family,
    String given,
    String kana,
    String kanji,
    @Nullable LocalDate birthDate,
    String gender,
    String number,
    boolean registeredHere)
    implements Serializable {}
