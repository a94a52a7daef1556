package emr.audit;

import emr.access.Query;
import emr.exchange.access.AccessStatement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry that is about to be added to the trail. What is not said of it stays empty. */
final class NewEntry {

  private static final long[] NO_RECORDS = {};
  private static final int[] NO_NUMBERS = {};

  private final Action action;
  private final boolean permitted;
  private final String rule;
  private @Nullable UUID statement;
  private @Nullable UUID submission;
  private @Nullable Long patient;
  private long octets;
  private @Nullable Short hospital;
  private @Nullable Short role;
  private @Nullable Short purpose;
  private @Nullable Short type;
  private String person = "";
  private long[] records = NO_RECORDS;
  private int[] numbers = NO_NUMBERS;
  private long @Nullable [] patients;

  private NewEntry(Action action, boolean permitted, String rule) {
    this.action = action;
    this.permitted = permitted;
    this.rule = rule;
  }

  /** That something was permitted and done, by {@code rule}. */
  static NewEntry permitted(Action action, String rule) {
    return new NewEntry(action, true, rule);
  }

  /** That something was refused; {@code why} as in {@link Rule}. */
  static NewEntry refused(String why) {
    return new NewEntry(Action.REFUSED, false, why);
  }

  /** Who states that they ask, and for what. */
  NewEntry by(AccessStatement by) {
    statement = by.id();
    role = (short) by.role().ordinal();
    purpose = (short) by.purpose().ordinal();
    return by(by.user());
  }

  NewEntry by(String user) {
    person = user;
    return this;
  }

  NewEntry of(@Nullable Short byHospital) {
    hospital = byHospital;
    return this;
  }

  /** Types of records by number; null for several. */
  NewEntry about(@Nullable Short ofType, @Nullable Long ofPatient) {
    type = ofType;
    patient = ofPatient;
    return this;
  }

  NewEntry submitted(@Nullable UUID by) {
    submission = by;
    return this;
  }

  /** The versions. */
  NewEntry noting(AuditTrail.Noted noted) {
    records = noted.records();
    numbers = noted.numbers();
    octets = noted.octets();
    return apart(noted.patients());
  }

  /** Whose charts it is about, apart from who was named. */
  NewEntry apart(long @Nullable [] charts) {
    patients = charts;
    return this;
  }

  Query insertion() {
    return new Query()
        .add(
            "insert into audit (statement, submission, patient, octets, hospital, role, purpose,"
                + " action, type, permitted, person, rule, records, numbers, patients) values"
                + " (?::uuid, ?::uuid, ?::bigint, ?::bigint, ?::smallint, ?::smallint,"
                + " ?::smallint, ?::smallint, ?::smallint, ?::boolean, ?::text, ?::text,"
                + " ?::bigint[], ?::int[], ?::bigint[])",
            statement,
            submission,
            patient,
            octets,
            hospital,
            role,
            purpose,
            (short) action.ordinal(),
            type,
            permitted,
            person,
            rule,
            records,
            numbers,
            patients);
  }
}
