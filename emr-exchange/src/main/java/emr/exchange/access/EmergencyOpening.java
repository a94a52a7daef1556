package emr.exchange.access;

import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Breaks the glass: a hospital states, and signs, that one of its people opens a patient's chart in
 * an emergency, to read in it what no policy gives them. It is good for that person, that patient
 * and those types, for an hour at most; the patient's own hospital is told, and judges afterwards.
 *
 * @param id of what is opened, used once
 * @param user the name the person signs in with at their hospital
 * @param types FHIR resource types; empty for all
 * @param words why, in 10 to 500 characters
 * @param until the first instant at which it is shut again
 */
public record EmergencyOpening(
    UUID id,
    HospitalId hospital,
    String user,
    Role role,
    PatientId patient,
    Set<String> types,
    EmergencyReason reason,
    String words,
    Instant from,
    Instant until)
    implements Serializable {

  /** How long an emergency lasts at most. */
  public static final Duration LONGEST = Duration.ofMinutes(60);

  public static final int SHORTEST_WORDS = 10;
  public static final int LONGEST_WORDS = 500;

  public EmergencyOpening {
    Objects.requireNonNull(id);
    Objects.requireNonNull(hospital);
    Objects.requireNonNull(patient);
    Objects.requireNonNull(reason);
    types = Set.copyOf(types);
    words = words.strip();
    if (user.isBlank() || user.length() > 64 || user.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an emergency is one user's, of 1 to 64 characters");
    }
    if (words.length() < SHORTEST_WORDS || words.length() > LONGEST_WORDS) {
      throw new IllegalArgumentException("the reason is given in 10 to 500 characters");
    }
    if (!from.isBefore(until) || until.isAfter(from.plus(LONGEST))) {
      throw new IllegalArgumentException("an emergency lasts " + LONGEST + " at most");
    }
    if (role != Role.PHYSICIAN && role != Role.NURSE) {
      throw new IllegalArgumentException("physicians and nurses act in emergencies");
    }
  }

  /**
   * One from now on, for as long as may be.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} for what makes no sense
   */
  public static EmergencyOpening now(
      HospitalId hospital,
      Author who,
      PatientId patient,
      Set<String> types,
      EmergencyReason reason,
      String words) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try {
      return new EmergencyOpening(
          UUID.randomUUID(),
          hospital,
          who.user(),
          who.role(),
          patient,
          types,
          reason,
          words,
          now,
          now.plus(LONGEST));
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.UNPROCESSABLE, String.valueOf(e.getMessage())).initCause(e);
    }
  }
}
