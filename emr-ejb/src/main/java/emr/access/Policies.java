package emr.access;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The standing policies in force. Hospitals make them and send them as Consents; the newest version
 * of each is put in force by the transaction that stores it.
 */
@Stateless // its persistence unit is its own module's, whoever calls
@TransactionAttribute(TransactionAttributeType.MANDATORY)
@SuppressWarnings("NullAway.Init") // the container injects
public class Policies {

  @PersistenceContext EntityManager policies;
  @Inject Hospitals hospitals;
  @Inject EmergencyWindows emergencies;

  /**
   * Those by which {@code hospital} may have a right to records of these grantors and this patient,
   * in force or not.
   */
  public List<StandingPolicy> between(
      Collection<Short> grantors, short hospital, @Nullable RecordKey patient) {
    if (grantors.isEmpty()) {
      return List.of();
    }
    return policies
        .createNamedQuery(PolicyInForce.BETWEEN, PolicyInForce.class)
        .setParameter("grantors", grantors)
        .setParameter("hospital", hospital)
        .setParameter("about", patient == null ? 0L : patient.value())
        .getResultStream()
        .map(PolicyInForce::toStandingPolicy)
        .toList();
  }

  /**
   * Checks who makes a policy: a physician or the administrator of the hospital whose records it
   * opens.
   *
   * @return the policy that {@code consent} is; empty for a Consent that is none
   * @throws Refusal {@link Reason#NOT_PERMITTED} for anybody else, {@link Reason#UNPROCESSABLE} for
   *     what a policy cannot say
   */
  public Optional<AccessPolicy> read(JsonNode consent, Asker asker) {
    if (!AccessPolicy.isPolicy(consent)) {
      return Optional.empty();
    }
    AccessPolicy policy;
    try {
      policy = AccessPolicy.fromConsent(consent);
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.UNPROCESSABLE, "Not a policy: " + e.getMessage()).initCause(e);
    }
    requireMaker(policy, asker);
    return Optional.of(policy);
  }

  /**
   * Puts a version of a policy in force, in place of the one before.
   *
   * @param patient of the Consent record that carries it, 0 for none
   * @param about key of the patient whose records it opens; null for all of the grantor's
   */
  public void enforce(
      AccessPolicy policy, long patient, long record, int number, @Nullable Long about) {
    short grantor = number(policy.grantor());
    short hospital = receiver(policy);
    PolicyInForce row =
        policies.find(
            PolicyInForce.class,
            new PolicyInForce.Key(patient, record),
            LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      row = new PolicyInForce(patient, record);
      row.become(policy, number, grantor, hospital, about);
      policies.persist(row);
    } else {
      row.become(policy, number, grantor, hospital, about);
    }
  }

  /**
   * A policy that is not signed yet, as the judge would read it.
   *
   * @param asker who would make it
   * @param chart the one that it is tried on
   * @throws Refusal as {@link #read}
   */
  public StandingPolicy draft(AccessPolicy policy, Asker asker, RecordKey chart) {
    requireMaker(policy, asker);
    var row = new PolicyInForce(chart.value(), Long.MAX_VALUE);
    row.become(
        policy,
        1,
        number(policy.grantor()),
        receiver(policy),
        policy.patient() == null ? null : chart.value());
    return row.toStandingPolicy();
  }

  private short receiver(AccessPolicy policy) {
    return policy.hospital() == null ? StandingPolicy.EVERY_OTHER : number(policy.hospital());
  }

  private void requireMaker(AccessPolicy policy, Asker asker) {
    boolean maySpeakForGrantor =
        number(policy.grantor()) == asker.hospital()
            && (asker.role() == Role.PHYSICIAN || asker.role() == Role.ADMINISTRATOR);
    if (!maySpeakForGrantor) {
      throw Refusal.notPermitted();
    }
  }

  /** Whether the record of these keys is a policy, in force or withdrawn. */
  public boolean isPolicy(long patient, long record) {
    return policies.find(PolicyInForce.class, new PolicyInForce.Key(patient, record)) != null;
  }

  /** Whether {@code asker} may read such a record, if it were there. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public boolean mayRead(Asker asker, RecordFacts record, Instant now) {
    return AccessJudge.judge(
            AccessRight.READ, asker, about(record, asker), emergencies.of(asker), record, now)
        .permitted();
  }

  /** Why {@code asker} may not read such a record, as {@link AccessJudge#because} says. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public String whyNotRead(Asker asker, RecordFacts record, Instant now) {
    return AccessJudge.because(AccessRight.READ, asker, about(record, asker), record, now);
  }

  private Collection<StandingPolicy> about(RecordFacts record, Asker asker) {
    return between(Set.of(record.custodian()), asker.hospital(), new RecordKey(record.patient()));
  }

  private short number(HospitalId hospital) {
    return hospitals
        .find(hospital)
        .map(Hospital::number)
        .orElseThrow(
            () -> new Refusal(Reason.UNPROCESSABLE, "There is no hospital " + hospital + "."));
  }
}
