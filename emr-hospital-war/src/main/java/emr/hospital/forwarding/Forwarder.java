package emr.hospital.forwarding;

import emr.exchange.access.Purpose;
import emr.exchange.record.BatchResult;
import emr.exchange.record.DeletionReport;
import emr.exchange.record.Manifest;
import emr.exchange.record.Submission;
import emr.exchange.record.SubmissionBatch;
import emr.exchange.seal.PaperType;
import emr.hospital.access.Statements;
import emr.hospital.communication.Centre;
import emr.hospital.communication.CentreAway;
import emr.hospital.communication.HospitalIdentity;
import emr.hospital.communication.NotTaken;
import emr.hospital.temporarystore.Dispatch;
import emr.hospital.temporarystore.Dispatch.Due;
import emr.hospital.temporarystore.Dispatch.Outcome;
import emr.hospital.temporarystore.Dispatch.Taken;
import emr.hospital.temporarystore.HospitalSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.jms.JMSConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due until nothing is (claim 5), one batch after the other and never two at once. A
 * batch is taken in one transaction, sent in none, and finished in another: whatever breaks in
 * between, what was taken is taken again, and the centre stores it once.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Forwarder {

  /** Contents in one batch; sealed it is far less. */
  static final long OCTETS = 8L * 1024 * 1024;

  private static final Logger LOG = Logger.getLogger(Forwarder.class.getName());
  private static final int WINDOW = 500;
  private static final int REPORTED_AT_ONCE = 1000;

  @Inject Dispatch dispatch;
  @Inject Centre centre;
  @Inject Statements statements;
  @Inject HospitalIdentity identity;
  @Inject HospitalSettings settings;
  @Inject MetricRegistry metrics;

  @Inject
  @JMSConnectionFactory("jms/emrConnectionFactory")
  JMSContext messages;

  @Resource(lookup = "jms/forwarding")
  Queue forwarding;

  private final ReentrantLock one = new ReentrantLock();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicReference<@Nullable Instant> notBefore = new AtomicReference<>();
  private int failures;

  /** Sends everything that can be sent now; while another thread is at it, that one goes on. */
  void drain() {
    wanted.set(true);
    while (wanted.get() && !resting() && one.tryLock()) {
      try {
        wanted.set(false);
        sendAll();
      } finally {
        one.unlock();
      }
    }
  }

  private void sendAll() {
    try {
      boolean more = true;
      while (more && !settings.paused()) {
        more = sendBatch(SubmissionBatch.MAX);
        answered();
      }
      report();
    } catch (CentreAway away) {
      backOff(away);
    }
  }

  /** The centre answered somebody: what waits for it need not wait longer. */
  void centreIsBack(@ObservesAsync Centre.IsBack back) {
    notBefore.set(null);
    drain();
  }

  private boolean resting() {
    Instant until = notBefore.get();
    return settings.paused() || (until != null && Instant.now().isBefore(until));
  }

  private void answered() {
    failures = 0;
    notBefore.set(null);
  }

  private void backOff(CentreAway away) {
    failures++;
    Duration wait = BackOff.after(failures, ThreadLocalRandom.current().nextDouble());
    notBefore.set(Instant.now().plus(wait));
    LOG.log(
        Level.INFO,
        "the centre is away ({0}); next attempt in {1} ms",
        new Object[] {away.getMessage(), wait.toMillis()});
    messages.createProducer().setDeliveryDelay(wait.toMillis() + 1).send(forwarding, Wake.UP);
  }

  /**
   * @return whether anything was sent, so that it is worth looking again
   */
  private boolean sendBatch(int most) {
    List<Due> chosen = choose(most);
    if (chosen.isEmpty()) {
      return false;
    }
    List<Taken> taken = dispatch.take(chosen.stream().map(Due::number).toList(), Instant.now());
    if (taken.isEmpty()) {
      return true;
    }
    try {
      send(taken, chosen);
    } catch (CentreAway away) {
      dispatch.finish(
          taken.stream().<Outcome>map(t -> new Outcome.Later(t.number(), null, null)).toList(),
          Instant.now());
      throw away;
    } catch (NotTaken notTaken) {
      sendSingly(taken, new Outcome.Refused(taken.get(0).number(), reason(notTaken)));
    } catch (IllegalStateException | IllegalArgumentException fault) {
      LOG.log(Level.SEVERE, "a batch of " + taken.size() + " could not be made", fault);
      sendSingly(
          taken,
          new Outcome.Later(
              taken.get(0).number(),
              "A fault here keeps it from being sent.",
              retryAt(taken.get(0).attempts())));
    }
    return true;
  }

  private void send(List<Taken> taken, List<Due> chosen) {
    BatchResult answer =
        centre.store(() -> new SubmissionBatch(taken.stream().map(this::sign).toList()));
    var after = new HashMap<Long, Set<Long>>();
    chosen.forEach(due -> after.put(due.number(), due.after()));
    List<Outcome> outcomes =
        Results.of(taken, answer, after, identity.centreSign(), Forwarder::retryAt);
    dispatch.finish(outcomes, Instant.now());
    count(outcomes);
  }

  private static Instant retryAt(int attempts) {
    return Instant.now().plus(BackOff.after(attempts, ThreadLocalRandom.current().nextDouble()));
  }

  private static String reason(NotTaken notTaken) {
    return notTaken.status() == 413
        ? "The entry is larger than the centre takes."
        : "The centre could not read the entry (" + notTaken.status() + ").";
  }

  /** The batch failed as a whole, and one of it may be to blame: the others must not suffer. */
  private void sendSingly(List<Taken> taken, Outcome ifAlone) {
    if (taken.size() == 1) {
      dispatch.finish(List.of(ifAlone), Instant.now());
      count(List.of(ifAlone));
      return;
    }
    dispatch.finish(
        taken.stream().<Outcome>map(t -> new Outcome.Later(t.number(), null, null)).toList(),
        Instant.now());
    for (int i = 0; i < taken.size(); i++) {
      sendBatch(1);
    }
  }

  private List<Due> choose(int most) {
    Instant now = Instant.now();
    var seen = new ArrayList<Due>();
    long beyond = 0;
    while (true) {
      List<Due> window = dispatch.due(now, beyond, WINDOW);
      seen.addAll(window);
      List<Due> chosen = Batches.choose(seen, most, OCTETS);
      if (!chosen.isEmpty() || window.size() < WINDOW) {
        return chosen;
      }
      beyond = window.get(window.size() - 1).number();
      seen.clear(); // none of them can go before what blocks them has gone
    }
  }

  private SubmissionBatch.Signed sign(Taken taken) {
    Submission submission = taken.submission();
    return new SubmissionBatch.Signed(
        identity.sign(PaperType.MANIFEST, Manifest.of(submission)),
        statements.toStore(submission.author(), Purpose.TREATMENT, submission.patient()),
        submission.entries().stream().map(Submission.Entry::content).toList());
  }

  private void report() {
    List<DeletionReport.Deletion> deletions = dispatch.unreported(REPORTED_AT_ONCE);
    while (!deletions.isEmpty()) {
      centre.reportDeletions(deletions);
      dispatch.reported(deletions);
      deletions = dispatch.unreported(REPORTED_AT_ONCE);
    }
  }

  private void count(List<Outcome> outcomes) {
    var refused = new HashSet<Long>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Stored) {
        metrics.counter("emr_submissions_stored_total").inc();
      } else if (outcome instanceof Outcome.Refused) {
        refused.add(outcome.number());
        metrics.counter("emr_submissions_set_aside_total").inc();
      }
    }
    if (!refused.isEmpty()) {
      LOG.log(Level.WARNING, "{0} submissions were set aside: a person must look", refused.size());
    }
  }
}
