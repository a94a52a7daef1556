package emr.control;

import emr.access.AccessJudge;
import emr.access.Asker;
import emr.access.Policies;
import emr.access.RecordFacts;
import emr.access.RecordTypes;
import emr.access.StandingPolicy;
import emr.audit.Action;
import emr.audit.AuditTrail;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.access.Simulation;
import emr.exchange.record.RecordKey;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.storage.RecordFinder;
import emr.storage.RecordFinder.Alike;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tries what somebody could see of a chart, and with a policy that is not signed yet. The judge is
 * asked as for a request; nobody's records are opened, and only a hospital that keeps records in
 * the chart may ask, of these.
 */
@Dependent
@SuppressWarnings("NullAway.Init") // the container injects
class Simulations {

  @Inject RecordFinder finder;
  @Inject Policies policies;
  @Inject Hospitals hospitals;
  @Inject AuditTrail audit;

  /**
   * @param asker who wants to know, and of whose chart
   * @throws Refusal {@link Reason#NOT_PERMITTED} for who may make no policy about the chart; {@link
   *     Reason#UNPROCESSABLE} for a hospital or a policy that makes no sense
   */
  List<Simulation.Line> run(Simulation simulation, Asker asker) {
    RecordKey patient = asker.patient();
    if (patient == null
        || !(asker.role() == Role.PHYSICIAN || asker.role() == Role.ADMINISTRATOR)) {
      throw Refusal.notPermitted();
    }
    List<Alike> kept = finder.alike(patient.value(), asker.hospital());
    if (kept.isEmpty()) {
      throw Refusal.notPermitted();
    }
    Asker subject = subject(simulation, patient);
    Instant now = Instant.now();
    List<StandingPolicy> signed =
        policies.between(Set.of(asker.hospital()), subject.hospital(), patient);
    var drafted = new ArrayList<>(signed);
    AccessPolicy draft = draft(simulation);
    if (draft != null) {
      drafted.add(policies.draft(draft, asker, patient));
    }
    var types = new TreeSet<Short>();
    kept.forEach(alike -> types.add(alike.facts().type()));
    if (draft != null) {
      draft.types().forEach(type -> types.add(RecordTypes.number(type)));
    }
    boolean ownChart =
        finder.custodianOf(patient.value()).filter(of -> of == asker.hospital()).isPresent();
    var before = new Trial(subject, signed, kept, ownChart, now);
    var after = new Trial(subject, drafted, kept, ownChart, now);
    var lines = new ArrayList<Simulation.Line>();
    for (short type : types) {
      lines.add(
          new Simulation.Line(
              RecordTypes.name(type),
              before.kept(type),
              before.readable(type),
              after.readable(type),
              before.adds(type),
              after.adds(type)));
    }
    note(simulation, asker, patient);
    return lines;
  }

  private static @Nullable AccessPolicy draft(Simulation simulation) {
    try {
      return simulation.policy();
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.UNPROCESSABLE, "Not a policy: " + e.getMessage()).initCause(e);
    }
  }

  /** Author of a record that is not there: no hospital has this number. */
  private static final short NOBODY = 0;

  private Asker subject(Simulation simulation, RecordKey patient) {
    Hospital hospital =
        hospitals
            .find(simulation.hospital())
            .filter(Hospital::active)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.UNPROCESSABLE,
                        "There is no hospital " + simulation.hospital() + "."));
    var statement =
        AccessStatement.of(
            simulation.hospital(),
            simulation.user(),
            simulation.role(),
            Purpose.TREATMENT,
            null,
            EnumSet.allOf(AccessRight.class),
            Instant.now());
    return Asker.of(statement, hospital.number(), patient);
  }

  /** What the subject could do by some policies. */
  private record Trial(
      Asker subject,
      List<StandingPolicy> policies,
      List<Alike> kept,
      boolean ownChart,
      Instant now) {

    long kept(short type) {
      return of(type).mapToLong(Alike::count).sum();
    }

    long readable(short type) {
      return of(type)
          .filter(alike -> may(AccessRight.READ, alike.facts()))
          .mapToLong(Alike::count)
          .sum();
    }

    /** New records are governed by whose chart it is; additions by who keeps what they add to. */
    boolean adds(short type) {
      return ownChart
          ? may(AccessRight.STORE, fresh(type))
          : of(type).anyMatch(alike -> may(AccessRight.STORE, alike.facts()));
    }

    private RecordFacts fresh(short type) {
      RecordFacts any = kept.get(0).facts();
      return new RecordFacts(type, any.patient(), any.custodian(), NOBODY);
    }

    private Stream<Alike> of(short type) {
      return kept.stream().filter(alike -> alike.facts().type() == type);
    }

    private boolean may(AccessRight right, RecordFacts facts) {
      return AccessJudge.judge(right, subject, policies, facts, now).permitted();
    }
  }

  private void note(Simulation simulation, Asker asker, @Nullable RecordKey patient) {
    audit.permitted(
        asker,
        Action.SIMULATION,
        null,
        patient == null ? null : (Long) patient.value(),
        new AuditTrail.Noted(
            "tried as %s of %s".formatted(simulation.role(), simulation.hospital()),
            new long[0],
            new int[0],
            0));
  }
}
