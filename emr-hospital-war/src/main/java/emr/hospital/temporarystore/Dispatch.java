package emr.hospital.temporarystore;

import emr.exchange.record.DeletionReport;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The temporary store as the forwarder sees it: what is due, and what became of it. */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Dispatch {

  private static final int LONGEST_REASON = 2000;

  @Inject Sql sql;
  @Inject TemporaryStore store;

  /**
   * A submission whose time has come.
   *
   * @param number in the order of saving
   * @param octets of its contents
   * @param after numbers of unfinished submissions that must be stored before it: earlier ones that
   *     touch one of its records, or that register its patient
   */
  public record Due(long number, long octets, Set<Long> after) {

    public Due {
      after = Set.copyOf(after);
    }
  }

  /** A submission taken to be sent. */
  public record Taken(long number, int attempts, Submission submission) {}

  /** What became of a submission that was sent. */
  public sealed interface Outcome {

    long number();

    /**
     * The centre keeps it.
     *
     * @param signed the receipt, verified by the caller
     */
    record Stored(long number, StoredReceipt receipt, String signed) implements Outcome {}

    /** The centre will not have it; a person must look. */
    record Refused(long number, String reason) implements Outcome {}

    /**
     * It is to be sent again.
     *
     * @param reason null if it has only to wait for another
     */
    record Later(long number, @Nullable String reason, @Nullable Instant retryAt)
        implements Outcome {}
  }

  /**
   * Submissions that are due at {@code now}, in the order of saving.
   *
   * @param beyond only those saved after the submission of this number
   */
  public List<Due> due(Instant now, long beyond, int limit) {
    Map<Long, Long> octets = new HashMap<>();
    List<Long> numbers =
        sql.list(
            "select number, octets from submission where state in ('SAVED', 'HELD', 'SENT')"
                + " and due <= ? and (retry_at is null or retry_at <= ?) and number > ?"
                + " order by number fetch first "
                + limit
                + " rows only",
            row -> {
              octets.put(row.getLong("number"), row.getLong("octets"));
              return row.getLong("number");
            },
            now,
            now,
            beyond);
    var after = new HashMap<Long, Set<Long>>();
    String among = TemporaryStore.among(numbers);
    sql.list(
        "select mine.submission, earlier.submission from item mine join item earlier"
            + " on earlier.record = mine.record and earlier.unfinished"
            + " and earlier.submission < mine.submission where mine.submission in "
            + among
            + " union select s.number, earlier.submission from submission s join item earlier"
            + " on earlier.record = 'Patient/' || s.patient and earlier.unfinished"
            + " and earlier.based_on = 0 and earlier.submission < s.number where s.number in "
            + among,
        row -> after.computeIfAbsent(row.getLong(1), n -> new HashSet<>()).add(row.getLong(2)));
    return numbers.stream()
        .map(n -> new Due(n, octets.getOrDefault(n, 0L), after.getOrDefault(n, Set.of())))
        .toList();
  }

  /** Marks submissions as sent and gives their contents; those recalled meanwhile are left out. */
  public List<Taken> take(Collection<Long> numbers, Instant now) {
    var taken = new ArrayList<Long>();
    for (long number : numbers) {
      int changed =
          sql.update(
              "update submission set state = 'SENT', attempts = attempts + 1"
                  + " where number = ? and state in ('SAVED', 'HELD', 'SENT')",
              number);
      if (changed == 1) {
        taken.add(number);
      }
    }
    // of many attempts the last one counts; a centre that is away for weeks must not fill the disk
    sql.update(
        "delete from step where state = 'SENT' and submission in " + TemporaryStore.among(taken));
    var steps = new ArrayList<@Nullable Object[]>();
    taken.forEach(number -> steps.add(new Object[] {number, CustodyState.SENT, now}));
    sql.batch("insert into step (submission, state, taken_at) values (?, ?, ?)", steps);
    List<Custody> custodies =
        store.custodies("where number in " + TemporaryStore.among(taken) + " order by number");
    Map<Long, Map<Integer, Pieces>> contents = store.contents(taken);
    return custodies.stream()
        .map(
            custody ->
                new Taken(
                    custody.number(),
                    custody.attempts(),
                    store.submission(custody, contents.getOrDefault(custody.number(), Map.of()))))
        .toList();
  }

  /**
   * Notes what became of submissions, in one transaction. Of a stored one the content is deleted
   * here and now: the receipt is the order to do so (claims 6, 7).
   */
  public void finish(List<Outcome> outcomes, Instant now) {
    var stored = new ArrayList<Outcome.Stored>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Stored s) {
        stored.add(s);
      } else if (outcome instanceof Outcome.Refused refused) {
        setAside(refused, now);
      } else if (outcome instanceof Outcome.Later later) {
        sendLater(later);
      }
    }
    delete(stored, now);
  }

  private void setAside(Outcome.Refused refused, Instant now) {
    String reason = cut(refused.reason());
    sql.update(
        "update submission set state = 'SET_ASIDE', reason = ? where number = ? and state = 'SENT'",
        reason,
        refused.number());
    store.step(refused.number(), CustodyState.SET_ASIDE, now, null, reason);
  }

  /** Back to where it was, so that it can be seen that it waits; the attempt stays in its way. */
  private void sendLater(Outcome.Later later) {
    sql.update(
        "update submission set state = 'SAVED', retry_at = ?, reason = coalesce(?, reason)"
            + " where number = ? and state = 'SENT'",
        later.retryAt(),
        later.reason() == null ? null : cut(later.reason()),
        later.number());
  }

  private void delete(List<Outcome.Stored> stored, Instant now) {
    var receipts = new ArrayList<@Nullable Object[]>();
    var steps = new ArrayList<@Nullable Object[]>();
    var numbers = new ArrayList<@Nullable Object[]>();
    for (Outcome.Stored one : stored) {
      receipts.add(new Object[] {one.number(), one.signed(), one.receipt().storedAt(), now});
      steps.add(new Object[] {one.number(), CustodyState.STORED, one.receipt().storedAt()});
      steps.add(new Object[] {one.number(), CustodyState.DELETED, now});
      numbers.add(new Object[] {one.number()});
    }
    sql.batch(
        "insert into receipt (submission, signed, stored_at, deleted_at, reported)"
            + " values (?, ?, ?, ?, false)",
        receipts);
    sql.batch("insert into step (submission, state, taken_at) values (?, ?, ?)", steps);
    sql.batch("delete from content where submission = ?", numbers);
    sql.batch("update item set unfinished = false where submission = ?", numbers);
    sql.batch(
        "update submission set state = 'DELETED', reason = null, retry_at = null where number = ?",
        numbers);
  }

  /** Deletions that the centre has not been told of, oldest first. */
  public List<DeletionReport.Deletion> unreported(int limit) {
    return sql.list(
        "select s.id, r.deleted_at from receipt r join submission s on s.number = r.submission"
            + " where not r.reported order by r.submission fetch first "
            + limit
            + " rows only",
        row ->
            new DeletionReport.Deletion(
                row.getObject("id", UUID.class), Sql.instant(row, "deleted_at")));
  }

  /** Notes that the centre knows of {@code deletions}. */
  public void reported(List<DeletionReport.Deletion> deletions) {
    var rows = new ArrayList<@Nullable Object[]>();
    deletions.forEach(deletion -> rows.add(new Object[] {deletion.submission()}));
    sql.batch(
        "update receipt set reported = true"
            + " where submission = (select number from submission where id = ?)",
        rows);
  }

  /** Whether the submission is still to be sent. */
  public boolean waits(UUID id) {
    return sql.first(
            "select 1 from submission where id = ? and state in ('SAVED', 'HELD', 'SENT')",
            row -> true,
            id)
        .orElse(false);
  }

  private static String cut(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }
}
