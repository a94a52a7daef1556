package emr.control;

import emr.access.AccessJudge;
import emr.access.Asker;
import emr.access.Decision;
import emr.access.Policies;
import emr.access.Query;
import emr.access.RecordFacts;
import emr.access.RecordTypes;
import emr.access.StandingPolicy;
import emr.audit.Action;
import emr.audit.AuditTrail;
import emr.custody.Receipts;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Hospital;
import emr.storage.Appended;
import emr.storage.Intake;
import emr.storage.RecordFinder;
import emr.storage.RecordVault;
import emr.validation.Validator;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/** Judges what is to be stored, stores it, and notes it in the audit trail. */
@Dependent
@SuppressWarnings("NullAway.Init") // the container injects
class Storing {

  /** Stands for a patient whom nobody knows. */
  static final RecordKey UNKNOWN_PATIENT = new RecordKey(Long.MAX_VALUE);

  @Inject RecordVault vault;
  @Inject RecordFinder finder;
  @Inject Policies policies;
  @Inject Receipts receipts;
  @Inject MetricRegistry metrics;
  @Inject Validator validator;

  /**
   * An intake that may be stored.
   *
   * @param rules by which
   */
  record Judged(Intake intake, Asker asker, Judge judge, Set<String> rules) {

    /** Whether its author may read what the record says now. */
    boolean mayRead(Intake.Item item) {
      return toRead(item).permitted();
    }

    Decision toRead(Intake.Item item) {
      return judge.decide(AccessRight.READ, item.facts());
    }
  }

  /** Judges one intake; looks for policies only if something is not permitted without them. */
  private final class Judge {

    private final Asker asker;
    private final Set<Short> grantors;
    private final RecordKey chart;
    private final Instant now = Instant.now();
    private @Nullable Collection<StandingPolicy> known;

    Judge(Asker asker, Set<Short> grantors, RecordKey chart) {
      this.asker = asker;
      this.grantors = grantors;
      this.chart = chart;
    }

    Decision decide(AccessRight right, RecordFacts facts) {
      Decision decision = AccessJudge.judge(right, asker, List.of(), facts, now);
      return decision.permitted()
          ? decision
          : AccessJudge.judge(right, asker, policies(), facts, now);
    }

    String whyNotStore(RecordFacts facts) {
      return AccessJudge.because(AccessRight.STORE, asker, policies(), facts, now);
    }

    private Collection<StandingPolicy> policies() {
      if (known == null) {
        known = policies.between(grantors, asker.hospital(), chart);
      }
      return known;
    }
  }

  /**
   * Judges whether each record may be stored.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED}
   */
  Judged judge(Intake intake, AccessStatement by, Hospital hospital) {
    Asker asker = asker(by, hospital, intake);
    Set<Short> grantors =
        intake.items().stream()
            .map(item -> item.facts().custodian())
            .map(custodian -> custodian == RecordVault.NOBODY ? asker.hospital() : custodian)
            .collect(Collectors.toSet()); // its own too: they may name a person beyond the role
    var judge = new Judge(asker, grantors, new RecordKey(intake.chart()));
    Set<String> rules = new TreeSet<>();
    for (Intake.Item item : intake.items()) {
      RecordFacts facts = item.facts();
      if (facts.type() == RecordTypes.AUDIT_EVENT) {
        throw new Refusal(
            Reason.UNPROCESSABLE, "The audit trail writes itself: no AuditEvent can be stored.");
      }
      if (facts.custodian() == RecordVault.NOBODY) {
        facts = facts.of(asker.hospital());
      }
      Decision decision = judge.decide(AccessRight.STORE, facts);
      if (decision.rule() == null) {
        throw Unseen.notPermitted(
            intake.newPatient() ? null : (Long) intake.chart(), judge.whyNotStore(facts));
      }
      rules.add(decision.rule());
    }
    return new Judged(intake, asker, judge, rules);
  }

  /**
   * The asker; who registers a patient may add to the new chart in the same breath, without having
   * known its key before.
   */
  private Asker asker(AccessStatement by, Hospital hospital, Intake intake) {
    PatientId named = by.patient();
    boolean aboutNew = intake.newPatient() && (named == null || named.equals(intake.patient()));
    return aboutNew
        ? Asker.of(by, hospital.number(), new RecordKey(intake.chart()))
        : asker(by, hospital);
  }

  /** The asker; a patient of an id that nobody knows has no records, and no key. */
  Asker asker(AccessStatement by, Hospital hospital) {
    PatientId patient = by.patient();
    return Asker.of(
        by,
        hospital.number(),
        patient == null ? null : finder.key(patient).orElse(UNKNOWN_PATIENT));
  }

  /**
   * Stores what was judged, and completed since.
   *
   * @param manifest signed by the hospital; null where it has no server
   */
  Appended append(Judged judged, Intake intake, Hospital hospital, @Nullable String manifest) {
    requireValid(intake, judged.asker);
    List<Made> made = policiesIn(intake, judged.asker);
    Appended appended =
        vault.append(
            intake,
            hospital.id(),
            hospital.number(),
            manifest,
            intake.isSigned() ? receipts::sign : receipts::signBriefly,
            entry(judged, intake));
    for (Made policy : made) {
      Intake.Item item = policy.item;
      policies.enforce(
          policy.policy,
          item.patientKey(),
          item.recordKey(),
          item.number(),
          policy.policy.patient() == null ? null : intake.chart());
    }
    metrics.counter("emr_records_stored").inc(intake.items().size());
    return appended;
  }

  private static Query entry(Judged judged, Intake intake) {
    return AuditTrail.entry(
        judged.asker,
        Action.STORE,
        null,
        intake.chart(),
        new AuditTrail.Noted(
            String.join(" ", judged.rules),
            intake.items().stream().mapToLong(Intake.Item::recordKey).toArray(),
            intake.items().stream().mapToInt(Intake.Item::number).toArray(),
            intake.items().stream().mapToLong(Intake.Item::octets).sum()),
        intake.id());
  }

  /** Hospitals' own servers have checked what they send; of a partner that is not known. */
  private void requireValid(Intake intake, Asker asker) {
    if (asker.role() != Role.PARTNER || validator.trusts(asker.statement().hospital())) {
      return;
    }
    for (Intake.Item item : intake.items()) {
      if (item.resource() != null) {
        validator.require(item.resource());
      }
    }
  }

  /** A policy that a submission makes. */
  private record Made(AccessPolicy policy, Intake.Item item) {}

  /**
   * What a patient signed, and a referral, lie in the chart before a policy rests on them, written
   * or kept by the hospital that makes the policy. A policy is withdrawn whatever became of them.
   */
  private void requireGrounds(AccessPolicy policy, Intake intake, Asker asker) {
    if (!policy.inForce()) {
      return;
    }
    if (!lies(policy.paper(), intake, asker)) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "The signed paper that the policy names is not in the chart.");
    }
    if (!lies(policy.referral(), intake, asker)) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "The referral that the policy names is not in the chart.");
    }
  }

  /** Whether {@code record} is in the chart, or comes into it; so is none. */
  private boolean lies(@Nullable RecordId record, Intake intake, Asker asker) {
    return record == null
        || intake.items().stream().anyMatch(item -> item.record().equals(record) && !item.deletes())
        || finder
            .facts(record)
            .filter(facts -> facts.patient() == intake.chart())
            .filter(
                facts ->
                    facts.custodian() == asker.hospital() || facts.author() == asker.hospital())
            .isPresent();
  }

  private List<Made> policiesIn(Intake intake, Asker asker) {
    var made = new ArrayList<Made>();
    for (Intake.Item item : intake.items()) {
      if (item.facts().type() != RecordTypes.CONSENT) {
        continue;
      }
      Optional<AccessPolicy> policy =
          Optional.ofNullable(item.resource()).flatMap(consent -> policies.read(consent, asker));
      if (policy.isPresent()) {
        if (item.custodian(asker.hospital()) != asker.hospital()) {
          throw Refusal.notPermitted();
        }
        requireGrounds(policy.get(), intake, asker);
        made.add(new Made(policy.get(), item));
      } else if (policies.isPolicy(item.patientKey(), item.recordKey())) {
        throw new Refusal(
            Reason.UNPROCESSABLE, "A policy stays a policy; withdraw it by status inactive.");
      }
    }
    return made;
  }
}
