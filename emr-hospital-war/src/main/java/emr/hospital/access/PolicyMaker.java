package emr.hospital.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.Purpose;
import emr.exchange.access.Referral;
import emr.exchange.access.Simulation;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.SimulationRequest;
import emr.exchange.record.Submission;
import emr.hospital.communication.Centre;
import emr.hospital.communication.HospitalDirectory;
import emr.hospital.communication.HospitalIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes standing policies: access right information about this hospital's records (claims 10, 11,
 * 14, 15). A policy becomes a submission like any entry; whoever asked for it hands it to the
 * temporary store, which sends it at once.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class PolicyMaker {

  @Inject HospitalIdentity identity;
  @Inject Statements statements;
  @Inject Centre centre;
  @Inject HospitalDirectory hospitals;

  /**
   * A new policy, ready to be saved.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} for one about another hospital's records
   */
  public Submission make(AccessPolicy policy, Author author) {
    requireOwn(policy);
    RecordId record = RecordId.fresh("Consent", Optional.ofNullable(policy.patient()));
    return submission(record, 0, policy, policy.toConsent(record.id()), author, now());
  }

  /**
   * A new referral with its policy, ready to be saved.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} for one about another hospital's records
   */
  public Submission refer(Referral referral, Author author) {
    requireOwn(referral.policy());
    Instant now = now();
    return new Submission(
        UUID.randomUUID(),
        identity.hospital(),
        referral.policy().patient(),
        author,
        now,
        referral.entries(author, hospitals.name(referral.to()), now));
  }

  private void requireOwn(AccessPolicy policy) {
    if (!policy.grantor().equals(identity.hospital())) {
      throw new Refusal(Reason.UNPROCESSABLE, "A policy is about the records of its own hospital.");
    }
  }

  /**
   * The version that withdraws a policy, ready to be saved.
   *
   * @param record the policy's Consent
   * @param number of the version that {@code consent} is
   * @param consent the Consent as the centre gives it
   * @param because why, in 10 to 500 characters
   * @throws Refusal {@link Reason#UNPROCESSABLE} if it is no policy of this hospital, or the reason
   *     is not of that length
   */
  public Submission withdraw(
      RecordId record, int number, JsonNode consent, String because, Author author) {
    try {
      AccessPolicy policy = AccessPolicy.fromConsent(consent);
      if (!policy.grantor().equals(identity.hospital())) {
        throw new Refusal(
            Reason.UNPROCESSABLE, "Only the hospital that made a policy withdraws it.");
      }
      Instant now = now();
      return submission(
          record,
          number,
          policy,
          policy.toWithdrawal(record.id(), because, author.name(), now),
          author,
          now);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.UNPROCESSABLE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What somebody could see of a chart of this hospital now, and with a policy not signed yet. The
   * centre is asked, and throws {@link emr.hospital.communication.CentreAway}.
   *
   * @throws Refusal as the centre refuses it
   */
  public List<Simulation.Line> simulate(Author author, PatientId patient, Simulation simulation) {
    SimulationRequest.Answer answer =
        centre.simulate(
            () ->
                new SimulationRequest(
                    statements.toRead(author, Purpose.ADMINISTRATION, patient), simulation));
    Reason refused = answer.refused();
    if (refused != null) {
      throw new Refusal(refused, answer.explanation());
    }
    return answer.lines();
  }

  private Submission submission(
      RecordId record,
      int basedOn,
      AccessPolicy policy,
      ObjectNode consent,
      Author author,
      Instant now) {
    return new Submission(
        UUID.randomUUID(),
        identity.hospital(),
        policy.patient(),
        author,
        now,
        List.of(new Submission.Entry(record, basedOn, consent.toString())));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
