package emr.hospital.temporarystore;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.Manifest;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import emr.hospital.communication.HospitalIdentity;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.JMSConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The temporary storing server (claims 4 to 7, 22, 23): keeps what terminals send until the centre
 * has stored it, and the proof of that for ever. When {@link #save} returns, the submission and the
 * message that will forward it are on disk; both or neither.
 *
 * <p>Who may call is asked by the caller; that an entry can be touched only by its author, or by
 * somebody who manages the outbox, is asked here.
 */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class TemporaryStore {

  private static final String UNFINISHED = "('SAVED', 'HELD', 'SENT', 'SET_ASIDE')";
  private static final int SHORTEST_REASON = 3;
  private static final int LONGEST_REASON = 1000;

  @Inject Sql sql;
  @Inject HospitalIdentity identity;
  @Inject HospitalSettings settings;
  @Inject LocalPatients patients;

  @Inject
  @JMSConnectionFactory("jms/emrConnectionFactory")
  JMSContext messages;

  @Resource(lookup = "jms/forwarding")
  Queue forwarding;

  /**
   * Which submissions to list.
   *
   * @param states empty for all
   * @param author only that user's; null for everybody's
   * @param patient only about that patient; null for all
   * @param before only those saved before the submission of this number; null to begin with the
   *     newest
   */
  public record Listing(
      Set<CustodyState> states,
      @Nullable String author,
      @Nullable PatientId patient,
      @Nullable Long before,
      int limit) {

    public Listing {
      states = Set.copyOf(states);
      if (limit < 1 || limit > 1000) {
        throw new IllegalArgumentException("a page has 1 to 1000 submissions");
      }
    }
  }

  /**
   * Saves what its author has signed (claims 4, 5, 22). Saving the same again changes nothing.
   *
   * @return its custody, already {@link CustodyState#SAVED} or {@link CustodyState#HELD}
   * @throws Refusal {@link Reason#MALFORMED} or {@link Reason#UNPROCESSABLE} for what breaks a
   *     rule, {@link Reason#CONFLICT} for a submission id that is taken
   */
  public Custody save(Submission submission, Hold hold) {
    List<JsonNode> contents = SubmissionRules.check(submission, identity.hospital());
    Manifest manifest = Manifest.of(submission);
    Optional<Custody> before = custody(submission.id());
    if (before.isPresent()) {
      return same(before.get(), submission, manifest);
    }
    Instant now = Instant.now();
    Duration held = held(submission, hold);
    Instant due = hold == Hold.UNTIL_RELEASED ? null : now.plus(held);
    boolean isHeld = due == null || !held.isZero();
    insert(submission, manifest, isHeld ? CustodyState.HELD : CustodyState.SAVED, due);
    long number = number(submission.id());
    step(number, CustodyState.SAVED, now, submission.author().user(), null);
    if (isHeld) {
      step(number, CustodyState.HELD, now, submission.author().user(), null);
    }
    for (int i = 0; i < contents.size(); i++) {
      if (contents.get(i).path("resourceType").asText().equals("Patient")) {
        patients.remember(contents.get(i), submission.entries().get(i).basedOn() == 0);
      }
    }
    if (due != null) {
      message(submission.id(), held);
    }
    return custody(submission.id()).orElseThrow();
  }

  private Duration held(Submission submission, Hold hold) {
    return hold == Hold.NONE
        ? Duration.ZERO
        : settings
            .holdTimes()
            .of(submission.entries().stream().map(e -> e.record().type()).distinct().toList());
  }

  private static Custody same(Custody before, Submission submission, Manifest manifest) {
    boolean same =
        before.author().equals(submission.author())
            && before.records().stream()
                .map(Custody.Item::sha256)
                .toList()
                .equals(manifest.items().stream().map(Manifest.Item::sha256).toList());
    if (!same) {
      throw new Refusal(Reason.CONFLICT, "Another entry was saved under this submission's id.");
    }
    return before;
  }

  private void insert(
      Submission submission, Manifest manifest, CustodyState state, @Nullable Instant due) {
    List<Submission.Entry> entries = submission.entries();
    var pieces = new ArrayList<List<byte[]>>(entries.size());
    var sizes = new long[entries.size()];
    long all = 0;
    for (int place = 0; place < entries.size(); place++) {
      pieces.add(Pieces.of(entries.get(place).content()));
      sizes[place] = pieces.get(place).stream().mapToLong(p -> p.length).sum();
      all += sizes[place];
    }
    sql.update(
        "insert into submission (id, patient, author_user, author_name, author_role, recorded_at,"
            + " state, due, octets) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        submission.id(),
        submission.patient() == null ? null : submission.patient().value(),
        submission.author().user(),
        submission.author().name(),
        submission.author().role(),
        submission.recordedAt(),
        state,
        due,
        all);
    long number = number(submission.id());
    var items = new ArrayList<@Nullable Object[]>();
    var contents = new ArrayList<@Nullable Object[]>();
    for (int place = 0; place < entries.size(); place++) {
      Manifest.Item item = manifest.items().get(place);
      items.add(
          new Object[] {
            number, place, item.record().toString(), item.basedOn(), item.sha256(), sizes[place]
          });
      for (int piece = 0; piece < pieces.get(place).size(); piece++) {
        contents.add(new Object[] {number, place, piece, pieces.get(place).get(piece)});
      }
    }
    sql.batch(
        "insert into item (submission, place, record, based_on, sha256, octets, unfinished)"
            + " values (?, ?, ?, ?, ?, ?, true)",
        items);
    sql.batch(
        "insert into content (submission, place, piece, octets) values (?, ?, ?, ?)", contents);
  }

  /**
   * Sends a held submission without waiting for its time.
   *
   * @throws Refusal {@link Reason#CONFLICT} if it is no longer held
   */
  public Custody sendNow(UUID id, Author by, boolean manages, @Nullable String reason) {
    Custody custody = touchable(id, by, manages);
    Instant now = Instant.now();
    change(
        custody,
        "update submission set state = 'SAVED', due = ?, reason = null"
            + " where number = ? and state in ('SAVED', 'HELD')",
        "This entry is no longer held here.",
        now,
        custody.number());
    step(custody.number(), CustodyState.SAVED, now, by.user(), reason);
    message(id, Duration.ZERO);
    return custody(id).orElseThrow();
  }

  /**
   * Takes a held submission back (claim 5 read the other way). Its content stays its author's, who
   * may write it anew or {@linkplain #discard discard} it.
   *
   * @throws Refusal {@link Reason#CONFLICT} if it is no longer held, or a later entry builds on it
   */
  public Custody recall(UUID id, Author by, boolean manages, String reason) {
    Custody custody = touchable(id, by, manages);
    return takeBack(custody, by, reason, "('SAVED', 'HELD')", "This entry is no longer held here.");
  }

  /**
   * Gives up a submission that the centre refused.
   *
   * @throws Refusal {@link Reason#CONFLICT} if it is not set aside, or a later entry builds on it
   */
  public Custody withdraw(UUID id, Author by, boolean manages, String reason) {
    Custody custody = touchable(id, by, manages);
    return takeBack(custody, by, reason, "('SET_ASIDE')", "This entry is not set aside.");
  }

  /**
   * Sends a submission again that the centre refused; somebody has removed the cause.
   *
   * @throws Refusal {@link Reason#CONFLICT} if it is not set aside
   */
  public Custody tryAgain(UUID id, Author by, boolean manages) {
    Custody custody = touchable(id, by, manages);
    Instant now = Instant.now();
    change(
        custody,
        "update submission set state = 'SAVED', due = ?, retry_at = null, reason = null"
            + " where number = ? and state = 'SET_ASIDE'",
        "This entry is not set aside.",
        now,
        custody.number());
    step(custody.number(), CustodyState.SAVED, now, by.user(), null);
    message(id, Duration.ZERO);
    return custody(id).orElseThrow();
  }

  /**
   * Deletes the content of a submission that was recalled; its way stays known.
   *
   * @throws Refusal {@link Reason#CONFLICT} if it was not recalled
   */
  public void discard(UUID id, Author by, boolean manages) {
    Custody custody = touchable(id, by, manages);
    if (custody.state() != CustodyState.RECALLED) {
      throw new Refusal(Reason.CONFLICT, "Only a recalled entry can be discarded.");
    }
    sql.update("delete from content where submission = ?", custody.number());
  }

  private Custody takeBack(
      Custody custody, Author by, String reason, String states, String otherwise) {
    requireReason(reason);
    requireNothingBuiltOn(custody);
    change(
        custody,
        "update submission set state = 'RECALLED', reason = ? where number = ? and state in "
            + states,
        otherwise,
        reason,
        custody.number());
    sql.update("update item set unfinished = false where submission = ?", custody.number());
    step(custody.number(), CustodyState.RECALLED, Instant.now(), by.user(), reason);
    return custody(custody.id()).orElseThrow();
  }

  private void requireNothingBuiltOn(Custody custody) {
    boolean registers =
        custody.records().stream()
            .anyMatch(i -> i.record().type().equals("Patient") && i.basedOn() == 0);
    int later =
        sql.list(
                    "select 1 from item mine join item later on later.record = mine.record"
                        + " where mine.submission = ? and later.submission > ? and later.unfinished"
                        + " fetch first 1 row only",
                    row -> 1,
                    custody.number(),
                    custody.number())
                .size()
            + (registers && custody.patient() != null
                ? sql.list(
                        "select 1 from submission where patient = ? and number > ? and state in "
                            + UNFINISHED
                            + " fetch first 1 row only",
                        row -> 1,
                        custody.patient().value(),
                        custody.number())
                    .size()
                : 0);
    if (later > 0) {
      throw new Refusal(Reason.CONFLICT, "A later entry builds on this one; take that back first.");
    }
  }

  private static void requireReason(String reason) {
    int length = reason.strip().length();
    if (length < SHORTEST_REASON || length > LONGEST_REASON) {
      throw new Refusal(Reason.UNPROCESSABLE, "Say why, in 3 to 1000 letters.");
    }
  }

  private void change(
      Custody custody, String update, String otherwise, @Nullable Object... values) {
    if (sql.update(update, values) != 1) {
      throw new Refusal(Reason.CONFLICT, otherwise);
    }
  }

  private Custody touchable(UUID id, Author by, boolean manages) {
    return custody(id)
        .filter(c -> manages || c.author().user().equals(by.user()))
        .orElseThrow(Refusal::notPermitted);
  }

  /** Where the submission is, with its whole way. */
  public Optional<Custody> custody(UUID id) {
    return custodies("where id = ?", id).stream().findFirst();
  }

  /** Submissions, the newest first. */
  public List<Custody> list(Listing listing) {
    var values = new ArrayList<@Nullable Object>();
    String condition = condition(listing, values);
    return custodies(
        condition + " order by number desc fetch first " + listing.limit() + " rows only",
        values.toArray());
  }

  /** How many submissions are in one of {@code states}; of one author's, if one is named. */
  public long count(Set<CustodyState> states, @Nullable String author) {
    var values = new ArrayList<@Nullable Object>();
    String condition = condition(new Listing(states, author, null, null, 1), values);
    return sql.first(
            "select count(*) from submission " + condition, row -> row.getLong(1), values.toArray())
        .orElse(0L);
  }

  /** Adds to {@code values} those of the condition's question marks. */
  private static String condition(Listing listing, List<@Nullable Object> values) {
    var condition = new StringBuilder("where true");
    if (!listing.states().isEmpty()) {
      condition.append(" and state in (");
      condition.append(String.join(", ", listing.states().stream().map(s -> "?").toList()));
      condition.append(")");
      values.addAll(listing.states());
    }
    if (listing.author() != null) {
      condition.append(" and author_user = ?");
      values.add(listing.author());
    }
    if (listing.patient() != null) {
      condition.append(" and patient = ?");
      values.add(listing.patient().value());
    }
    if (listing.before() != null) {
      condition.append(" and number < ?");
      values.add(listing.before());
    }
    return condition.toString();
  }

  /** How many submissions are where. */
  public OutboxSummary summary() {
    var counts = new EnumMap<CustodyState, Long>(CustodyState.class);
    for (CustodyState state : CustodyState.values()) {
      counts.put(state, 0L);
    }
    sql.list(
        "select state, count(*) n from submission group by state",
        row -> counts.put(CustodyState.valueOf(row.getString("state")), row.getLong("n")));
    Instant oldest =
        sql.first(
                "select recorded_at from submission where state in "
                    + UNFINISHED
                    + " order by number fetch first 1 row only",
                row -> Sql.instant(row, "recorded_at"))
            .orElse(null);
    long unreported =
        sql.first("select count(*) from receipt where not reported", row -> row.getLong(1))
            .orElse(0L);
    return new OutboxSummary(counts, oldest, unreported);
  }

  /** The submission as it was saved, while its content is here. */
  public Optional<Submission> content(UUID id) {
    return custody(id).flatMap(this::content);
  }

  private Optional<Submission> content(Custody custody) {
    Map<Integer, Pieces> contents =
        contents(List.of(custody.number())).getOrDefault(custody.number(), Map.of());
    return contents.isEmpty() ? Optional.empty() : Optional.of(submission(custody, contents));
  }

  /** The submission of {@code custody}, with its contents by their places. */
  Submission submission(Custody custody, Map<Integer, Pieces> contents) {
    var entries = new ArrayList<Submission.Entry>();
    for (int place = 0; place < custody.records().size(); place++) {
      Custody.Item item = custody.records().get(place);
      entries.add(
          new Submission.Entry(item.record(), item.basedOn(), String.valueOf(contents.get(place))));
    }
    return new Submission(
        custody.id(),
        identity.hospital(),
        custody.patient(),
        custody.author(),
        custody.recordedAt(),
        entries);
  }

  /** The records of {@code patient} that the centre does not keep yet, oldest first. */
  public List<HeldEntry> held(PatientId patient) {
    return entries(
        custodies(
            "where patient = ? and state in " + UNFINISHED + " order by number", patient.value()));
  }

  /** The versions of {@code record} that the centre does not keep yet, oldest first. */
  public List<HeldEntry> held(RecordId record) {
    return entries(
            custodies(
                "where number in (select submission from item where record = ? and unfinished)"
                    + " order by number",
                record.toString()))
        .stream()
        .filter(entry -> entry.record().equals(record))
        .toList();
  }

  private List<HeldEntry> entries(List<Custody> custodies) {
    var contents = contents(custodies.stream().map(Custody::number).toList());
    var entries = new ArrayList<HeldEntry>();
    for (Custody custody : custodies) {
      Map<Integer, Pieces> own = contents.getOrDefault(custody.number(), Map.of());
      for (int place = 0; place < custody.records().size(); place++) {
        Custody.Item item = custody.records().get(place);
        if (own.containsKey(place)) {
          entries.add(
              new HeldEntry(
                  custody.id(),
                  item.record(),
                  item.basedOn() + 1,
                  custody.author(),
                  custody.recordedAt(),
                  custody.state(),
                  String.valueOf(own.get(place))));
        }
      }
    }
    return entries;
  }

  /** The policies made here, each with its patient, or an empty text for all patients. */
  Map<RecordId, String> policies() {
    var policies = new HashMap<RecordId, String>();
    sql.list(
        "select i.record, s.patient from item i join submission s on s.number = i.submission"
            + " where i.record like 'Consent/%' and i.based_on = 0 and s.state <> 'RECALLED'"
            + " order by s.number desc fetch first 500 rows only",
        row -> {
          String patient = row.getString(2);
          return policies.put(RecordId.parse(row.getString(1)), patient == null ? "" : patient);
        });
    return policies;
  }

  /** The receipts of every version of {@code record} that this hospital sent, oldest first. */
  List<String> receipts(RecordId record) {
    return sql.list(
        "select r.signed from item i join receipt r on r.submission = i.submission"
            + " where i.record = ? order by i.submission",
        row -> row.getString(1),
        record.toString());
  }

  Map<Long, Map<Integer, Pieces>> contents(List<Long> numbers) {
    Map<Long, Map<Integer, Pieces>> contents = new HashMap<>();
    sql.list(
        "select submission, place, octets from content where submission in "
            + among(numbers)
            + " order by submission, place, piece",
        row -> {
          contents
              .computeIfAbsent(row.getLong(1), n -> new HashMap<>())
              .computeIfAbsent(row.getInt(2), p -> new Pieces())
              .add(row.getBytes(3));
          return row.getLong(1);
        });
    return contents;
  }

  List<Custody> custodies(String condition, @Nullable Object... values) {
    var items = new HashMap<Long, List<Custody.Item>>();
    var steps = new HashMap<Long, List<Custody.Step>>();
    List<Custody> bare =
        sql.list(
            "select s.*, r.signed from (select * from submission "
                + condition
                + ") s"
                + " left join receipt r on r.submission = s.number"
                + (condition.contains("desc") ? " order by s.number desc" : " order by s.number"),
            row -> {
              long number = row.getLong("number");
              String patient = row.getString("patient");
              return new Custody(
                  row.getObject("id", UUID.class),
                  number,
                  patient == null ? null : new PatientId(patient),
                  new Author(
                      row.getString("author_user"),
                      row.getString("author_name"),
                      Role.valueOf(row.getString("author_role"))),
                  Sql.instant(row, "recorded_at"),
                  CustodyState.valueOf(row.getString("state")),
                  Sql.instantOrNull(row, "due"),
                  row.getString("reason"),
                  row.getInt("attempts"),
                  List.of(),
                  List.of(),
                  row.getString("signed"));
            },
            values);
    List<Long> numbers = bare.stream().map(Custody::number).toList();
    sql.list(
        "select * from item where submission in " + among(numbers) + " order by submission, place",
        row ->
            items
                .computeIfAbsent(row.getLong("submission"), n -> new ArrayList<>())
                .add(
                    new Custody.Item(
                        RecordId.parse(row.getString("record")),
                        row.getInt("based_on"),
                        row.getString("sha256"),
                        row.getLong("octets"))));
    sql.list(
        "select * from step where submission in " + among(numbers) + " order by number",
        row ->
            steps
                .computeIfAbsent(row.getLong("submission"), n -> new ArrayList<>())
                .add(
                    new Custody.Step(
                        CustodyState.valueOf(row.getString("state")),
                        Sql.instant(row, "taken_at"),
                        row.getString("taken_by"),
                        row.getString("reason"))));
    return bare.stream()
        .map(
            c ->
                new Custody(
                    c.id(),
                    c.number(),
                    c.patient(),
                    c.author(),
                    c.recordedAt(),
                    c.state(),
                    c.due(),
                    c.reason(),
                    c.attempts(),
                    items.getOrDefault(c.number(), List.of()),
                    steps.getOrDefault(c.number(), List.of()),
                    c.receipt()))
        .toList();
  }

  /** Numbers of our own making as an SQL list. */
  static String among(List<Long> numbers) {
    return numbers.isEmpty()
        ? "(-1)"
        : "(" + String.join(", ", numbers.stream().map(String::valueOf).toList()) + ")";
  }

  void step(
      long number, CustodyState state, Instant at, @Nullable String by, @Nullable String reason) {
    sql.update(
        "insert into step (submission, state, taken_at, taken_by, reason) values (?, ?, ?, ?, ?)",
        number,
        state,
        at,
        by,
        reason);
  }

  private long number(UUID id) {
    return sql.first("select number from submission where id = ?", row -> row.getLong(1), id)
        .orElseThrow();
  }

  private void message(UUID id, Duration delay) {
    messages
        .createProducer()
        .setDeliveryDelay(delay.truncatedTo(ChronoUnit.MILLIS).toMillis())
        .send(forwarding, id.toString());
  }
}
