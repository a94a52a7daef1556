package emr.exchange.access;

import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/**
 * What the patient's own hospital says, and signs, of an emergency access afterwards.
 *
 * @param id of this verdict, used once
 * @param emergency which one
 * @param user of the hospital's administrators
 * @param words why, in 10 to 500 characters
 */
public record EmergencyVerdict(
    UUID id,
    UUID emergency,
    HospitalId hospital,
    String user,
    Role role,
    boolean justified,
    String words,
    Instant at)
    implements Serializable {

  public EmergencyVerdict {
    Objects.requireNonNull(id);
    Objects.requireNonNull(emergency);
    Objects.requireNonNull(hospital);
    Objects.requireNonNull(at);
    words = words.strip();
    if (user.isBlank() || user.length() > 64) {
      throw new IllegalArgumentException("a verdict is one user's, of 1 to 64 characters");
    }
    if (words.length() < EmergencyOpening.SHORTEST_WORDS
        || words.length() > EmergencyOpening.LONGEST_WORDS) {
      throw new IllegalArgumentException("a verdict is explained in 10 to 500 characters");
    }
  }

  /**
   * One of now.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} for what makes no sense
   */
  public static EmergencyVerdict now(
      HospitalId hospital, Author who, UUID emergency, boolean justified, String words) {
    try {
      return new EmergencyVerdict(
          UUID.randomUUID(),
          emergency,
          hospital,
          who.user(),
          who.role(),
          justified,
          words,
          Instant.now().truncatedTo(ChronoUnit.SECONDS));
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.UNPROCESSABLE, String.valueOf(e.getMessage())).initCause(e);
    }
  }
}
