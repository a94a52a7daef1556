package emr.access;

import emr.exchange.access.AccessRight;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;

/**
 * Judges whether somebody may read a record, or add to it (claims 8, 10, 12, 14). Pure: no clock,
 * no database, no container. {@link Judgement} says the same in SQL, and a test holds them
 * together.
 */
public final class AccessJudge {

  private AccessJudge() {}

  /**
   * @param policies may contain any policies; those that do not apply are passed over
   */
  public static Decision judge(
      AccessRight right,
      Asker asker,
      Collection<StandingPolicy> policies,
      RecordFacts record,
      Instant now) {
    if (!asker.rights().contains(right)) {
      return new Decision(right, null);
    }
    Set<String> bound = asker.statement().types().get(right);
    if (bound != null && !bound.contains(RecordTypes.name(record.type()))) {
      return new Decision(right, null);
    }
    if (right == AccessRight.READ && record.isDirectory()) {
      return new Decision(right, Decision.DIRECTORY);
    }
    if (!inScope(asker, record)) {
      return new Decision(right, null);
    }
    boolean roleMay = RecordTypes.contains(RecordTypes.of(asker.role(), right), record.type());
    boolean own = record.custodian() == asker.hospital() || record.author() == asker.hospital();
    if (own && roleMay) {
      return new Decision(right, Decision.OWN);
    }
    return policies.stream()
        .filter(policy -> applies(policy, right, asker, record, now))
        .filter(policy -> roleMay || policy.namesPerson())
        .min(
            Comparator.comparingLong(StandingPolicy::record)
                .thenComparingLong(StandingPolicy::patient))
        .map(policy -> new Decision(right, policy.name()))
        .orElseGet(() -> new Decision(right, null));
  }

  /** A statement opens the records of its patient; without one, to people, the way to patients. */
  private static boolean inScope(Asker asker, RecordFacts record) {
    if (asker.patient() != null) {
      return record.patient() == asker.patient().value();
    }
    return asker.asksForAnyPatient()
        || record.patient() == 0
        || record.type() == RecordTypes.PATIENT;
  }

  private static boolean applies(
      StandingPolicy policy, AccessRight right, Asker asker, RecordFacts record, Instant now) {
    return policy.inForce()
        && policy.rights().contains(right)
        && policy.grantor() == record.custodian()
        && policy.hospital() == asker.hospital()
        && (policy.role() == null || policy.role() == asker.role())
        && (policy.user() == null || policy.user().equals(asker.user()))
        && (policy.about() == null || policy.about() == record.patient())
        && (policy.types().isEmpty() || policy.types().contains(record.type()))
        && !now.isBefore(policy.from())
        && (policy.until() == null || now.isBefore(policy.until()));
  }
}
