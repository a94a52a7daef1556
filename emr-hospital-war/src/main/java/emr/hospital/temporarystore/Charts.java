package emr.hospital.temporarystore;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Purpose;
import emr.exchange.access.RoleRights;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Retrieval;
import emr.exchange.record.RetrievalAnswer;
import emr.exchange.record.StoredReceipt;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.hospital.access.Emergencies;
import emr.hospital.access.Statements;
import emr.hospital.communication.Centre;
import emr.hospital.communication.CentreAway;
import emr.hospital.communication.HospitalIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows records to a user (claims 2, 4, 8): asks the centre under a statement of that user, puts
 * the hospital's own waiting entries beside the answer, and, while the centre is away, shows what
 * this user received before.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Charts {

  /** What a chart shows unless it is asked for something else. */
  public static final List<String> USUAL_TYPES =
      List.of(
          "AllergyIntolerance",
          "Condition",
          "MedicationRequest",
          "Observation",
          "Encounter",
          "Procedure",
          "Immunization",
          "DiagnosticReport",
          "DocumentReference",
          "ClinicalImpression",
          "CarePlan",
          "Appointment",
          "Consent");

  private static final int PAGE = 200;

  /** What was received within as long was seen together. */
  private static final Duration VISIT = Duration.ofMinutes(15);

  /** A parameter that leaves nothing of a chart out. */
  private static final Pattern EVERYTHING = Pattern.compile("(patient|_count|_sort)=.*");

  private final Object[] turns = Stream.generate(Object::new).limit(64).toArray();

  @Inject TemporaryStore store;
  @Inject LocalPatients patients;
  @Inject ReceivedRecords received;
  @Inject OfflineReadings offline;
  @Inject Statements statements;
  @Inject Emergencies emergencies;
  @Inject Centre centre;
  @Inject HospitalIdentity identity;

  /** The patient and the newest records of {@link #USUAL_TYPES}. */
  public Chart open(Author who, Purpose purpose, PatientId patient) {
    return open(who, purpose, patient, USUAL_TYPES);
  }

  /**
   * The patient and the newest records of {@code types}.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED} if there is nothing here that {@code who} may see
   */
  public Chart open(Author who, Purpose purpose, PatientId patient, Collection<String> types) {
    var queries = new ArrayList<String>();
    queries.add(patient.record().toString());
    types.stream()
        .filter(type -> !type.equals("Patient"))
        .map(type -> type + "?patient=" + patient.value() + "&_count=" + PAGE)
        .forEach(queries::add);
    Chart chart = ask(who, purpose, patient, queries);
    if (chart.entries().isEmpty() && chart.awaySince() == null) {
      throw Refusal.notPermitted();
    }
    return chart;
  }

  /**
   * What {@code queries} find.
   *
   * @param queries FHIR R4 interactions that read, relative to the base, all about {@code patient}:
   *     {@code Observation?patient=x&code=…}. Waiting entries are shown for the types they name.
   */
  public Chart ask(Author who, Purpose said, PatientId patient, List<String> queries) {
    Purpose purpose = emergencies.purpose(who, said, patient);
    Set<String> types = types(queries);
    List<HeldEntry> held =
        store.held(patient).stream()
            .filter(entry -> types.contains(entry.record().type()) && maySee(who, entry))
            .toList();
    List<RetrievalAnswer.Answer> answers;
    try {
      answers = retrieve(who, purpose, patient, queries);
    } catch (CentreAway away) {
      Instant now = Instant.now();
      var kept = received.given(who, patient, now);
      List<Chart.Entry> entries =
          kept.entries().stream().filter(e -> types.contains(e.record().type())).toList();
      offline.note(who, purpose, patient, now, entries);
      return new Chart(
          patient,
          newest(entries, held),
          centre.awaySince().orElse(now),
          entries.isEmpty() ? null : kept.fetchedAt(),
          false);
    }
    var entries = new ArrayList<Chart.Entry>();
    for (RetrievalAnswer.Answer answer : answers) {
      for (JsonNode resource : Answers.resources(answer)) {
        entries.add(Answers.entry(resource));
        if (purpose != Purpose.BREAK_GLASS) {
          remember(resource);
        }
      }
    }
    if (purpose != Purpose.BREAK_GLASS) {
      synchronized (turn(who, patient)) {
        received.keep(who, patient, entries);
        forget(who, patient, queries, answers, entries);
      }
    }
    return new Chart(
        patient, newest(entries, held), null, null, answers.stream().anyMatch(Answers::more));
  }

  /** The cards of a chart come at once, and some with the same records: one writes at a time. */
  private Object turn(Author who, PatientId patient) {
    return turns[Math.floorMod(Objects.hash(who.user(), patient), turns.length)];
  }

  /** The centre judged anew: what it does not show any more is not kept either. */
  private void forget(
      Author who,
      PatientId patient,
      List<String> queries,
      List<RetrievalAnswer.Answer> answers,
      List<Chart.Entry> shown) {
    if (isShut(patient, queries, answers)) {
      received.forget(who, patient);
      return;
    }
    Instant now = Instant.now();
    disclosures(queries, answers)
        .forEach(
            (type, disclosure) ->
                received.forget(who, patient, type, disclosure.before(now), shown));
  }

  /** How much of a type the centre has just shown. */
  enum Disclosure {
    /** Some of what may be seen; the rest is kept as long as a visit lasts. */
    PART,
    /** All that may be seen, which may be nothing. */
    WHOLE;

    Instant before(Instant now) {
      return this == WHOLE ? now : now.minus(VISIT);
    }
  }

  /** For each type that {@code queries} search, how much of it {@code answers} show. */
  static Map<String, Disclosure> disclosures(
      List<String> queries, List<RetrievalAnswer.Answer> answers) {
    var disclosures = new HashMap<String, Disclosure>();
    for (int i = 0; i < queries.size(); i++) {
      String[] query = queries.get(i).split("\\?", 2);
      RetrievalAnswer.Answer answer = answers.get(i);
      if (query.length == 2 && (answer.status() == 200 || answer.status() == 403)) {
        boolean whole =
            answer.status() == 403
                || Arrays.stream(query[1].split("&")).allMatch(EVERYTHING.asMatchPredicate())
                    && !Answers.more(answer);
        disclosures.merge(
            query[0],
            whole ? Disclosure.WHOLE : Disclosure.PART,
            (one, other) -> one == other ? one : Disclosure.PART);
      }
    }
    return disclosures;
  }

  /**
   * Whether {@code answers} say that the chart is closed. A card that asks for some types alone
   * does not tell: those may be closed while others are open.
   */
  static boolean isShut(
      PatientId patient, List<String> queries, List<RetrievalAnswer.Answer> answers) {
    return queries.contains(patient.record().toString())
        && answers.stream().allMatch(answer -> answer.status() == 403);
  }

  /** How many records of {@code patient} that {@code who} may see are not yet at the centre. */
  public long waiting(Author who, PatientId patient) {
    return store.held(patient).stream().filter(entry -> maySee(who, entry)).count();
  }

  /**
   * Every version of one record (claim 16).
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED} if there is nothing here that {@code who} may see
   */
  public RecordHistory history(Author who, Purpose said, PatientId patient, RecordId record) {
    Found found = found(who, said, patient, Set.of(record), store.held(record));
    var versions = new ArrayList<>(found.versions());
    Instant awaySince = found.awaySince();
    if (versions.isEmpty() && awaySince == null) {
      throw Refusal.notPermitted();
    }
    versions.sort(Comparator.comparingInt(Chart.Entry::number).reversed());
    List<RecordHistory.Receipt> receipts =
        versions.isEmpty() ? List.of() : receipts(record, versions);
    return new RecordHistory(record, versions, receipts, awaySince);
  }

  /** Every version of {@code records} that {@code who} may see, in any order; one request. */
  public List<Chart.Entry> versions(
      Author who, Purpose said, PatientId patient, Collection<RecordId> records) {
    return found(who, said, patient, Set.copyOf(records), store.held(patient)).versions();
  }

  /**
   * Versions in any order.
   *
   * @param awaySince null if the centre just answered
   */
  private record Found(List<Chart.Entry> versions, @Nullable Instant awaySince) {}

  private Found found(
      Author who, Purpose said, PatientId patient, Set<RecordId> records, List<HeldEntry> held) {
    Purpose purpose = emergencies.purpose(who, said, patient);
    var versions = new ArrayList<Chart.Entry>();
    held.stream()
        .filter(entry -> records.contains(entry.record()) && maySee(who, entry))
        .map(this::entry)
        .forEach(versions::add);
    try {
      List<Chart.Entry> stored =
          retrieve(who, purpose, patient, records.stream().map(r -> r + "/_history").toList())
              .stream()
              .flatMap(answer -> Answers.resources(answer).stream())
              .map(Answers::entry)
              .toList();
      if (purpose != Purpose.BREAK_GLASS) { // what was opened so is shown once, and kept by nobody
        synchronized (turn(who, patient)) {
          received.keep(who, patient, stored);
        }
      }
      versions.addAll(stored);
      return new Found(versions, null);
    } catch (CentreAway away) {
      Instant now = Instant.now();
      List<Chart.Entry> kept =
          received.given(who, patient, now).entries().stream()
              .filter(entry -> records.contains(entry.record()))
              .toList();
      offline.note(who, purpose, patient, now, kept);
      versions.addAll(kept);
      return new Found(versions, centre.awaySince().orElse(now));
    }
  }

  /**
   * Who saw the chart of {@code patient}, as the centre's audit trail says.
   *
   * @param query {@code AuditEvent?patient=…}, or {@code Patient/…/$who-saw}
   * @throws Refusal {@link Reason#NOT_PERMITTED} if {@code who} may not see it
   */
  public TrailAnswer trail(Author who, Purpose purpose, PatientId patient, String query) {
    try {
      List<RetrievalAnswer.Answer> answers =
          retrieve(who, purpose, patient, List.of(patient.record().toString(), query));
      if (answers.stream().anyMatch(answer -> answer.status() != 200)) {
        throw Refusal.notPermitted();
      }
      return new TrailAnswer(answers.get(0).body(), answers.get(1).body(), null);
    } catch (CentreAway away) {
      return new TrailAnswer("", "", centre.awaySince().orElseGet(Instant::now));
    }
  }

  /**
   * Patients registered here, and at the centre as far as {@code who} may know of them; while the
   * centre is away, also those whom {@code who} received before.
   */
  public FoundPatients find(Author who, Purpose purpose, PatientQuery query) {
    try {
      List<KnownPatient> here = patients.registered(query);
      var known = new HashSet<PatientId>();
      here.forEach(patient -> known.add(patient.id()));
      List<KnownPatient> there =
          retrieve(who, purpose, null, List.of(atCentre(query))).stream()
              .flatMap(answer -> Answers.resources(answer).stream())
              .filter(resource -> resource.path("resourceType").asText().equals("Patient"))
              .map(resource -> PatientNames.read(resource, false))
              .filter(patient -> !known.contains(patient.id()))
              .toList();
      return new FoundPatients(here, there, null);
    } catch (CentreAway away) {
      Instant now = Instant.now();
      return new FoundPatients(
          patients.search(query, who, now), List.of(), centre.awaySince().orElse(now));
    }
  }

  /**
   * The standing policies made at this hospital that {@code who} may see, withdrawn ones included;
   * each a FHIR Consent in its newest version.
   */
  public List<Chart.Entry> policies(Author who) {
    var byPatient = new HashMap<String, List<RecordId>>();
    store
        .policies()
        .forEach(
            (record, patient) ->
                byPatient.computeIfAbsent(patient, p -> new ArrayList<>()).add(record));
    var stored = new ArrayList<Chart.Entry>();
    var held = new ArrayList<HeldEntry>();
    byPatient.forEach(
        (patient, records) -> {
          records.forEach(record -> held.addAll(store.held(record)));
          stored.addAll(current(who, patient, records));
        });
    return newest(stored, held);
  }

  private List<Chart.Entry> current(Author who, String patient, List<RecordId> records) {
    try {
      return retrieve(
              who,
              Purpose.ADMINISTRATION,
              patient.isEmpty() ? null : new PatientId(patient),
              records.stream().map(RecordId::toString).toList())
          .stream()
          .flatMap(answer -> Answers.resources(answer).stream())
          .map(Answers::entry)
          .toList();
    } catch (CentreAway away) {
      return List.of(); // those that wait here are shown all the same
    }
  }

  private List<RetrievalAnswer.Answer> retrieve(
      Author who, Purpose purpose, @Nullable PatientId patient, List<String> queries) {
    var answers = new ArrayList<RetrievalAnswer.Answer>();
    for (int from = 0; from < queries.size(); from += Retrieval.MAX) {
      List<String> part = queries.subList(from, Math.min(queries.size(), from + Retrieval.MAX));
      answers.addAll(
          centre.retrieve(() -> new Retrieval(statements.toRead(who, purpose, patient), part)));
    }
    return answers;
  }

  static String atCentre(PatientQuery query) {
    var search = new StringBuilder("Patient?_count=50");
    for (String word : query.name().split("\\s+")) {
      if (!word.isEmpty()) {
        search.append("&name=").append(URLEncoder.encode(word, UTF_8));
      }
    }
    if (query.birthDate() != null) {
      search.append("&birthdate=").append(query.birthDate());
    }
    if (!query.number().isEmpty()) {
      search.append("&identifier=").append(URLEncoder.encode(query.number(), UTF_8));
    }
    return search.toString();
  }

  private void remember(JsonNode resource) {
    if (resource.path("resourceType").asText().equals("Patient")) {
      patients.remember(resource, false);
    }
  }

  private static Set<String> types(List<String> queries) {
    var types = new HashSet<String>();
    queries.forEach(query -> types.add(query.split("[/?]", 2)[0]));
    return types;
  }

  /** The centre judges what it keeps; what waits here is its author's, and its care team's. */
  private static boolean maySee(Author who, HeldEntry entry) {
    return entry.author().user().equals(who.user())
        || RoleRights.may(who.role(), AccessRight.READ, entry.record().type());
  }

  private Chart.Entry entry(HeldEntry entry) {
    return new Chart.Entry(
        entry.record(),
        entry.number(),
        identity.hospital().value(),
        entry.author().name(),
        entry.recordedAt(),
        entry.state(),
        entry.submission(),
        entry.content());
  }

  /** Of each record its newest version, the record changed last first. */
  private List<Chart.Entry> newest(List<Chart.Entry> stored, List<HeldEntry> held) {
    Map<RecordId, Chart.Entry> newest = new HashMap<>();
    stored.forEach(entry -> newest.merge(entry.record(), entry, Charts::later));
    held.stream()
        .map(this::entry)
        .forEach(entry -> newest.merge(entry.record(), entry, Charts::later));
    return newest.values().stream()
        .sorted(
            Comparator.comparing(Chart.Entry::at)
                .reversed()
                .thenComparing(entry -> entry.record().toString()))
        .toList();
  }

  private static Chart.Entry later(Chart.Entry one, Chart.Entry other) {
    return other.number() > one.number() ? other : one;
  }

  private List<RecordHistory.Receipt> receipts(RecordId record, List<Chart.Entry> shown) {
    var receipts = new ArrayList<RecordHistory.Receipt>();
    for (String signed : store.receipts(record)) {
      StoredReceipt receipt =
          Signed.parse(signed)
              .verify(PaperType.RECEIPT, identity.centreSign(), StoredReceipt.class);
      receipt.versions().stream()
          .filter(version -> version.record().equals(record))
          .map(
              version ->
                  new RecordHistory.Receipt(
                      version.number(),
                      version.hash(),
                      receipt.storedAt(),
                      signed,
                      shown.stream().anyMatch(entry -> isOf(version, entry))))
          .forEach(receipts::add);
    }
    return receipts;
  }

  private static boolean isOf(StoredReceipt.Stored version, Chart.Entry shown) {
    return shown.state() == null
        && shown.number() == version.number()
        && Answers.hash(shown.content()).equals(version.hash());
  }
}
