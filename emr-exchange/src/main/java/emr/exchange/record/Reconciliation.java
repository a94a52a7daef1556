package emr.exchange.record;

import java.time.LocalDate;

/**
 * Both sides' count of one day, so that nothing is lost and nothing left behind.
 *
 * @param day in UTC, by the centre's time of storing
 */
public record Reconciliation(LocalDate day) {

  /**
   * What the centre counted for the asking hospital.
   *
   * @param stored submissions stored on that day
   * @param records versions in them
   * @param deleted those of them whose deletion the hospital has reported
   */
  public record Counts(LocalDate day, long stored, long records, long deleted) {}
}
