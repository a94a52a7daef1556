package emr.control;

import emr.access.Asker;
import emr.access.Policies;
import emr.access.RecordFacts;
import emr.access.RecordTypes;
import emr.audit.Action;
import emr.audit.AuditFilter;
import emr.audit.AuditTrail;
import emr.audit.Rule;
import emr.audit.Seen;
import emr.audit.TrailReader;
import emr.custody.CentreKeys;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Emergency;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyVerdict;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.exchange.access.Simulation;
import emr.exchange.record.HospitalId;
import emr.exchange.record.KeyAnnouncement;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.ShownAgain;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.storage.Chart;
import emr.storage.History;
import emr.storage.HistoryFinder;
import emr.storage.Intake;
import emr.storage.Page;
import emr.storage.RecordAddress;
import emr.storage.RecordFinder;
import emr.storage.RecordSearch;
import emr.storage.RecordVault;
import emr.storage.Search;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The control server: the only door to the records. Each method judges, acts and notes in the audit
 * trail in one transaction, so nothing is stored, shown or charged by halves; what only reads does
 * so in one statement. A refusal is noted whatever becomes of the transaction.
 *
 * <p>What a caller may not have and what is not there are refused in the same words, unless the
 * caller could read it if it were there.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects, then calls prepare()
public class ControlServer {

  @Inject RecordVault vault;
  @Inject RecordFinder finder;
  @Inject HistoryFinder histories;
  @Inject RecordSearch searches;
  @Inject Policies policies;
  @Inject Hospitals hospitals;
  @Inject CentreKeys keys;
  @Inject Storing storing;
  @Inject Changes changes;
  @Inject Emergencies emergencies;
  @Inject Simulations simulations;
  @Inject AuditTrail audit;
  @Inject TrailReader trail;
  @Inject MetricRegistry metrics;

  private Timer reads;

  @PostConstruct
  void prepare() {
    reads = metrics.timer("emr_read");
  }

  /**
   * Stores a submission, whole or not at all, for a user who has the second access right (claims 3,
   * 12). A hospital that missed the answer may send the same again; it is stored and charged once,
   * and answered alike.
   *
   * @param manifest signed by the hospital, kept as evidence; null where it has no server
   * @throws Refusal {@link Reason#NOT_PERMITTED}; {@link Reason#STALE_VERSION}; {@link
   *     Reason#CONFLICT} if another submission had its id; {@link Reason#MALFORMED}, {@link
   *     Reason#UNKNOWN_TYPE}, {@link Reason#UNPROCESSABLE} for its contents
   */
  @Transactional
  public Stored store(Submission submission, AccessStatement by, @Nullable String manifest) {
    Hospital hospital = hospital(by);
    try {
      requireAuthor(submission, by);
      Optional<String> earlier = vault.receiptOf(submission, hospital.number());
      if (earlier.isPresent()) {
        return stored(earlier.get());
      }
      return stored(judgeAndAppend(submission, by, hospital, manifest));
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.STALE_VERSION) {
        // the same submission may have been stored while this one waited for its records
        Optional<String> earlier = vault.receiptOf(submission, hospital.number());
        if (earlier.isPresent()) {
          return stored(earlier.get());
        }
      }
      throw noted(refusal, by, Action.STORE, null, submission.id());
    }
  }

  private String judgeAndAppend(
      Submission submission, AccessStatement by, Hospital hospital, @Nullable String manifest) {
    Storing.Judged judged = storing.judge(vault.take(submission), by, hospital);
    Intake complete = vault.complete(judged.intake(), judged::mayRead);
    return storing.append(judged, complete, hospital, manifest).receipt();
  }

  /**
   * Makes changes, all of them or none, for a user who has the second access right.
   *
   * @param related whether they refer to each other, and by conditions, as in a transaction
   * @return what became of each, in the same order
   * @throws Refusal {@link Reason#NOT_PERMITTED}; {@link Reason#STALE_VERSION} also for a condition
   *     that more than one record fulfils; {@link Reason#CONFLICT} if somebody else did the same at
   *     the same moment, and for a patient whose chart is not empty; {@link Reason#UNKNOWN_RECORD},
   *     {@link Reason#DELETED}, {@link Reason#MALFORMED}, {@link Reason#UNKNOWN_TYPE}, {@link
   *     Reason#UNPROCESSABLE}
   */
  @Transactional
  public List<Changed> change(List<Change> changes, boolean related, AccessStatement by) {
    Hospital hospital = hospital(by);
    try {
      Asker asker = storing.asker(by, hospital);
      return this.changes.make(
          changes, related, by, hospital, condition -> fulfilling(condition, asker));
    } catch (Refusal refusal) {
      String type = changes.size() == 1 ? changes.get(0).type() : null;
      throw explained(noted(refusal, by, Action.STORE, type, null), changes);
    }
  }

  /**
   * Names the rule for ids that clients choose. It is said in the same words whether or not such an
   * id is taken, for that is not to be found out.
   */
  private static Refusal explained(Refusal refusal, List<Change> changes) {
    boolean ofOurForm =
        changes.stream()
            .filter(change -> change.kind() == Change.Kind.UPDATE)
            .map(Change::record)
            .anyMatch(record -> record != null && record.recordKey().isPresent());
    return refusal.reason() == Reason.NOT_PERMITTED && ofOurForm
        ? new Refusal(
            Reason.NOT_PERMITTED,
            Refusal.NO_RIGHT
                + " Ids of this form are made by the centre: create what is new by POST, or under"
                + " an id of another form, such as a UUID.")
        : refusal;
  }

  /**
   * As {@link #change(List, boolean, AccessStatement)} for changes that refer to each other, and
   * asks for something in the same breath: if that is refused, nothing is changed.
   *
   * @param changes may be none
   * @param then reads, by this control server, and is given what became of the changes
   */
  @Transactional
  public void change(List<Change> changes, AccessStatement by, Consumer<List<Changed>> then) {
    then.accept(changes.isEmpty() ? List.of() : change(changes, true, by));
  }

  /**
   * Lets pass what could be deleted now, and deletes nothing: judged as the deletion would be, and
   * noted.
   *
   * @throws Refusal as {@link #change(List, boolean, AccessStatement)}; also {@link
   *     Reason#UNKNOWN_RECORD} and {@link Reason#DELETED} for what is not there to be deleted
   */
  @Transactional
  public void requireDeletable(RecordId record, AccessStatement by) {
    Hospital hospital = hospital(by);
    try {
      changes.requireDeletable(record, by, hospital);
    } catch (Refusal refusal) {
      throw noted(refusal, by, Action.STORE, record.type(), null);
    }
  }

  /** What fulfils a condition among what the asker may read. */
  private List<RecordVersion> fulfilling(Search condition, Asker asker) {
    if (!asker.rights().contains(AccessRight.READ)) {
      throw Refusal.notPermitted();
    }
    return found(condition, asker).matches();
  }

  /** A submission is sent by the statement of its author. */
  private static void requireAuthor(Submission submission, AccessStatement by) {
    if (!submission.hospital().equals(by.hospital())
        || !submission.author().user().equals(by.user())
        || submission.author().role() != by.role()) {
      throw Refusal.notPermitted();
    }
  }

  private Stored stored(String signedReceipt) {
    return new Stored(
        Signed.parse(signedReceipt)
            .verify(PaperType.RECEIPT, keys.signCertificate(), StoredReceipt.class),
        signedReceipt);
  }

  /**
   * The newest version of a record, for a user who has the first access right (claims 2, 8).
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED}, {@link Reason#UNKNOWN_RECORD}, {@link
   *     Reason#DELETED}
   */
  public RecordVersion read(RecordId record, AccessStatement by) {
    return reading(
        by,
        Action.READ,
        record.type(),
        asker -> known(finder.newest(record, asker), record, asker));
  }

  /**
   * How a record stands whose newest version the caller has already: nothing is disclosed then, and
   * the audit trail says so. Empty if it is another version, or not for the caller to know; {@link
   * #read(RecordId, AccessStatement)} tells.
   *
   * @param has whether the caller has it
   */
  public Optional<RecordFinder.Standing> unchanged(
      RecordId record, Predicate<RecordFinder.Standing> has, AccessStatement by) {
    return reading(
        by,
        Action.READ,
        record.type(),
        asker -> {
          Optional<RecordFinder.Standing> standing =
              finder.standing(record, asker).filter(now -> !now.deleted() && has.test(now));
          standing.ifPresent(now -> noteUnchanged(record, now, asker));
          return standing;
        });
  }

  private void noteUnchanged(RecordId record, RecordFinder.Standing standing, Asker asker) {
    audit.permitted(
        asker,
        Action.READ,
        RecordTypes.number(record.type()),
        standing.patient(),
        new AuditTrail.Noted(standing.rule(), new long[0], new int[0], 0));
  }

  /** The version of that number; else as {@link #read(RecordId, AccessStatement)}. */
  public RecordVersion read(RecordId record, int number, AccessStatement by) {
    return reading(
        by,
        Action.VREAD,
        record.type(),
        asker -> known(finder.version(record, number, asker), record, asker));
  }

  /**
   * A page of a history, of a record or of all that the user may read.
   *
   * @throws Refusal as {@link #read(RecordId, AccessStatement)} for that of a record
   */
  public Page history(History history, AccessStatement by) {
    RecordId record = history.record();
    return reading(
        by,
        Action.HISTORY,
        history.type(),
        asker -> {
          Page page = histories.page(history, asker);
          if (page.matches().isEmpty()
              && record != null
              && finder.standing(record, asker).isEmpty()) {
            return unknown(record, asker);
          }
          if (page.matches().isEmpty()) {
            audit.permitted(
                asker,
                Action.HISTORY,
                history.type() == null ? null : (Short) RecordTypes.number(history.type()),
                asker.patient() == null ? null : (Long) asker.patient().value(),
                AuditTrail.Noted.NOTHING);
          }
          return page;
        });
  }

  /**
   * Every version of a record that says something, newest first; else as {@link #read(RecordId,
   * AccessStatement)}.
   */
  public List<RecordVersion> history(RecordId record, AccessStatement by) {
    return reading(
        by,
        Action.HISTORY,
        record.type(),
        asker -> {
          List<RecordVersion> versions =
              finder.history(record, asker).stream().filter(v -> !v.deleted()).toList();
          return versions.isEmpty() ? unknown(record, asker) : versions;
        });
  }

  /**
   * What a search finds among the records the user may read.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED} if the user may read none of what is searched
   */
  public Page search(Search search, AccessStatement by) {
    return reading(by, Action.SEARCH, search.type(), asker -> found(search, asker));
  }

  private Page found(Search search, Asker asker) {
    Long chart = chart(search, asker);
    Page page = searches.search(search, asker, chart);
    if (page.matches().isEmpty()) {
      noteNothingShown(search, page, asker, chart);
    }
    return page;
  }

  /**
   * A page of what the user may read in a patient's chart.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED} if that is none of it, or there is no such chart
   */
  public Page chart(Chart chart, AccessStatement by) {
    return reading(
        by,
        Action.SEARCH,
        null,
        asker -> {
          long patient = named(chart.patient(), asker);
          Page page = finder.chart(chart, asker, patient);
          if (page.matches().isEmpty()) {
            if (!couldRead(RecordTypes.PATIENT, patient, asker)) {
              throw notPermitted(RecordTypes.PATIENT, patient, asker);
            }
            audit.permitted(asker, Action.SEARCH, null, patient, AuditTrail.Noted.NOTHING);
          }
          return page;
        });
  }

  /**
   * Entries of the audit trail, newest first: of the hospital's own people, and about the patients
   * whose charts it keeps. That somebody looked at them is an entry, too.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED} for who names no patient and is neither an
   *     administrator nor a partner, and for roles that have no part in it
   */
  public List<Seen> trail(TrailQuery query, AccessStatement by) {
    return reading(
        by,
        Action.AUDIT,
        null,
        asker -> {
          requireTrail(asker);
          return trail.newestFirst(filter(query, asker), asker, query.before(), query.limit());
        });
  }

  /** How many entries {@link #trail} would give in all. */
  public int trailLength(TrailQuery query, AccessStatement by) {
    return reading(
        by,
        Action.AUDIT,
        null,
        asker -> {
          requireTrail(asker);
          int length = trail.count(filter(query, asker), asker);
          audit.permitted(
              asker,
              Action.AUDIT,
              null,
              asker.patient() == null ? null : (Long) asker.patient().value(),
              AuditTrail.Noted.NOTHING);
          return length;
        });
  }

  private static void requireTrail(Asker asker) {
    boolean anybodys = asker.asksForAnyPatient() || asker.role() == Role.ADMINISTRATOR;
    boolean theirs =
        asker.patient() != null && RoleRights.may(asker.role(), AccessRight.READ, "AuditEvent");
    if ((!anybodys && !theirs) || !asker.statement().covers(AccessRight.READ, "AuditEvent")) {
      throw Refusal.notPermitted();
    }
  }

  /**
   * Notes what a hospital showed while the centre was away; told again, it is noted once. What it
   * showed was judged when it was received.
   */
  @Transactional
  public void shownAgain(ShownAgain report, Hospital hospital) {
    for (ShownAgain.Reading reading : report.readings()) {
      if (audit.isNews(hospital.number(), reading.id())) {
        noteShownAgain(reading, hospital);
      }
    }
  }

  private void noteShownAgain(ShownAgain.Reading reading, Hospital hospital) {
    RecordKey patient = finder.key(reading.patient()).orElse(Storing.UNKNOWN_PATIENT);
    var statement =
        AccessStatement.of(
            hospital.id(),
            reading.user(),
            reading.role(),
            reading.purpose(),
            reading.patient(),
            Set.of(AccessRight.READ),
            reading.at());
    var records = new ArrayList<RecordAddress>();
    var numbers = new ArrayList<Integer>();
    for (ShownAgain.Version version : reading.versions()) {
      finder
          .address(version.record())
          .filter(at -> at.patient() == patient.value() || at.patient() == 0)
          .ifPresent(
              at -> {
                records.add(at);
                numbers.add(version.number());
              });
    }
    audit.permitted(
        Asker.of(statement, hospital.number(), patient),
        Action.SHOWN_AGAIN,
        null,
        patient.value(),
        new AuditTrail.Noted(
            Rule.shown(reading.at()),
            records.stream().mapToLong(RecordAddress::record).toArray(),
            numbers.stream().mapToInt(Integer::intValue).toArray(),
            0));
  }

  /**
   * Opens a patient's chart to who states, signed by their hospital, that it is an emergency.
   *
   * @param paper the opening as it was signed, kept as evidence
   * @throws Refusal {@link Reason#NOT_PERMITTED}
   */
  @Transactional
  public void openEmergency(EmergencyOpening opening, String paper) {
    AccessStatement by = Emergencies.statement(opening);
    try {
      emergencies.open(opening, paper, hospital(by));
    } catch (Refusal refusal) {
      throw noted(refusal, by, Action.EMERGENCY, null, null);
    }
  }

  /**
   * The same for staff of a hospital without a server: they proved themselves at the portal, and
   * the centre signs in their hospital's place.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED} also for a hospital that signs itself
   */
  @Transactional
  public void openEmergency(EmergencyOpening opening) {
    requireHosted(opening.hospital());
    openEmergency(opening, keys.sign().sign(PaperType.EMERGENCY, opening));
  }

  private void requireHosted(HospitalId hospital) {
    if (hospitals.find(hospital).filter(Hospital::hosted).isEmpty()) {
      throw Refusal.notPermitted();
    }
  }

  /**
   * What a user has opened of a patient's chart in an emergency, and is open now. Nothing is
   * disclosed that they did not write themselves, so nothing is noted.
   */
  public Optional<EmergencyOpening> emergency(AccessStatement by) {
    return emergencies.lasting(storing.asker(by, hospital(by)));
  }

  /** The same of all charts; first what ends first. */
  public List<EmergencyOpening> emergenciesOf(AccessStatement by) {
    return emergencies.allLasting(storing.asker(by, hospital(by)));
  }

  /**
   * Ends what its user opened in an emergency, before its time.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED}
   */
  @Transactional
  public void endEmergency(UUID emergency, AccessStatement by) {
    try {
      emergencies.end(emergency, storing.asker(by, hospital(by)));
    } catch (Refusal refusal) {
      throw noted(refusal, by, Action.EMERGENCY, null, null);
    }
  }

  /**
   * Keeps what the patient's hospital says of an emergency.
   *
   * @param paper the verdict as it was signed, kept as evidence
   * @throws Refusal {@link Reason#NOT_PERMITTED}
   */
  @Transactional
  public void judgeEmergency(EmergencyVerdict verdict, String paper) {
    AccessStatement by = Emergencies.statement(verdict);
    try {
      emergencies.judge(verdict, paper, hospital(by));
    } catch (Refusal refusal) {
      throw noted(refusal, by, Action.EMERGENCY, null, null);
    }
  }

  /**
   * The same for a hospital without a server, in whose place the centre signs.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED}
   */
  @Transactional
  public void judgeEmergency(EmergencyVerdict verdict) {
    requireHosted(verdict.hospital());
    judgeEmergency(verdict, keys.sign().sign(PaperType.EMERGENCY_VERDICT, verdict));
  }

  /**
   * Emergencies of the patients of a hospital, and of its own people, for its administrator: who,
   * when, why and which records, without their contents.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED}
   */
  @Transactional
  public Emergency.Listed emergencies(AccessStatement by) {
    try {
      return emergencies.list(administrator(by));
    } catch (Refusal refusal) {
      throw noted(refusal, by, Action.EMERGENCY, null, null);
    }
  }

  /**
   * How many emergencies wait for the verdict of a hospital, for its administrator.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED}
   */
  public long emergenciesToReview(AccessStatement by) {
    try {
      return emergencies.toReview(administrator(by));
    } catch (Refusal refusal) {
      throw noted(refusal, by, Action.EMERGENCY, null, null);
    }
  }

  private Asker administrator(AccessStatement by) {
    if (by.role() != Role.ADMINISTRATOR) {
      throw Refusal.notPermitted();
    }
    return storing.asker(by, hospital(by));
  }

  /**
   * What somebody could see of a chart now, and with a policy that is not signed yet.
   *
   * @param by of who may make policies about the chart, which it names
   * @throws Refusal {@link Reason#NOT_PERMITTED}, {@link Reason#UNPROCESSABLE}
   */
  @Transactional
  public List<Simulation.Line> simulate(Simulation simulation, AccessStatement by) {
    try {
      return simulations.run(simulation, storing.asker(by, hospital(by)));
    } catch (Refusal refusal) {
      throw noted(refusal, by, Action.SIMULATION, null, null);
    }
  }

  /**
   * Takes over the new key that a hospital announces under its old one.
   *
   * @param proof the announcement, signed with the new key
   * @throws Refusal as {@link Hospitals#announceCertificate}
   */
  @Transactional
  public void announceKey(KeyAnnouncement announcement, String proof) {
    Instant until = hospitals.announceCertificate(announcement, proof, keys.authority());
    audit.administered(
        announcement.hospital().value(),
        "announced a new key; the one before is accepted until " + until);
  }

  private AuditFilter filter(TrailQuery query, Asker asker) {
    RecordKey patient = asker.patient();
    if (query.patient() != null) {
      RecordKey named = finder.key(query.patient()).orElse(Storing.UNKNOWN_PATIENT);
      if (patient != null && !patient.equals(named)) {
        throw Refusal.notPermitted();
      }
      patient = named;
    }
    RecordKey record = null;
    if (query.record() != null) {
      Optional<RecordAddress> at = finder.address(query.record());
      record = at.map(found -> new RecordKey(found.record())).orElse(Storing.UNKNOWN_PATIENT);
      if (patient == null) {
        patient = at.map(found -> new RecordKey(found.patient())).orElse(null);
      }
    }
    AuditFilter filter = query.filter();
    return new AuditFilter(
        filter.entry(),
        filter.hospital(),
        filter.person(),
        patient,
        record,
        filter.from(),
        filter.until(),
        filter.permitted(),
        filter.actions());
  }

  /** Key of a patient whose records the asker may ask for. */
  private long named(PatientId patient, Asker asker) {
    RecordKey about = asker.patient();
    return finder
        .key(patient)
        .filter(key -> asker.asksForAnyPatient() || (about != null && key.value() == about.value()))
        .orElseThrow(Refusal::notPermitted)
        .value();
  }

  /** Key of the patient whose chart is searched; null across patients and in the directory. */
  private @Nullable Long chart(Search search, Asker asker) {
    RecordKey patient = asker.patient();
    if (search.patients().isEmpty()) {
      if (patient != null) {
        return isDirectory(search) ? null : (Long) patient.value();
      }
      if (!asker.asksForAnyPatient() && !everywhereMayBeSearched(search)) {
        throw Refusal.notPermitted();
      }
      return null;
    }
    if (asker.asksForAnyPatient()) {
      return onlyPatient(search);
    }
    for (PatientId named : search.patients()) {
      boolean same =
          patient != null
              && finder.key(named).filter(key -> key.value() == patient.value()).isPresent();
      if (!same) {
        throw Refusal.notPermitted();
      }
    }
    return patient == null ? null : patient.value();
  }

  /** Key of the patient that a partner names; null for several. */
  private @Nullable Long onlyPatient(Search search) {
    List<RecordKey> keys =
        search.patients().stream()
            .map(named -> finder.key(named).orElse(Storing.UNKNOWN_PATIENT))
            .distinct()
            .toList();
    return keys.size() > 1 ? null : (Long) keys.get(0).value();
  }

  private static boolean everywhereMayBeSearched(Search search) {
    return search.type().equals("Patient")
        || search.type().equals("Consent")
        || isDirectory(search);
  }

  private static boolean isDirectory(Search search) {
    return !search.type().equals(Search.ALL_TYPES)
        && RecordTypes.isDirectory(RecordTypes.number(search.type()));
  }

  /** Nothing may mean that nothing is there, or that the asker has no right to anything there. */
  private void noteNothingShown(Search search, Page page, Asker asker, @Nullable Long chart) {
    boolean all = search.type().equals(Search.ALL_TYPES);
    Short type = all ? null : (Short) RecordTypes.number(search.type());
    boolean counted = page.total() != null && page.total() > 0;
    short wanted = type == null ? RecordTypes.PATIENT : type;
    if (chart != null && !counted && !couldRead(wanted, chart, asker)) {
      throw notPermitted(wanted, chart, asker);
    }
    audit.permitted(asker, Action.SEARCH, type, chart, AuditTrail.Noted.NOTHING);
  }

  private static RecordVersion shown(RecordVersion version) {
    if (version.deleted()) {
      throw new Refusal(Reason.DELETED, version.record() + " is no longer in use.");
    }
    return version;
  }

  private RecordVersion known(Optional<RecordVersion> found, RecordId record, Asker asker) {
    return found.map(ControlServer::shown).orElseGet(() -> unknown(record, asker));
  }

  /**
   * Says that it is not there only to who could read it if it were. An id that a client chose does
   * not say whose chart it would be in: everybody is told that it is not there.
   */
  private <T> T unknown(RecordId record, Asker asker) {
    short type = RecordTypes.number(record.type());
    Long chart = finder.chart(record).orElse(null);
    boolean chosen = record.recordKey().isEmpty();
    if (chart == null || chart == 0) {
      if (!chosen && !RecordTypes.isDirectory(type)) {
        throw Refusal.notPermitted();
      }
      throw new Refusal(Reason.UNKNOWN_RECORD, record + " is not here.");
    }
    RecordFacts kept = finder.facts(record).orElse(null);
    if (!chosen && !couldRead(type, chart, asker)) {
      throw kept == null
          ? notPermitted(type, chart, asker)
          : Unseen.notPermitted(chart, policies.whyNotRead(asker, kept, Instant.now()));
    }
    throw Unseen.notHere(
        record + " is not here.",
        chart,
        kept == null
            ? ""
            : (Rule.SHUT + " " + policies.whyNotRead(asker, kept, Instant.now())).strip());
  }

  /** Whether the asker could read a record of the chart's custodian. */
  private boolean couldRead(short type, long chart, Asker asker) {
    if (chart == 0) {
      return RecordTypes.isDirectory(type);
    }
    return ofCustodian(type, chart)
        .filter(facts -> policies.mayRead(asker, facts, Instant.now()))
        .isPresent();
  }

  private Optional<RecordFacts> ofCustodian(short type, long chart) {
    return finder
        .custodianOf(chart)
        .map(custodian -> new RecordFacts(type, chart, custodian, custodian));
  }

  /** The refusal of a record of the chart's custodian. */
  private Refusal notPermitted(short type, long chart, Asker asker) {
    return Unseen.notPermitted(
        chart,
        ofCustodian(type, chart)
            .map(facts -> policies.whyNotRead(asker, facts, Instant.now()))
            .orElse(""));
  }

  private interface Reading<T> {
    T by(Asker asker);
  }

  private <T> T reading(
      AccessStatement by, Action action, @Nullable String type, Reading<T> reading) {
    try (var time = reads.time()) {
      Asker asker = storing.asker(by, hospital(by));
      if (!asker.rights().contains(AccessRight.READ)) {
        throw Refusal.notPermitted();
      }
      return reading.by(asker);
    } catch (Refusal refusal) {
      throw noted(refusal, by, action, type, null);
    }
  }

  private Refusal noted(
      Refusal refusal,
      AccessStatement by,
      Action action,
      @Nullable String type,
      @Nullable UUID submission) {
    audit.refused(by, action, type, Unseen.noted(refusal), submission, Unseen.chart(refusal));
    metrics.counter("emr_refused").inc();
    return refusal;
  }

  private Hospital hospital(AccessStatement by) {
    return hospitals
        .find(by.hospital())
        .filter(Hospital::active)
        .orElseThrow(
            () -> new Refusal(Reason.NOT_AUTHENTICATED, "The hospital does not take part."));
  }
}
