package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.Query;
import emr.access.RecordFacts;
import emr.access.RecordTypes;
import emr.exchange.access.Sensitivity;
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
import emr.identity.HospitalNumbers;
import emr.search.DateRange;
import emr.search.SearchParameters;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The record storing server (claims 2, 16): takes new versions in and never changes one. It judges
 * nobody; only the control server calls it, inside the control server's transaction.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class RecordVault {

  /** A unique violation, a deadlock. */
  private static final Set<String> CONFLICTS = Set.of("23505", "40P01");

  /** Stands for a period that has no end. */
  private static final OffsetDateTime NEVER = OffsetDateTime.parse("9999-12-31T00:00:00Z");

  @Inject PatientKeys keys;
  @Inject CentreSecrets secrets;
  @Inject RecordFinder finder;
  @Inject HospitalNumbers hospitals;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  /**
   * What the sender of this submission was told, if it was stored before. Looks at what is
   * committed, even if the caller's own transaction has failed.
   *
   * @return a signed receipt
   * @throws Refusal {@link Reason#CONFLICT} if another submission has its id
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Optional<String> receiptOf(Submission submission, short hospital) {
    return receiptOf(submission.id(), digest(Manifest.of(submission)), hospital);
  }

  private Optional<String> receiptOf(UUID submission, byte[] digest, short hospital) {
    var query =
        new Query()
            .add(
                "select hospital = ?::smallint and digest = ?::bytea, receipt from submission"
                    + " where id = ?::uuid",
                hospital,
                digest,
                submission);
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      if (!row.getBoolean(1)) {
        throw new Refusal(Reason.CONFLICT, "Another submission was stored as " + submission + ".");
      }
      return Optional.of(row.getString(2));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for a submission", e);
    }
  }

  private static byte[] digest(Manifest manifest) {
    return HashChain.hash(Json.write(manifest));
  }

  /**
   * Lets only one transaction at a time go on that names any of these, until it ends.
   *
   * @param names what must not happen twice at the same moment: a condition, the id of a new record
   */
  public void lock(Collection<String> names) {
    long[] keys =
        names.stream()
            .mapToLong(name -> ByteBuffer.wrap(HashChain.hash(name.getBytes(UTF_8))).getLong())
            .sorted()
            .distinct()
            .toArray();
    for (long key : keys) { // one by one: all transactions in the same order
      var query = new Query().add("select pg_advisory_xact_lock(?::bigint)", key);
      try (Connection connection = database.getConnection();
          var select = query.prepare(connection)) {
        select.execute();
      } catch (SQLException e) {
        throw conflictOr(e, new IllegalStateException("cannot wait for others", e));
      }
    }
  }

  /** Whether a chart holds anything in use beside these records. */
  public boolean holdsMore(long chart, long[] records) {
    var query =
        new Query()
            .add(
                "select 1 from current where patient = ?::bigint"
                    + " and record <> all (?::bigint[]) and not deleted limit 1",
                chart,
                records);
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      return row.next();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look into a chart", e);
    }
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
    long chart = patient(submission);
    var entries = new ArrayList<Draft.Entry>(contents.size());
    for (int i = 0; i < contents.size(); i++) {
      Submission.Entry entry = submission.entries().get(i);
      entries.add(
          Draft.Entry.content(
              entry.record(),
              place(entry.record(), submission.patient(), chart),
              entry.basedOn(),
              contents.get(i),
              entry.content().getBytes(UTF_8)));
    }
    return take(
        new Draft(
            submission.id(),
            submission.hospital(),
            chart,
            submission.patient(),
            submission.author(),
            submission.recordedAt(),
            true,
            entries));
  }

  /**
   * Puts a draft in its place, and locks the records that it adds to. Nothing is written yet.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} for a content that belongs elsewhere; {@link
   *     Reason#NOT_PERMITTED} if there is no such chart
   */
  public Intake take(Draft draft) {
    Map<Long, CurrentRecord> existing = existing(draft);
    CurrentRecord chart = existing.get(draft.chart());
    boolean newPatient =
        draft.chart() != 0
            && chart == null
            && draft.entries().stream()
                .anyMatch(e -> e.at().type() == RecordTypes.PATIENT && e.resource() != null);
    if (draft.chart() != 0 && chart == null && !newPatient) {
      throw Refusal.notPermitted();
    }
    PatientId patient = draft.patient();
    if (patient == null && chart != null) {
      patient =
          new PatientId(
              new RecordAddress(RecordTypes.PATIENT, draft.chart(), draft.chart(), chart.alias())
                  .id()
                  .id());
    }
    var items = new ArrayList<Intake.Item>(draft.entries().size());
    for (Draft.Entry entry : draft.entries()) {
      RecordAddress at = entry.at();
      CurrentRecord before = existing.get(at.record());
      if (entry.resource() != null) {
        Subjects.require(entry.resource(), patient);
      }
      if (before != null && before.type() != at.type()) {
        throw new Refusal(Reason.CONFLICT, "The id of " + entry.record() + " is taken.");
      }
      items.add(new Intake.Item(entry, facts(entry, before, chart), before));
    }
    boolean closed = chart != null && chart.deleted();
    return new Intake(draft, patient, newPatient, closed, items);
  }

  /**
   * Makes revisions into contents, and sees which contents say nothing new. Before this, nobody
   * learns anything about what is kept.
   *
   * @param judged by which everything in it may be stored
   * @param mayBeKnown whether its author may read what a record says now
   * @throws Refusal {@link Reason#STALE_VERSION} if a record is not based on its latest version;
   *     {@link Reason#NOT_PERMITTED} for the revision of what its author may not read; {@link
   *     Reason#DELETED} for that of what is not in use; else for what becomes of it
   */
  public Intake complete(Intake judged, Predicate<Intake.Item> mayBeKnown) {
    requireLatest(judged);
    if (judged.draft().signed()) {
      return judged;
    }
    var items = new ArrayList<Intake.Item>(judged.items().size());
    for (Intake.Item item : judged.items()) {
      boolean known = mayBeKnown.test(item);
      if (item.revises()) {
        if (!known) {
          throw Refusal.notPermitted();
        }
        if (item.before() == null) {
          throw new Refusal(Reason.UNKNOWN_RECORD, item.record() + " is not here.");
        }
        items.add(revised(item, judged.patient()));
      } else {
        ObjectNode resource = item.resource();
        boolean same =
            resource != null
                && known
                && !item.isGone()
                && KeptForm.same(resource, KeptForm.of(present(item), item.record().id()));
        items.add(item.saying(resource, item.content(), same));
      }
    }
    return judged.with(items);
  }

  private Intake.Item revised(Intake.Item item, @Nullable PatientId patient) {
    if (item.isGone()) {
      throw new Refusal(Reason.DELETED, item.record() + " is no longer in use.");
    }
    RecordId record = item.record();
    ObjectNode present = KeptForm.of(present(item), record.id());
    ObjectNode revised = Objects.requireNonNull(item.entry().revision()).apply(present.deepCopy());
    if (!revised.path("resourceType").asText().equals(record.type())
        || !revised.path("id").asText().equals(record.id())) {
      throw new Refusal(Reason.UNPROCESSABLE, "A patch leaves the type and the id of a record.");
    }
    byte[] content = FhirJson.write(KeptForm.of(revised, record.id()));
    ObjectNode read = FhirJson.read(content);
    FhirJson.check(read);
    Subjects.require(read, patient);
    boolean same = KeptForm.same(read, present);
    return item.saying(read, content, same);
  }

  /** What the newest version of a record says. */
  private ObjectNode present(Intake.Item item) {
    return FhirJson.read(kept(item).content());
  }

  private ContentCodec.Kept kept(Intake.Item item) {
    CurrentRecord before = Objects.requireNonNull(item.before());
    return finder.kept(item.entry().at(), before.number(), before.content());
  }

  /** The newest version of a record as it is, for who sent the same again, or deletes it again. */
  public Appended.Version newest(Intake.Item item) {
    CurrentRecord before = Objects.requireNonNull(item.before());
    HospitalId author = hospitals.id(before.author());
    Instant storedAt = before.storedAt();
    return new Appended.Version(
        item.record(),
        before.number(),
        storedAt,
        before.deleted(),
        new Appended.Shown(
            kept(item),
            before.number(),
            storedAt,
            author,
            HexFormat.of().formatHex(before.hash())));
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
    if (resource.has("meta") && MetaSplice.find(entry.content().getBytes(UTF_8)) == 0) {
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

  /** The rows of the patient and of the draft's records that are there, by record key. */
  private Map<Long, CurrentRecord> existing(Draft draft) {
    long patient = draft.chart();
    var toChange = new ArrayList<Long>();
    var toSee = new ArrayList<Long>();
    for (Draft.Entry entry : draft.entries()) {
      if (entry.basedOn() == 0 && !draft.signed()) {
        continue; // its id was made just now
      }
      (entry.basedOn() == 0 ? toSee : toChange).add(entry.at().record());
    }
    if (patient != 0 && !toChange.contains(patient) && !toSee.contains(patient)) {
      toSee.add(patient);
    }
    var existing = new HashMap<Long, CurrentRecord>();
    for (CurrentRecord row : current(patient, toChange, true)) {
      existing.put(row.record(), row);
    }
    for (CurrentRecord row : current(patient, toSee, false)) {
      existing.put(row.record(), row);
    }
    return existing;
  }

  /**
   * @param lock against others who change them, in the order of their keys, so that nobody waits
   *     for each other
   */
  private List<CurrentRecord> current(long patient, Collection<Long> records, boolean lock) {
    if (records.isEmpty()) {
      return List.of();
    }
    var query =
        new Query()
            .add(
                "select "
                    + CurrentRecord.COLUMNS
                    + " from current where patient = ?::bigint and record = any (?::bigint[])"
                    + (lock ? " order by record for update" : ""),
                patient,
                records.stream().mapToLong(Long::longValue).toArray());
    var current = new ArrayList<CurrentRecord>(records.size());
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        current.add(CurrentRecord.of(row));
      }
    } catch (SQLException e) {
      throw conflictOr(e, new IllegalStateException("cannot look at records", e));
    }
    return current;
  }

  /**
   * A new record in somebody's chart is governed by the custodian of the chart, and as delicate as
   * it says; one that is there is as delicate as it is now.
   */
  private static RecordFacts facts(
      Draft.Entry entry, @Nullable CurrentRecord before, @Nullable CurrentRecord chart) {
    RecordAddress at = entry.at();
    if (before != null) {
      return new RecordFacts(
          at.type(), at.patient(), before.custodian(), before.author(), before.sensitivity());
    }
    short governs = chart == null ? NOBODY : chart.custodian();
    return new RecordFacts(
        at.type(),
        at.patient(),
        governs,
        governs,
        entry.resource() == null
            ? RecordFacts.NORMAL
            : Sensitivity.bits(Sensitivity.of(entry.resource())));
  }

  /** Null for what is normal; a record that is deleted stays as delicate as it was. */
  private static @Nullable Short sensitivity(Intake.Item item) {
    ObjectNode resource = item.resource();
    CurrentRecord before = item.before();
    short bits =
        resource != null
            ? Sensitivity.bits(Sensitivity.of(resource))
            : before == null ? RecordFacts.NORMAL : before.sensitivity();
    return bits == RecordFacts.NORMAL ? null : (Short) bits;
  }

  /** Custodian of a record that is new, in no chart or in a new one: whoever makes it. */
  public static final short NOBODY = 0;

  /**
   * Stores what was judged and completed.
   *
   * @param sign makes a receipt into a signed one
   * @param entry the insertion of what the audit trail says of it
   * @return with the signed receipt; that of another transaction if it stored the same just now
   * @throws Refusal {@link Reason#CONFLICT} if a record was made by somebody else at the same
   *     moment
   */
  public Appended append(
      Intake intake,
      HospitalId hospital,
      short author,
      @Nullable String manifest,
      Function<StoredReceipt, String> sign,
      Query entry) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    OffsetDateTime storedAt = now.atOffset(ZoneOffset.UTC);
    Draft draft = intake.draft();
    Instant recordedAt = draft.recordedAt() == null ? now : draft.recordedAt();
    int count = intake.items().size();
    var versions = new ArrayList<NewVersion>(count);
    var shown = new ArrayList<Appended.Version>(count);
    var stored = new ArrayList<StoredReceipt.Stored>(count);
    var signed = new ArrayList<Manifest.Item>(count);
    SecretKey key = keys.ofNewOrKnown(intake.chart());
    for (Intake.Item item : intake.items()) {
      var kept =
          ContentCodec.Kept.of(
              draft.author().name(), draft.recordedAt(), placeOfMeta(item), item.content());
      NewVersion version = version(item, intake.patient(), kept, author, key);
      String hash = HexFormat.of().formatHex(version.hash());
      String contentHash = HexFormat.of().formatHex(version.contentHash());
      versions.add(version);
      stored.add(new StoredReceipt.Stored(item.record(), version.number(), hash, contentHash));
      signed.add(new Manifest.Item(item.record(), item.basedOn(), contentHash));
      shown.add(
          new Appended.Version(
              item.record(),
              version.number(),
              now,
              version.deleted(),
              new Appended.Shown(kept, version.number(), now, hospital, hash)));
    }
    byte[] digest =
        digest(
            new Manifest(
                draft.id(),
                draft.hospital(),
                intake.patient(),
                draft.author(),
                recordedAt,
                signed));
    String receipt = sign.apply(new StoredReceipt(draft.id(), hospital, now, stored));
    Query submission = submission(intake, digest, author, recordedAt, now, manifest, receipt);
    try (Connection connection = database.getConnection()) {
      var rows = new RecordRows(connection, draft.id(), storedAt);
      if (!draft.signed()) {
        rows.write(submission, versions, entry);
      } else if (!rows.writeUnlessThere(submission, versions, entry)) {
        return new Appended(receiptOf(draft.id(), digest, author).orElseThrow(), now, List.of());
      }
    } catch (SQLException e) {
      throw conflictOr(e, new IllegalStateException("cannot store records", e));
    }
    return new Appended(receipt, now, shown);
  }

  private static int placeOfMeta(Intake.Item item) {
    ObjectNode resource = item.resource();
    return resource != null && resource.has("meta") ? MetaSplice.find(item.content()) : 0;
  }

  private static void requireLatest(Intake intake) {
    for (Intake.Item item : intake.items()) {
      if (item.basedOn() != item.latest()) {
        throw new Refusal(
            Reason.STALE_VERSION,
            "%s is at version %d, not %d.".formatted(item.record(), item.latest(), item.basedOn()));
      }
    }
    boolean reopens =
        intake.items().stream()
            .anyMatch(i -> i.entry().at().type() == RecordTypes.PATIENT && !i.deletes());
    if (intake.closed() && !reopens && !intake.items().stream().allMatch(Intake.Item::deletes)) {
      throw new Refusal(Reason.UNPROCESSABLE, "The patient's record is no longer in use.");
    }
  }

  private NewVersion version(
      Intake.Item item,
      @Nullable PatientId patient,
      ContentCodec.Kept kept,
      short author,
      SecretKey key) {
    RecordAddress at = item.entry().at();
    ObjectNode resource = item.resource();
    int number = item.number();
    byte[] before = item.before() == null ? HashChain.BEGINNING : item.before().hash();
    byte[] contentHash = HashChain.hash(item.content());
    SearchParameters parameters = SearchParameters.of(item.record().type());
    Optional<DateRange> date = resource == null ? Optional.empty() : parameters.date(resource);
    SearchParameters.Facts facts =
        resource == null
            ? SearchParameters.Facts.NONE
            : parameters.facts(resource, patient == null ? null : patient.record().toString());
    String code = parameters.code(facts.terms());
    return new NewVersion(
        at.patient(),
        at.record(),
        number,
        at.type(),
        item.custodian(author),
        author,
        item.deletes(),
        item.content().length,
        contentHash,
        HashChain.next(before, item.record(), number, contentHash),
        at.alias(),
        date.map(DateRange::from).filter(RecordVault::isKept).map(RecordVault::utc).orElse(null),
        date.filter(range -> !range.isInstant()).map(RecordVault::end).orElse(null),
        secrets.terms(at.type(), facts.terms()),
        secrets.terms(at.type(), facts.elsewhere()),
        code == null ? 0 : secrets.code(at.type(), code),
        facts.present(),
        sensitivity(item),
        ContentCodec.encode(kept, key, new VersionPlace(at.patient(), at.record(), number)));
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

  /** The insertion of the submission's row; it changes nothing if there is one. */
  private static Query submission(
      Intake intake,
      byte[] digest,
      short hospital,
      Instant recordedAt,
      Instant storedAt,
      @Nullable String manifest,
      String receipt) {
    Draft draft = intake.draft();
    return new Query()
        .add(
            "insert into submission (id, hospital, patient, author, role, recorded_at,"
                + " stored_at, records, digest, manifest, receipt) values (?::uuid,"
                + " ?::smallint, ?::bigint, ?::text, ?::smallint, ?::timestamptz,"
                + " ?::timestamptz, ?::int, ?::bytea, ?::text, ?::text) on conflict do nothing",
            draft.id(),
            hospital,
            intake.chart(),
            draft.author().user(),
            (short) draft.author().role().ordinal(),
            recordedAt,
            storedAt,
            intake.items().size(),
            digest,
            manifest,
            receipt);
  }

  /** A refusal, if others did the same at the same moment; else {@code fault}. */
  private static RuntimeException conflictOr(Exception e, RuntimeException fault) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && CONFLICTS.contains(sql.getSQLState())) {
        return (RuntimeException)
            new Refusal(Reason.CONFLICT, "Somebody else wrote the same records at the same moment.")
                .initCause(e);
      }
    }
    return fault;
  }
}
