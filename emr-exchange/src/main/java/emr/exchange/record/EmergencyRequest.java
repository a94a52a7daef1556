package emr.exchange.record;

import emr.exchange.access.Emergency;
import emr.exchange.record.Refusal.Reason;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a hospital asks about access in emergencies: one is opened, judged or ended; or, if it is
 * none of these, what there is to be seen of them, or how many wait.
 *
 * @param opening an {@link emr.exchange.access.EmergencyOpening}, signed
 * @param verdict an {@link emr.exchange.access.EmergencyVerdict}, signed
 * @param ended which one its user ends before its time
 * @param statement signed, of who ends one, or asks what there is
 * @param counting whether only the number of those that wait for a verdict is asked for
 */
public record EmergencyRequest(
    @Nullable String opening,
    @Nullable String verdict,
    @Nullable UUID ended,
    @Nullable String statement,
    boolean counting) {

  public static EmergencyRequest open(String opening) {
    return new EmergencyRequest(opening, null, null, null, false);
  }

  public static EmergencyRequest judge(String verdict) {
    return new EmergencyRequest(null, verdict, null, null, false);
  }

  public static EmergencyRequest end(UUID emergency, String statement) {
    return new EmergencyRequest(null, null, emergency, statement, false);
  }

  public static EmergencyRequest list(String statement) {
    return new EmergencyRequest(null, null, null, statement, false);
  }

  public static EmergencyRequest count(String statement) {
    return new EmergencyRequest(null, null, null, statement, true);
  }

  /**
   * What became of it.
   *
   * @param refused null if it was done
   * @param explanation of the refusal, for people; empty if it was done
   * @param listed {@link Emergency.Listed#NOTHING} unless asked for; without emergencies where only
   *     their number is
   */
  public record Answer(@Nullable Reason refused, String explanation, Emergency.Listed listed) {

    public static Answer done(Emergency.Listed listed) {
      return new Answer(null, "", listed);
    }

    public static Answer refused(Refusal refusal) {
      return new Answer(refusal.reason(), refusal.explanation(), Emergency.Listed.NOTHING);
    }
  }
}
