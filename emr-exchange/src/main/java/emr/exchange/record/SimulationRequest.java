package emr.exchange.record;

import emr.exchange.access.Simulation;
import emr.exchange.record.Refusal.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks what somebody could see of a chart.
 *
 * @param statement signed, of who asks, and of whose chart
 */
public record SimulationRequest(String statement, Simulation simulation) {

  /**
   * What came of it.
   *
   * @param refused null if it was done
   * @param explanation of the refusal, for people; empty if it was done
   */
  public record Answer(@Nullable Reason refused, String explanation, List<Simulation.Line> lines) {
    public Answer {
      lines = List.copyOf(lines);
    }
  }
}
