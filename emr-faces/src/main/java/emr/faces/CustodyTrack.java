package emr.faces;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The six steps of a submission's way, with the times of those it has taken.
 *
 * @param steps in order, first to last
 */
public record CustodyTrack(List<Step> steps) implements Serializable {

  private static final List<CustodyState> WAY =
      List.of(
          CustodyState.DRAFT,
          CustodyState.SAVED,
          CustodyState.HELD,
          CustodyState.SENT,
          CustodyState.STORED,
          CustodyState.DELETED);

  /**
   * One step.
   *
   * @param css "done", "here" or ""
   * @param time for people; "–" before the step is taken
   */
  public record Step(CustodyState state, String css, String time) implements Serializable {}

  public CustodyTrack {
    steps = List.copyOf(steps);
  }

  /**
   * @param here the step reached; one beside the way, such as a recall, counts as held
   * @param times of the steps taken, for people; a step without a time is shown without
   */
  public static CustodyTrack at(CustodyState here, Map<CustodyState, String> times) {
    int reached = Math.max(WAY.indexOf(here), here.isUnderWay() ? 1 : 0);
    if (WAY.indexOf(here) < 0) {
      reached = WAY.indexOf(CustodyState.HELD);
    }
    var steps = new ArrayList<Step>();
    for (int i = 0; i < WAY.size(); i++) {
      boolean last = here == CustodyState.DELETED;
      String css = i < reached || (i == reached && last) ? "done" : i == reached ? "here" : "";
      steps.add(new Step(WAY.get(i), css, times.getOrDefault(WAY.get(i), i <= reached ? "" : "–")));
    }
    return new CustodyTrack(steps);
  }
}
