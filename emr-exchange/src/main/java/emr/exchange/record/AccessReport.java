package emr.exchange.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who saw a patient's chart: what the centre states, signed, for the patient to keep.
 *
 * @param hospital that asked for it on behalf of the patient
 * @param madeAt UTC
 * @param complete false if there are older entries than those in it
 * @param lines newest first
 */
public record AccessReport(
    PatientId patient, HospitalId hospital, Instant madeAt, boolean complete, List<Line> lines) {

  /**
   * An entry of the audit trail.
   *
   * @param entry its number
   * @param hospital null for the centre's own people
   * @param action a word
   * @param records versions of records disclosed or stored, as many as the one who asked may know
   * @param why it was permitted or refused, in words
   */
  public record Line(
      long entry,
      Instant at,
      @Nullable HospitalId hospital,
      String person,
      String role,
      String action,
      int records,
      boolean permitted,
      String why) {}

  public AccessReport {
    lines = List.copyOf(lines);
  }
}
