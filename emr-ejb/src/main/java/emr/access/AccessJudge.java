package emr.access;

import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
    if (isOwn(right, asker, record) && roleMay) {
      return new Decision(right, Decision.OWN);
    }
    return first(right, asker, policies, record, now)
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

  /**
   * Whoever wrote a version may read it, and who keeps the record may add to it, too: a right to
   * add that was withdrawn does not live on in the version that was added by it.
   */
  private static boolean isOwn(AccessRight right, Asker asker, RecordFacts record) {
    return record.custodian() == asker.hospital()
        || (right == AccessRight.READ && record.author() == asker.hospital());
  }

  /** The policy that decides, if one applies. */
  private static Optional<StandingPolicy> first(
      AccessRight right,
      Asker asker,
      Collection<StandingPolicy> policies,
      RecordFacts record,
      Instant now) {
    boolean roleMay = RecordTypes.contains(RecordTypes.of(asker.role(), right), record.type());
    return policies.stream()
        .filter(policy -> applies(policy, right, asker, record, now))
        .filter(
            policy ->
                policy.refuses() || roleMay || (policy.namesPerson() && reachesFurther(asker)))
        .min(FIRST);
  }

  /**
   * Why {@link #judge} did not permit: {@link Decision#SCOPE}, {@link Decision#ROLE}, or the name
   * of the refusal that decided; empty if nothing permits, and no more can be said.
   */
  public static String because(
      AccessRight right,
      Asker asker,
      Collection<StandingPolicy> policies,
      RecordFacts record,
      Instant now) {
    if (!asker.rights().contains(right)
        || !asker.statement().covers(right, RecordTypes.name(record.type()))) {
      return Decision.SCOPE;
    }
    if (!inScope(asker, record)) {
      return "";
    }
    return first(right, asker, policies, record, now)
        .filter(StandingPolicy::refuses)
        .map(StandingPolicy::name)
        .orElse(isOwn(right, asker, record) ? Decision.ROLE : "");
  }

  /**
   * Whether a policy can open more to the asker than their role may see. To administrators it
   * cannot: who makes policies and accounts must not open charts to themselves.
   */
  static boolean reachesFurther(Asker asker) {
    return asker.role() != Role.ADMINISTRATOR;
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
