package emr.hospital.forwarding;

import emr.hospital.temporarystore.Dispatch.Due;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Chooses what travels together. */
final class Batches {

  private Batches() {}

  /**
   * The next batch out of {@code due}, in its order: a submission goes only if everything that must
   * come before it is in the same batch, further ahead, or is finished already.
   *
   * @param due in the order of saving
   * @param most submissions in a batch
   * @param octets of contents in a batch; a submission larger than that travels alone
   */
  static List<Due> choose(List<Due> due, int most, long octets) {
    var chosen = new ArrayList<Due>();
    var numbers = new HashSet<Long>();
    long sum = 0;
    for (Due next : due) {
      if (!numbers.containsAll(next.after())) {
        continue;
      }
      boolean full = chosen.size() == most || (!chosen.isEmpty() && sum + next.octets() > octets);
      if (full) {
        break;
      }
      chosen.add(next);
      numbers.add(next.number());
      sum += next.octets();
    }
    return chosen;
  }
}
