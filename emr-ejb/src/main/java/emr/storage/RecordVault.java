package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.Query;
import emr.access.RecordFacts;
import emr.access.RecordTypes;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Manifest;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.exchange.seal.Json;
import emr.search.DateRange;
import emr.search.ElementPath;
import emr.search.SearchParameter;
import emr.search.SearchParameters;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The record storing server (claims 2, 16): takes new versions in and never changes one. It judges
 * nobody; only the control server calls it, inside the control server's transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
@SuppressWarnings("NullAway.Init") // the container injects
public class RecordVault {

  private static final String UNIQUE_VIOLATION = "23505";

  /** Stands for a period that has no end. */
  private static final OffsetDateTime NEVER = OffsetDateTime.parse("9999-12-31T00:00:00Z");

  @PersistenceContext EntityManager rows;
  @Inject PatientKeys keys;
  @Inject CentreSecrets secrets;
  @Inject RecordFinder finder;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  /**
   * What the sender of this submission was told, if it was stored before. Looks at what is
   * committed, even if the caller's own transaction has failed.
   *
   * @return a signed receipt
   * @throws Refusal {@link Reason#CONFLICT} if another submission has its id
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Optional<String> receiptOf(Submission submission, short hospital) {
    byte[] digest = digest(submission);
    var query =
        new Query()
            .add(
                "select hospital = ?::smallint and digest = ?::bytea, receipt from submission"
                    + " where id = ?::uuid",
                hospital,
                digest,
                submission.id());
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      if (!row.getBoolean(1)) {
        throw new Refusal(
            Reason.CONFLICT, "Another submission was stored as " + submission.id() + ".");
      }
      return Optional.of(row.getString(2));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for a submission", e);
    }
  }

  private static byte[] digest(Submission submission) {
    return HashChain.hash(Json.write(Manifest.of(submission)));
  }

  /**
   * Reads and checks a submission, finds the place of each record, and locks those that it adds to.
   * Nothing is written yet.
   *
   * @throws Refusal {@link Reason#MALFORMED}, {@link Reason#UNKNOWN_TYPE}, {@link
   *     Reason#UNPROCESSABLE}; {@link Reason#NOT_PERMITTED} if its patient is not known
   */
  public Intake take(Submission submission) {
    var contents = new ArrayList<ObjectNode>(submission.entries().size());
    for (Submission.Entry entry : submission.entries()) {
      contents.add(read(entry));
    }
    long patient = patient(submission);
    var places = new ArrayList<RecordAddress>(contents.size());
    for (Submission.Entry entry : submission.entries()) {
      places.add(place(entry.record(), submission.patient(), patient));
    }
    Map<Long, CurrentRecord> existing = existing(submission, patient, places);
    CurrentRecord chart = existing.get(patient);
    boolean newPatient =
        patient != 0
            && chart == null
            && places.stream().anyMatch(at -> at.type() == RecordTypes.PATIENT);
    if (patient != 0 && chart == null && !newPatient) {
      throw Refusal.notPermitted();
    }
    var items = new ArrayList<Intake.Item>(contents.size());
    for (int i = 0; i < contents.size(); i++) {
      Submission.Entry entry = submission.entries().get(i);
      RecordAddress at = places.get(i);
      requireAbout(contents.get(i), submission.patient());
      byte[] content = entry.content().getBytes(UTF_8);
      CurrentRecord before = existing.get(at.record());
      if (before != null && before.type() != at.type()) {
        throw new Refusal(Reason.CONFLICT, "The id of " + entry.record() + " is taken.");
      }
      items.add(
          new Intake.Item(
              entry,
              facts(at, before, chart),
              contents.get(i),
              at,
              content,
              HashChain.hash(content),
              before));
    }
    return new Intake(submission, patient, newPatient, digest(submission), List.copyOf(items));
  }

  private static ObjectNode read(Submission.Entry entry) {
    ObjectNode resource = FhirJson.read(entry.content().getBytes(UTF_8));
    FhirJson.check(resource);
    RecordId id = entry.record();
    if (!resource.path("resourceType").asText().equals(id.type())
        || !resource.path("id").asText().equals(id.id())) {
      throw new Refusal(
          Reason.MALFORMED, "The content of " + id + " has another resourceType or id.");
    }
    if (resource.has("meta") && !MetaSplice.shows(entry.content().getBytes(UTF_8), "meta")) {
      throw new Refusal(Reason.MALFORMED, "The name meta is written plainly, without escapes.");
    }
    return resource;
  }

  /** Key of the patient whom the submission is about; a new one for an id a client chose. */
  private long patient(Submission submission) {
    PatientId patient = submission.patient();
    if (patient == null) {
      submission.entries().forEach(entry -> requireOfNobody(entry.record()));
      return 0;
    }
    Optional<RecordKey> known = finder.key(patient);
    if (known.isPresent()) {
      if (known.get().value() == 0) {
        throw new Refusal(Reason.UNPROCESSABLE, "This id stands for no patient.");
      }
      return known.get().value();
    }
    boolean registers =
        submission.entries().stream().anyMatch(entry -> entry.record().equals(patient.record()));
    if (!registers) {
      throw Refusal.notPermitted();
    }
    return RecordKey.fresh().value();
  }

  /** What is about nobody: the directory, and a hospital's policies about all its patients. */
  private static void requireOfNobody(RecordId id) {
    short type = RecordTypes.number(id.type());
    if (!RecordTypes.isDirectory(type) && type != RecordTypes.CONSENT) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "A record of type " + id.type() + " is about a patient.");
    }
  }

  private RecordAddress place(RecordId id, @Nullable PatientId about, long patient) {
    short type = RecordTypes.number(id.type());
    if (type == RecordTypes.PATIENT) {
      if (about == null || !about.record().equals(id)) {
        throw new Refusal(
            Reason.UNPROCESSABLE, "A submission is about one patient, and " + id + " is another.");
      }
      boolean ours = id.recordKey().isPresent();
      return new RecordAddress(type, patient, patient, ours ? null : id.id());
    }
    Optional<RecordAddress> known = finder.address(id);
    if (known.isEmpty()) {
      return new RecordAddress(type, patient, RecordKey.fresh().value(), id.id());
    }
    if (known.get().patient() != patient && known.get().alias() != null) {
      throw Refusal.notPermitted(); // whose it is, is not for the caller to know
    }
    if (known.get().patient() != patient) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "The record " + id + " is not in the chart of this patient.");
    }
    return known.get();
  }

  /** A record lies in the chart of the patient its content names, and of no other. */
  private static void requireAbout(ObjectNode resource, @Nullable PatientId patient) {
    String expected = patient == null ? null : patient.record().toString();
    for (String name : List.of("patient", "subject")) {
      SearchParameters.of(resource.path("resourceType").asText())
          .find(name)
          .filter(SearchParameter::isPatient)
          .ifPresent(
              parameter -> {
                for (ElementPath path : parameter.paths()) {
                  path.values(
                      resource,
                      element -> {
                        String reference = element.path("reference").asText();
                        if (reference.startsWith("Patient/") && !reference.equals(expected)) {
                          throw new Refusal(
                              Reason.UNPROCESSABLE,
                              "A record's content names another patient than its submission.");
                        }
                      });
                }
              });
    }
  }

  /** The rows of the patient and of the submission's records that are there, by record key. */
  private Map<Long, CurrentRecord> existing(
      Submission submission, long patient, List<RecordAddress> places) {
    var toChange = new ArrayList<Long>();
    var toSee = new ArrayList<Long>();
    for (int i = 0; i < places.size(); i++) {
      (submission.entries().get(i).basedOn() > 0 ? toChange : toSee).add(places.get(i).record());
    }
    if (patient != 0 && !toChange.contains(patient) && !toSee.contains(patient)) {
      toSee.add(patient);
    }
    var existing = new HashMap<Long, CurrentRecord>();
    for (CurrentRecord row : rows(patient, toChange, LockModeType.PESSIMISTIC_WRITE)) {
      existing.put(row.record(), row);
    }
    for (CurrentRecord row : rows(patient, toSee, LockModeType.NONE)) {
      existing.put(row.record(), row);
    }
    return existing;
  }

  private List<CurrentRecord> rows(long patient, Collection<Long> records, LockModeType lock) {
    return records.isEmpty()
        ? List.of()
        : rows.createNamedQuery(CurrentRecord.OF_PATIENT, CurrentRecord.class)
            .setParameter("patient", patient)
            .setParameter("records", records)
            .setLockMode(lock)
            .getResultList();
  }

  /** A new record in somebody's chart is governed by the custodian of the chart. */
  private static RecordFacts facts(
      RecordAddress at, @Nullable CurrentRecord before, @Nullable CurrentRecord chart) {
    if (before != null) {
      return new RecordFacts(at.type(), at.patient(), before.custodian(), before.author());
    }
    short governs = chart == null ? NOBODY : chart.custodian();
    return new RecordFacts(at.type(), at.patient(), governs, governs);
  }

  /** Custodian of a record that is new, in no chart or in a new one: whoever makes it. */
  public static final short NOBODY = 0;

  /**
   * Stores what was judged.
   *
   * @param sign makes a receipt into a signed one
   * @return the signed receipt; that of another transaction if it stored the same just now
   * @throws Refusal {@link Reason#STALE_VERSION} if a record is not based on its latest version,
   *     {@link Reason#CONFLICT} if it was made by somebody else at the same moment
   */
  public String append(
      Intake intake,
      HospitalId hospital,
      short author,
      @Nullable String manifest,
      Function<StoredReceipt, String> sign) {
    requireLatest(intake);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    OffsetDateTime storedAt = now.atOffset(ZoneOffset.UTC);
    UUID id = intake.submission().id();
    var versions = new ArrayList<NewVersion>(intake.items().size());
    var stored = new ArrayList<StoredReceipt.Stored>(intake.items().size());
    SecretKey key = keys.ofNewOrKnown(intake.patient());
    for (Intake.Item item : intake.items()) {
      NewVersion version = version(item, intake.submission(), author, key);
      versions.add(version);
      stored.add(
          new StoredReceipt.Stored(
              item.entry().record(),
              version.number(),
              HexFormat.of().formatHex(version.hash()),
              HexFormat.of().formatHex(version.contentHash())));
    }
    String receipt = sign.apply(new StoredReceipt(id, hospital, now, stored));
    if (!note(intake, author, storedAt, manifest, receipt)) {
      return receiptOf(intake.submission(), author).orElseThrow();
    }
    for (int i = 0; i < versions.size(); i++) {
      write(versions.get(i), intake.items().get(i).before(), id, storedAt);
    }
    flush();
    return receipt;
  }

  private static void requireLatest(Intake intake) {
    for (Intake.Item item : intake.items()) {
      int latest = item.before() == null ? 0 : item.before().number();
      if (item.entry().basedOn() != latest) {
        throw new Refusal(
            Reason.STALE_VERSION,
            "%s is at version %d, not %d."
                .formatted(item.entry().record(), latest, item.entry().basedOn()));
      }
    }
  }

  private NewVersion version(Intake.Item item, Submission submission, short author, SecretKey key) {
    RecordAddress at = item.at();
    int number = item.entry().number();
    byte[] before = item.before() == null ? HashChain.BEGINNING : item.before().hash();
    SearchParameters parameters = SearchParameters.of(item.entry().record().type());
    Optional<DateRange> date = parameters.date(item.resource());
    PatientId patient = submission.patient();
    SearchParameters.Facts facts =
        parameters.facts(item.resource(), patient == null ? null : patient.record().toString());
    var kept =
        ContentCodec.Kept.of(submission.author().name(), submission.recordedAt(), item.content());
    return new NewVersion(
        at.patient(),
        at.record(),
        number,
        at.type(),
        item.custodian(author),
        author,
        item.content().length,
        item.contentHash(),
        HashChain.next(before, item.entry().record(), number, item.contentHash()),
        at.alias(),
        date.map(DateRange::from).filter(RecordVault::isKept).map(RecordVault::utc).orElse(null),
        date.filter(range -> !range.isInstant()).map(RecordVault::end).orElse(null),
        secrets.terms(at.type(), facts.terms()),
        facts.present(),
        ContentCodec.encode(kept, key, Sealed.place(at.patient(), at.record(), number)));
  }

  private static boolean isKept(Instant instant) {
    return !instant.equals(Instant.MIN);
  }

  private static OffsetDateTime end(DateRange range) {
    return range.until().equals(Instant.MAX) ? NEVER : utc(range.until());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** False if the submission is there already. */
  private boolean note(
      Intake intake,
      short hospital,
      OffsetDateTime storedAt,
      @Nullable String manifest,
      String receipt) {
    Submission submission = intake.submission();
    var query =
        new Query()
            .add(
                "insert into submission (id, hospital, patient, author, role, recorded_at,"
                    + " stored_at, records, digest, manifest, receipt) values (?::uuid,"
                    + " ?::smallint, ?::bigint, ?::text, ?::smallint, ?::timestamptz,"
                    + " ?::timestamptz, ?::int, ?::bytea, ?::text, ?::text) on conflict do nothing",
                submission.id(),
                hospital,
                intake.patient(),
                submission.author().user(),
                (short) submission.author().role().ordinal(),
                submission.recordedAt(),
                storedAt,
                submission.entries().size(),
                intake.digest(),
                manifest,
                receipt);
    try (Connection connection = database.getConnection();
        var insert = query.prepare(connection)) {
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note a submission", e);
    }
  }

  private void write(
      NewVersion version, @Nullable CurrentRecord before, UUID submission, OffsetDateTime now) {
    rows.persist(new StoredVersion(version, submission, now));
    if (before == null) {
      rows.persist(new CurrentRecord(version, now));
      if (version.alias() != null) {
        rows.persist(
            new AliasEntry(version.type(), version.alias(), version.patient(), version.record()));
      }
    } else {
      before.become(version, now);
    }
    boolean foundByAll =
        version.patient() == 0
            || version.type() == RecordTypes.PATIENT
            || RecordTypes.isDirectory(version.type());
    if (foundByAll) {
      if (before == null) {
        rows.persist(new FinderEntry(version));
      } else {
        rows.find(FinderEntry.class, new FinderEntry.Key(version.patient(), version.record()))
            .become(version);
      }
    }
  }

  private void flush() {
    try {
      rows.flush();
    } catch (PersistenceException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
          throw (Refusal)
              new Refusal(
                      Reason.CONFLICT, "A record of this submission was made at the same moment.")
                  .initCause(e);
        }
      }
      throw e;
    }
  }
}
