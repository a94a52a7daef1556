package emr.exchange.record;

import java.util.List;

/**
 * The hospitals of the exchange, so that people see and choose them by name: the centre's answer to
 * an empty object.
 *
 * @param hospitals in the order in which they joined
 */
public record HospitalNames(List<Named> hospitals) {

  public HospitalNames {
    hospitals = List.copyOf(hospitals);
  }

  /**
   * A hospital.
   *
   * @param name for people, 1 to 200 characters
   * @param active whether it takes part now; what one that left has written keeps its name
   */
  public record Named(HospitalId id, String name, boolean active) {}
}
