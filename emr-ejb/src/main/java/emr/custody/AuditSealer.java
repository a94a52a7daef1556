package emr.custody;

import static java.nio.charset.StandardCharsets.US_ASCII;

import emr.exchange.audit.TrailSeal;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Seals the audit trail every two seconds, and tells at {@code /metrics} what is not sealed yet:
 * {@code emr_audit_unsealed} and {@code emr_audit_unsealed_oldest_seconds}. If it was away, it goes
 * on where the newest seal ended.
 *
 * <p>The newest seal also lies in a file of this server, {@code audit-seal}: whoever rules the
 * database alone cannot cut off the end of the trail together with its seals.
 */
@Singleton
@Startup
@DependsOn("Migration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container injects
public class AuditSealer {

  private static final Logger LOG = Logger.getLogger(AuditSealer.class.getName());

  /** Who takes longer to write an entry and commit is waited for the next time. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration FRESH = Duration.ofSeconds(5);

  @Inject AuditSeals seals;
  @Inject CentreKeys keys;
  @Inject MetricRegistry metrics;

  @Inject
  @ConfigProperty(name = "com.sun.aas.instanceRoot")
  String instance;

  private final AtomicBoolean working = new AtomicBoolean();
  private AuditSeals.@Nullable Waiting last;
  private Instant counted = Instant.EPOCH;

  @PostConstruct
  void register() {
    metrics.gauge("emr_audit_unsealed", () -> counted().entries());
    metrics.gauge("emr_audit_unsealed_oldest_seconds", () -> age(counted().oldest()));
  }

  private static long age(@Nullable Instant since) {
    return since == null ? 0 : Duration.between(since, Instant.now()).toSeconds();
  }

  /** One count for all gauges of a scrape. */
  private synchronized AuditSeals.Waiting counted() {
    AuditSeals.Waiting known = last;
    Instant now = Instant.now();
    if (known == null || counted.plus(FRESH).isBefore(now)) {
      known = seals.waiting();
      last = known;
      counted = now;
    }
    return known;
  }

  /** What fails is tried again the next time; nothing is lost by it. */
  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  void seal() {
    if (!working.compareAndSet(false, true)) {
      return;
    }
    try {
      sealAll();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the audit trail could not be sealed", e);
    } finally {
      working.set(false);
    }
  }

  private void sealAll() {
    Long upTo = seals.waiting().last();
    if (upTo == null || !settled()) {
      return;
    }
    boolean fits = fits();
    Optional<TrailSeal.Kept> made = seals.sealUpTo(upTo);
    while (made.isPresent()) {
      if (fits) {
        file(made.get().seal());
      }
      made = made.get().last() < upTo ? seals.sealUpTo(upTo) : Optional.empty();
    }
  }

  /** Waits until all who are writing to the trail now have done so; false if they take long. */
  private boolean settled() {
    List<String> writing = seals.writers();
    Instant until = Instant.now().plus(PATIENCE);
    while (!writing.isEmpty() && Instant.now().isBefore(until)) {
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      writing = new ArrayList<>(writing);
      writing.retainAll(seals.writers());
    }
    return writing.isEmpty();
  }

  /**
   * Whether the seal on file is among those in the database. If not it stays on file, as evidence:
   * {@code ./emr verify} tells.
   */
  private boolean fits() {
    Path file = file();
    if (!Files.exists(file)) {
      return true;
    }
    try {
      String filed = Files.readString(file, US_ASCII).strip();
      long number =
          Signed.parse(filed)
              .verify(PaperType.AUDIT_SEAL, keys.signCertificate(), TrailSeal.class)
              .number();
      if (seals.seal(number).filter(filed::equals).isPresent()) {
        return true;
      }
      LOG.severe("the database lacks seal " + number + " of the audit trail, which is on file");
    } catch (BrokenSeal broken) {
      LOG.severe("the seal of the audit trail that is on file is not the centre's");
    } catch (IOException e) {
      throw new UncheckedIOException("the seal on file cannot be read", e);
    }
    return false;
  }

  private void file(String seal) {
    try {
      Path fresh = Files.writeString(Path.of(instance, "audit-seal.new"), seal, US_ASCII);
      Files.move(
          fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the seal cannot be put on file", e);
    }
  }

  private Path file() {
    return Path.of(instance, "audit-seal");
  }
}
