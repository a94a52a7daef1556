package emr.access;

import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.BrokenSeal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has it noted in the audit trail that papers were refused: the first of a minute one by one, the
 * others as how many they were, for nobody shall fill the trail from outside.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class RefusedPapers {

  @Inject Event<PaperRefused> refusals;

  private final RefusedByMinute counted = new RefusedByMinute();

  /**
   * Notes a refusal, or counts it.
   *
   * @param hospital the one that brought the paper, or in whose name it came; null for nobody
   * @param person in whose name it came, empty for nobody
   * @param why in fixed words
   */
  public void note(@Nullable HospitalId hospital, String person, String why) {
    if (counted.isFew(hospital, Instant.now())) {
      refusals.fire(new PaperRefused(hospital, person, why));
    }
  }

  /**
   * What {@code accepting} gives. If it refuses what was brought because nothing proves it, that is
   * noted.
   */
  public <T> T noting(HospitalId bringer, String person, Supplier<T> accepting) {
    try {
      return accepting.get();
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.NOT_AUTHENTICATED) {
        note(bringer, person, refusal.explanation());
      }
      throw refusal;
    } catch (BrokenSeal broken) {
      note(bringer, person, "The paper is not signed as it must be.");
      throw broken;
    }
  }

  /** Notes how many were only counted in the minutes that are over. */
  public void tellTheRest() {
    for (RefusedByMinute.Rest rest : counted.rest(Instant.now())) {
      refusals.fire(
          new PaperRefused(
              rest.hospital(),
              "",
              "More papers were refused in the minute from %s: %d."
                  .formatted(rest.minute(), rest.count())));
    }
  }
}
