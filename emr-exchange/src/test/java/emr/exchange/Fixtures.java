package emr.exchange;

import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** People, places and papers for tests. Constants name what does not matter to the test. */
public final class Fixtures {

  public static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  public static final HospitalId NORTH = new HospitalId("north");
  public static final HospitalId SOUTH = new HospitalId("south");
  public static final PatientId ADA = new PatientId("00000000000a1");
  public static final PatientId BOB = new PatientId("00000000000b2");
  public static final Author DR_LEE = new Author("dr.lee", "Dr Lee", Role.PHYSICIAN);

  private Fixtures() {}

  /** A statement by {@link #NORTH} about {@link #ADA}, good for five minutes from {@link #NOON}. */
  public static AccessStatement statementGranting(AccessRight... rights) {
    return AccessStatement.of(
        NORTH, DR_LEE.user(), Role.PHYSICIAN, Purpose.TREATMENT, ADA, Set.of(rights), NOON);
  }

  /** An Observation about {@link #ADA}, based on version {@code basedOn}. */
  public static Submission submission(RecordId record, int basedOn) {
    String json =
        """
        {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"pulse"},\
        "subject":{"reference":"%s"}}"""
            .formatted(record.id(), ADA.record());
    return new Submission(
        UUID.randomUUID(),
        NORTH,
        ADA,
        DR_LEE,
        NOON,
        List.of(new Submission.Entry(record, basedOn, json)));
  }
}
