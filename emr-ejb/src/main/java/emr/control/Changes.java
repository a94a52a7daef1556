package emr.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.Decision;
import emr.access.RecordTypes;
import emr.audit.Action;
import emr.audit.AuditTrail;
import emr.control.Change.Kind;
import emr.control.Changed.What;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Hospital;
import emr.storage.Appended;
import emr.storage.Draft;
import emr.storage.FhirJson;
import emr.storage.Intake;
import emr.storage.KeptForm;
import emr.storage.RecordAddress;
import emr.storage.RecordFinder;
import emr.storage.RecordSearch;
import emr.storage.RecordVault;
import emr.storage.Search;
import emr.storage.Subjects;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Change}s, all of them or none: finds out which record each is about, gives new ones
 * their ids, lets them refer to each other, and stores them chart by chart.
 */
@Dependent
@SuppressWarnings("NullAway.Init") // the container injects
class Changes {

  @Inject RecordVault vault;
  @Inject RecordFinder finder;
  @Inject RecordSearch searches;
  @Inject AuditTrail audit;
  @Inject Storing storing;

  /** What conditions are asked of: it judges, and notes what it finds. */
  interface Finding {

    /** What fulfils a condition among what the asker may read; more than two need not come. */
    List<RecordVersion> of(Search condition);
  }

  /**
   * @param related whether they refer to each other, and by conditions, as in a transaction
   * @return in the same order
   * @throws Refusal for what cannot be done; then nothing of it is
   */
  List<Changed> make(
      List<Change> changes, boolean related, AccessStatement by, Hospital hospital, Finding find) {
    var making = new Making(changes, by, hospital, find);
    making.findRecords();
    making.giveIds(related);
    making.requireOnce();
    making.store();
    return making.plans.stream().map(plan -> Objects.requireNonNull(plan.done)).toList();
  }

  /**
   * Lets pass what could be deleted, and deletes nothing.
   *
   * @throws Refusal as for the deletion; also for what is not there
   */
  void requireDeletable(RecordId record, AccessStatement by, Hospital hospital) {
    var making =
        new Making(
            List.of(Change.delete(record, Draft.LATEST)), by, hospital, condition -> List.of());
    making.findRecords();
    making.giveIds(false);
    making.requireDeletable(making.plans.get(0));
  }

  /** A change on its way. */
  private static final class Plan {

    private final Change change;
    private @Nullable RecordId record;
    private @Nullable RecordAddress at;
    private @Nullable ObjectNode resource;
    private @Nullable Changed done;
    private boolean isNew;

    Plan(Change change) {
      this.change = change;
      this.record = change.record();
      this.resource = change.resource();
      this.isNew = change.kind() == Kind.CREATE;
    }

    boolean is(Kind kind) {
      return change.kind() == kind;
    }

    boolean isPatient() {
      return change.type().equals("Patient");
    }

    RecordId record() {
      return Objects.requireNonNull(record);
    }

    RecordAddress at() {
      return Objects.requireNonNull(at);
    }

    void lies(RecordAddress place) {
      at = place;
      record = place.id();
    }

    Draft.Entry entry() {
      if (is(Kind.DELETE)) {
        return Draft.Entry.deletion(record(), at(), change.basedOn());
      }
      if (change.patch() != null) {
        return Draft.Entry.revision(record(), at(), change.basedOn(), change.patch());
      }
      ObjectNode kept = KeptForm.of(Objects.requireNonNull(resource), record().id());
      FhirJson.check(kept);
      int basedOn = isNew ? 0 : change.basedOn();
      return Draft.Entry.content(record(), at(), basedOn, kept, FhirJson.write(kept));
    }
  }

  /** One request's work. */
  private final class Making {

    private final AccessStatement by;
    private final Hospital hospital;
    private final Finding find;
    private final List<Plan> plans;
    private final References references;
    private final Map<PatientId, Long> registered = new HashMap<>();

    Making(List<Change> changes, AccessStatement by, Hospital hospital, Finding find) {
      this.by = by;
      this.hospital = hospital;
      this.find = find;
      this.plans = changes.stream().map(Plan::new).toList();
      this.references = new References(this::conditional);
    }

    /** Finds what is there, and keeps others from making at the same moment what is not. */
    void findRecords() {
      Set<String> toLock = new HashSet<>();
      for (Plan plan : plans) {
        locate(plan);
        Search condition = plan.change.condition();
        if (condition != null && !toLock.add(condition.self()) && plan.is(Kind.CREATE)) {
          throw new Refusal(Reason.MALFORMED, "Two entries create on the same condition.");
        }
        if (plan.record != null && plan.at == null) {
          toLock.add(plan.record.toString());
        }
      }
      vault.lock(toLock);
      for (Plan plan : plans) {
        if (plan.at == null) {
          locate(plan); // it may have been made while we waited
        }
      }
      Set<RecordId> deleted = new HashSet<>();
      for (Kind kind : List.of(Kind.DELETE, Kind.CREATE, Kind.UPDATE, Kind.PATCH)) {
        for (Plan plan : plans) {
          if (!plan.is(kind)) {
            continue;
          }
          if (plan.change.condition() != null) {
            choose(plan, plan.change.condition(), deleted);
          }
          if (kind == Kind.DELETE && plan.record != null) {
            deleted.add(plan.record);
          }
        }
      }
    }

    private void locate(Plan plan) {
      if (plan.record != null) {
        plan.at = finder.address(plan.record).orElse(null);
      }
    }

    /** Takes the record that a condition means. */
    private void choose(Plan plan, Search condition, Set<RecordId> deleted) {
      List<RecordVersion> matches =
          find.of(condition).stream().filter(match -> !deleted.contains(match.record())).toList();
      if (matches.size() > 1) {
        throw many(condition);
      }
      RecordVersion match = matches.isEmpty() ? null : matches.get(0);
      switch (plan.change.kind()) {
        case CREATE -> {
          if (match != null) {
            plan.done = Changed.found(match);
          }
        }
        case UPDATE -> chooseToUpdate(plan, match);
        case PATCH -> {
          if (match == null) {
            throw new Refusal(Reason.UNKNOWN_RECORD, "There is no such " + condition.type() + ".");
          }
        }
        case DELETE -> {
          if (match == null) {
            plan.done = Changed.nothing(null);
          }
        }
      }
      if (match != null) {
        plan.record = match.record();
        locate(plan);
      }
    }

    private void chooseToUpdate(Plan plan, @Nullable RecordVersion match) {
      String id = Objects.requireNonNull(plan.resource).path("id").asText();
      if (match != null && !id.isEmpty() && !id.equals(match.record().id())) {
        throw new Refusal(Reason.MALFORMED, "The resource's id is not the one of the record.");
      }
      if (match != null) {
        return;
      }
      if (id.isEmpty()) {
        plan.isNew = true;
        return;
      }
      try {
        plan.record = new RecordId(plan.change.type(), id);
      } catch (IllegalArgumentException e) {
        throw (Refusal)
            new Refusal(Reason.MALFORMED, "An id has 1 to 64 letters, digits, '-' or '.'.")
                .initCause(e);
      }
      vault.lock(List.of(plan.record.toString()));
      locate(plan);
      if (plan.at != null && plan.at.alias() != null) {
        throw new Refusal(Reason.CONFLICT, "The id is taken by a record of another kind.");
      }
    }

    /** Patients first, for records carry the keys of theirs. */
    void giveIds(boolean related) {
      for (Plan plan : plans) {
        if (plan.done != null) {
          if (plan.record != null) {
            references.add(plan.change.fullUrl(), plan.record, plan.isNew);
          }
        } else if (plan.isPatient() && plan.at == null) {
          register(plan);
        }
      }
      for (Plan plan : plans) {
        if (plan.done == null && plan.at == null && plan.resource == null) {
          plan.done = never(plan);
        }
      }
      plans.stream()
          .filter(plan -> plan.done == null && plan.at != null)
          .forEach(plan -> references.add(plan.change.fullUrl(), plan.record(), plan.isNew));
      for (Plan plan : plans) {
        if (plan.done == null && plan.at == null) {
          place(plan, related);
          references.add(plan.change.fullUrl(), plan.record(), plan.isNew);
        }
      }
      if (related) {
        plans.stream()
            .filter(plan -> plan.done == null && plan.resource != null)
            .forEach(plan -> references.resolveIn(Objects.requireNonNull(plan.resource)));
      }
    }

    /** What was never there; where that is not for everybody to know, it is not said. */
    private Changed never(Plan plan) {
      if (!RecordTypes.isDirectory(RecordTypes.number(plan.change.type()))) {
        throw Refusal.notPermitted();
      }
      if (plan.is(Kind.PATCH)) {
        throw new Refusal(Reason.UNKNOWN_RECORD, plan.record + " is not here.");
      }
      return Changed.nothing(plan.record);
    }

    private void register(Plan plan) {
      if (plan.resource == null) {
        throw Refusal.notPermitted();
      }
      RecordAddress fresh = RecordAddress.fresh(RecordTypes.PATIENT);
      if (plan.record == null) {
        plan.lies(fresh);
      } else {
        plan.at = fresh.under(plan.record.id());
      }
      registered.put(new PatientId(plan.record().id()), fresh.patient());
    }

    private void place(Plan plan, boolean related) {
      long chart = chart(Objects.requireNonNull(plan.resource), related);
      RecordAddress fresh = RecordAddress.fresh(RecordTypes.number(plan.change.type()), chart);
      if (plan.record == null) {
        plan.lies(fresh);
      } else {
        plan.at = fresh.under(plan.record.id());
      }
    }

    /** Key of the patient whom the statement names, or else the resource; 0 for nobody. */
    private long chart(ObjectNode resource, boolean related) {
      if (by.patient() != null) {
        return key(by.patient());
      }
      PatientId named =
          Subjects.named(
              Subjects.of(resource).stream()
                  .map(reference -> related ? references.resolve(reference) : reference)
                  .toList());
      return named == null ? 0 : key(named);
    }

    private long key(PatientId patient) {
      Long fresh = registered.get(patient);
      if (fresh != null) {
        return fresh;
      }
      long key = finder.key(patient).orElseThrow(Refusal::notPermitted).value();
      if (key == 0) {
        throw new Refusal(Reason.UNPROCESSABLE, "This id stands for no patient.");
      }
      return key;
    }

    /** The directory is for everybody to read who may read the type at all. */
    private List<RecordId> inDirectory(Search condition) {
      if (!by.rights().contains(AccessRight.READ)
          || !by.covers(AccessRight.READ, condition.type())) {
        throw Unseen.notPermitted(null, Decision.SCOPE);
      }
      return searches.inDirectory(condition);
    }

    /** What a conditional reference means: a record that is there, or one of this request's. */
    private String conditional(String reference) {
      Search condition = Search.parse(reference);
      List<RecordId> found =
          RecordTypes.isDirectory(RecordTypes.number(condition.type()))
              ? inDirectory(condition)
              : find.of(condition).stream().map(RecordVersion::record).toList();
      if (found.size() > 1) {
        throw many(condition);
      }
      if (found.size() == 1) {
        return found.get(0).toString();
      }
      var own = new OwnEntries(reference);
      List<RecordId> fulfilling =
          plans.stream()
              .filter(plan -> plan.record != null && plan.resource != null)
              .filter(
                  plan ->
                      own.fulfils(
                          plan.change.type(),
                          Objects.requireNonNull(plan.resource),
                          plan.change.condition()))
              .map(Plan::record)
              .toList();
      if (fulfilling.size() != 1) {
        throw fulfilling.isEmpty()
            ? new Refusal(Reason.STALE_VERSION, "A conditional reference means no record.")
            : many(condition);
      }
      return fulfilling.get(0).toString();
    }

    void requireOnce() {
      Set<RecordId> named = new HashSet<>();
      for (Plan plan : plans) {
        if (plan.done == null && !named.add(plan.record())) {
          throw new Refusal(Reason.MALFORMED, "A transaction changes a record only once.");
        }
      }
    }

    /** Chart by chart, always in the same order, so that nobody waits for each other. */
    void store() {
      var charts = new TreeMap<Long, List<Plan>>();
      for (Plan plan : plans) {
        if (plan.done == null) {
          charts.computeIfAbsent(plan.at().patient(), key -> new ArrayList<>()).add(plan);
        }
      }
      charts.forEach(this::store);
    }

    private void store(long chart, List<Plan> about) {
      Intake taken = vault.take(draft(chart, about));
      for (int i = 0; i < about.size(); i++) {
        requireChosen(about.get(i), taken.items().get(i));
      }
      Storing.Judged judged = storing.judge(taken, by, hospital);
      requireEmptied(taken);
      Intake complete = vault.complete(taken, judged::mayRead);
      var toStore = new ArrayList<Intake.Item>();
      var stored = new ArrayList<Plan>();
      for (int i = 0; i < about.size(); i++) {
        Intake.Item item = complete.items().get(i);
        Plan plan = about.get(i);
        if (item.isSame()) {
          plan.done = unchanged(judged, item);
        } else if (item.deletes() && item.isGone()) {
          plan.done = nothing(judged, item);
        } else {
          toStore.add(item);
          stored.add(plan);
        }
      }
      if (toStore.isEmpty()) {
        return;
      }
      Appended appended = storing.append(judged, complete.with(toStore), hospital, null);
      for (int i = 0; i < stored.size(); i++) {
        Intake.Item item = toStore.get(i);
        What what = item.deletes() ? What.DELETED : item.isGone() ? What.CREATED : What.UPDATED;
        stored.get(i).done = Changed.of(what, appended.versions().get(i));
      }
    }

    /**
     * An id of the centre's own form is not for clients to choose: that it can be had would tell
     * that nobody has it.
     */
    private static void requireChosen(Plan plan, Intake.Item item) {
      if (plan.resource != null
          && !plan.isNew
          && item.before() == null
          && plan.at().alias() == null) {
        throw Refusal.notPermitted();
      }
    }

    void requireDeletable(Plan plan) {
      if (plan.done != null) {
        throw new Refusal(Reason.UNKNOWN_RECORD, plan.record() + " is not here.");
      }
      Intake taken = vault.take(draft(plan.at().patient(), List.of(plan)));
      Storing.Judged judged = storing.judge(taken, by, hospital);
      requireEmptied(taken);
      Intake.Item item = taken.items().get(0);
      if (item.isGone()) {
        throw new Refusal(Reason.DELETED, plan.record() + " is no longer in use.");
      }
      noteNothing(judged, item);
    }

    private Draft draft(long chart, List<Plan> about) {
      PatientId patient =
          about.stream()
              .filter(plan -> chart != 0 && plan.isPatient())
              .findFirst()
              .map(plan -> new PatientId(plan.record().id()))
              .orElse(null);
      return new Draft(
          Draft.freshId(),
          by.hospital(),
          chart,
          patient,
          new Author(by.user(), by.user(), by.role()),
          null,
          false,
          about.stream().map(Plan::entry).toList());
    }

    /** A patient's own record goes last: charts are never without one. */
    private void requireEmptied(Intake taken) {
      boolean closes =
          taken.items().stream()
              .anyMatch(
                  item ->
                      item.facts().type() == RecordTypes.PATIENT
                          && item.deletes()
                          && !item.isGone());
      if (!closes) {
        return;
      }
      long[] deleted =
          taken.items().stream()
              .filter(Intake.Item::deletes)
              .mapToLong(Intake.Item::recordKey)
              .toArray();
      if (deleted.length < taken.items().size() || vault.holdsMore(taken.chart(), deleted)) {
        throw new Refusal(Reason.CONFLICT, "There are records in the patient's chart.");
      }
    }

    /** The author is told what they may read: that it is so already. */
    private Changed unchanged(Storing.Judged judged, Intake.Item item) {
      audit.permitted(
          judged.asker(),
          Action.READ,
          item.facts().type(),
          item.patientKey(),
          new AuditTrail.Noted(
              Objects.requireNonNull(judged.toRead(item).rule()),
              new long[] {item.recordKey()},
              new int[] {item.latest()},
              item.octetsBefore()));
      return Changed.of(What.UNCHANGED, vault.newest(item));
    }

    private void noteNothing(Storing.Judged judged, Intake.Item item) {
      audit.permitted(
          judged.asker(),
          Action.STORE,
          item.facts().type(),
          item.patientKey(),
          AuditTrail.Noted.NOTHING);
    }

    private Changed nothing(Storing.Judged judged, Intake.Item item) {
      noteNothing(judged, item);
      return item.latest() == 0
          ? Changed.nothing(item.record())
          : Changed.of(What.NOTHING, vault.newest(item));
    }
  }

  private static Refusal many(Search condition) {
    return new Refusal(
        Reason.STALE_VERSION,
        "A condition on %s means more than one record.".formatted(condition.type()));
  }
}
