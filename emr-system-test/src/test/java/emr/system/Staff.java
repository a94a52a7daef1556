package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The demonstration's staff, signed in, and the patients they register for tests. */
public final class Staff {

  public static final Installation INSTALLATION = Installation.named();

  private static final Map<String, Terminal> SIGNED_IN = new ConcurrentHashMap<>();
  private static final Map<String, HospitalServer> SERVERS = new ConcurrentHashMap<>();
  private static final Random RANDOM = new Random();

  private Staff() {}

  /** {@code dr.north}, {@code nurse.south} and so on, at their own hospital. */
  public static Terminal of(String user) {
    String hospital = user.substring(user.indexOf('.') + 1);
    return SIGNED_IN.computeIfAbsent(user, u -> Terminal.signIn(INSTALLATION, hospital, u));
  }

  /** The keys of a hospital. */
  public static HospitalServer server(String hospital) {
    return SERVERS.computeIfAbsent(hospital, h -> HospitalServer.of(INSTALLATION, h));
  }

  /** Signs in anew: a restarted server knows nobody. */
  public static void signInAgain() {
    SIGNED_IN.clear();
  }

  /**
   * A patient nobody else has.
   *
   * @param id logical id
   */
  public record Patient(String id, String family, String given) {}

  /** A word that stands nowhere else. */
  public static String word() {
    var word = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      word.append("bdfgklmnprstvz".charAt(RANDOM.nextInt(14)));
      word.append("aeiou".charAt(RANDOM.nextInt(5)));
    }
    return word.toString();
  }

  /** A name that stands nowhere else. */
  public static String name() {
    String word = word();
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /** Registers a patient and waits until the centre keeps it. */
  public static Patient registered(Terminal at) {
    String family = name();
    String given = name();
    ObjectNode resource = Entries.patient(family, given, "1961-04-05", word());
    Terminal.Saved saved = at.submit(Entries.bundle(resource));
    finished(at, saved.id());
    return new Patient(saved.ids().get(0).substring("Patient/".length()), family, given);
  }

  /** Sends a submission and waits until the centre keeps it. */
  public static JsonNode stored(Terminal at, Terminal.Saved saved) {
    if (saved.state().equals("HELD")) {
      at.send(saved.id());
    }
    return finished(at, saved.id());
  }

  private static JsonNode finished(Terminal at, String submission) {
    JsonNode custody = settled(at, submission);
    assertThat(custody.path("state").asText()).as(custody.toString()).isEqualTo("DELETED");
    return custody;
  }

  /** Waits until a submission is deleted at the hospital, or set aside. */
  public static JsonNode settled(Terminal at, String submission) {
    return until(at, submission, Duration.ofSeconds(60), "DELETED", "SET_ASIDE", "RECALLED");
  }

  /** Waits until a submission is in one of the states; gives its custody, whatever it is then. */
  public static JsonNode until(
      Terminal at, String submission, Duration patience, String... states) {
    Instant deadline = Instant.now().plus(patience);
    JsonNode custody = at.submission(submission);
    while (Instant.now().isBefore(deadline)
        && !java.util.List.of(states).contains(custody.path("state").asText())) {
      pause(Duration.ofMillis(150));
      custody = at.submission(submission);
    }
    return custody;
  }

  /** Waits until something is so; whether it came to be. */
  public static boolean eventually(Duration patience, BooleanSupplier so) {
    Instant deadline = Instant.now().plus(patience);
    while (!so.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        return false;
      }
      pause(Duration.ofMillis(250));
    }
    return true;
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
