package emr.hospital.api;

import emr.hospital.communication.Centre;
import emr.hospital.temporarystore.CustodyState;
import emr.hospital.temporarystore.OutboxSummary;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What administrators watch, at {@code /metrics}: {@code emr_outbox{state}}, {@code
 * emr_outbox_oldest_seconds}, {@code emr_centre_away_seconds}; counters and the centre's latency
 * are counted where they happen.
 */
@Singleton
@Startup
@DependsOn("HospitalDatabase")
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class OutboxMetrics {

  private static final Duration FRESH = Duration.ofSeconds(5);

  @Inject MetricRegistry metrics;
  @Inject TemporaryStore store;
  @Inject Centre centre;

  private @Nullable OutboxSummary last;
  private Instant counted = Instant.EPOCH;

  @PostConstruct
  void register() {
    for (CustodyState state : CustodyState.values()) {
      gauge(
          "emr_outbox",
          summary -> summary.counts().getOrDefault(state, 0L),
          new Tag("state", state.name().toLowerCase(Locale.ROOT)));
    }
    gauge("emr_outbox_unreported", OutboxSummary::unreported);
    gauge("emr_outbox_oldest_seconds", summary -> age(summary.oldest()));
    metrics.gauge("emr_centre_away_seconds", () -> age(centre.awaySince().orElse(null)));
  }

  private void gauge(String name, ToDoubleFunction<OutboxSummary> value, Tag... tags) {
    metrics.gauge(name, () -> value.applyAsDouble(summary()), tags);
  }

  /** One count for all gauges of a scrape. */
  private synchronized OutboxSummary summary() {
    OutboxSummary known = last;
    Instant now = Instant.now();
    if (known == null || counted.plus(FRESH).isBefore(now)) {
      known = store.summary();
      last = known;
      counted = now;
    }
    return known;
  }

  private static double age(@Nullable Instant since) {
    return since == null ? 0 : Duration.between(since, Instant.now()).toSeconds();
  }
}
