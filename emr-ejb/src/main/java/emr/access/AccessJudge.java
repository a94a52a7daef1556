package emr.access;

import emr.exchange.access.AccessRight;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Judges whether somebody may read a record, or add to it (claims 8, 10, 12, 14). Pure: no clock,
 * no database, no container. {@link Judgement} says the same in SQL, and a test holds them
 * together.
 */
public final class AccessJudge {

  /** A refusal beats whatever permits; of several that permit, the oldest is named. */
  private static final Comparator<StandingPolicy> FIRST =
      Comparator.comparing(StandingPolicy::refuses)
          .reversed()
          .thenComparingLong(StandingPolicy::record)
          .thenComparingLong(StandingPolicy::patient);

  private AccessJudge() {}

  /** As of who has opened nothing in an emergency. */
  public static Decision judge(
      AccessRight right,
      Asker asker,
      Collection<StandingPolicy> policies,
      RecordFacts record,
      Instant now) {
    return judge(right, asker, policies, List.of(), record, now);
  }

  /**
   * @param policies may contain any policies; those that do not apply are passed over
   * @param emergencies may contain any, too
   */
  public static Decision judge(
      AccessRight right,
      Asker asker,
      Collection<StandingPolicy> policies,
      Collection<EmergencyWindow> emergencies,
      RecordFacts record,
      Instant now) {
    if (!asker.rights().contains(right)) {
      return new Decision(right, null);
    }
    if (!asker.statement().covers(right, RecordTypes.name(record.type()))) {
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
        .filter(policy -> policy.refuses() || roleMay || policy.namesPerson())
        .min(FIRST)
        .filter(first -> !first.refuses())
        .map(policy -> new Decision(right, policy.name()))
        .or(
            () ->
                emergencies.stream()
                    .filter(window -> roleMay && opens(window, right, asker, record, now))
                    .min(Comparator.comparing(EmergencyWindow::openedAt))
                    .map(window -> new Decision(right, window.name())))
        .orElseGet(() -> new Decision(right, null));
  }

  /** Only to read, only for the statement's patient, and never what is very restricted. */
  private static boolean opens(
      EmergencyWindow window, AccessRight right, Asker asker, RecordFacts record, Instant now) {
    return right == AccessRight.READ
        && asker.breaksGlass()
        && window.isOf(asker)
        && window.patient() == record.patient()
        && (window.types().isEmpty() || window.types().contains(record.type()))
        && (record.sensitivity() & EmergencyWindow.SHUT) == 0
        && window.isOpen(now);
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
        && policy.isFor(asker.hospital())
        && (policy.role() == null || policy.role() == asker.role())
        && (policy.user() == null || policy.user().equals(asker.user()))
        && (policy.about() == null || policy.about() == record.patient())
        && (policy.types().isEmpty() || policy.types().contains(record.type()))
        && policy.names(record.sensitivity())
        && !now.isBefore(policy.from())
        && (policy.until() == null || now.isBefore(policy.until()));
  }
}
