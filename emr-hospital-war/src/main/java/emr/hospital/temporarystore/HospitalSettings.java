package emr.hospital.temporarystore;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the hospital's administrator sets. Who may change it, the caller has asked. */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class HospitalSettings {

  private static final String HOLD = "hold.";
  private static final String USUAL_HOLD = "hold";
  private static final String RECEIVED = "received.kept";
  private static final String PAUSED = "forwarding.paused";
  private static final Duration LONGEST_RECEIVED = Duration.ofDays(7);

  @PersistenceContext(unitName = "hospital")
  EntityManager database;

  @Inject
  @ConfigProperty(name = "emr.hold.seconds", defaultValue = "600")
  long firstHold;

  @Inject
  @ConfigProperty(name = "emr.received.hours", defaultValue = "12")
  long firstReceived;

  /** A registration and a policy are not held, unless the administrator wants it. */
  public HoldTimes holdTimes() {
    Map<String, Duration> byType = new HashMap<>();
    byType.put("Patient", Duration.ZERO);
    byType.put("Consent", Duration.ZERO);
    Duration usual = Duration.ofSeconds(firstHold);
    for (Setting setting : database.createNamedQuery(Setting.ALL, Setting.class).getResultList()) {
      if (setting.name().equals(USUAL_HOLD)) {
        usual = Duration.parse(setting.value());
      } else if (setting.name().startsWith(HOLD)) {
        byType.put(setting.name().substring(HOLD.length()), Duration.parse(setting.value()));
      }
    }
    return new HoldTimes(usual, byType);
  }

  /** Holds from now on; what is held already keeps its time. */
  public void useHoldTimes(HoldTimes times) {
    set(USUAL_HOLD, times.usual().toString());
    for (String type : holdTimes().byType().keySet()) {
      if (!times.byType().containsKey(type)) {
        set(HOLD + type, times.usual().toString());
      }
    }
    times.byType().forEach((type, hold) -> set(HOLD + type, hold.toString()));
  }

  /** For how long records received from the centre may be shown while it is away (claim 4). */
  public Duration receivedKept() {
    Setting setting = database.find(Setting.class, RECEIVED);
    return setting == null ? Duration.ofHours(firstReceived) : Duration.parse(setting.value());
  }

  /**
   * @throws IllegalArgumentException unless it is between none and seven days
   */
  public void keepReceived(Duration kept) {
    if (kept.isNegative() || kept.compareTo(LONGEST_RECEIVED) > 0) {
      throw new IllegalArgumentException("received records are kept between none and 7 days");
    }
    set(RECEIVED, kept.toString());
  }

  /** Whether forwarding rests until somebody resumes it. */
  public boolean paused() {
    Setting setting = database.find(Setting.class, PAUSED);
    return setting != null && Boolean.parseBoolean(setting.value());
  }

  public void pause(boolean paused) {
    set(PAUSED, Boolean.toString(paused));
  }

  private void set(String name, String value) {
    database.merge(new Setting(name, value));
  }
}
