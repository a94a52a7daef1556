package emr.exchange.record;

import static java.util.Objects.requireNonNull;

import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a hospital showed its people, while the centre was away, from what they had received before;
 * posted, signed by the hospital, to {@code /exchange/readings} when the centre is back.
 *
 * @param readings in the order in which they happened
 */
public record ShownAgain(HospitalId hospital, List<Reading> readings) {

  /** Readings in one report at most. */
  public static final int MOST = 50;

  /**
   * One look at a chart.
   *
   * @param id told again, it is noted once
   * @param at when, UTC
   * @param versions shown, with their numbers
   */
  public record Reading(
      UUID id,
      String user,
      Role role,
      Purpose purpose,
      PatientId patient,
      Instant at,
      List<Version> versions) {

    public Reading {
      if (user.isBlank() || user.length() > 64) {
        throw new IllegalArgumentException("a reading names a user, in 1 to 64 characters");
      }
      requireNonNull(id);
      requireNonNull(role);
      requireNonNull(purpose);
      requireNonNull(patient);
      requireNonNull(at);
      versions = List.copyOf(versions);
    }
  }

  /** A version of a record. */
  public record Version(RecordId record, int number) {}

  /** As it travels: a compact JWS of the report. */
  public record Signed(String report) {}

  public ShownAgain {
    readings = List.copyOf(readings);
  }
}
