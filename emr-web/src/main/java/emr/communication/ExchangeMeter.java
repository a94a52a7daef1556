package emr.communication;

import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** What an administrator watches of the exchange with hospitals; MicroProfile Metrics. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class ExchangeMeter {

  private static final String REFUSED = "emr_submissions_refused";

  @Inject MetricRegistry registry;

  /** A submission was stored, or had been before. */
  void stored(long nanos) {
    registry.counter(metadata("emr_submissions_stored", "submissions stored")).inc();
    registry
        .timer(metadata("emr_submission_store", "from the open seal to the receipt"))
        .update(Duration.ofNanos(nanos));
  }

  void refused(Reason reason) {
    registry
        .counter(
            metadata(REFUSED, "submissions refused, by reason"),
            new Tag("reason", reason.name().toLowerCase(Locale.ROOT)))
        .inc();
  }

  /** A fault of the centre's own; the hospital sends it again. */
  void failed() {
    registry
        .counter(metadata("emr_submissions_failed", "submissions the centre could not store"))
        .inc();
  }

  void retrieved(int queries, long nanos) {
    registry
        .counter(metadata("emr_queries_answered", "queries answered to hospitals"))
        .inc(queries);
    registry
        .timer(metadata("emr_retrieval", "from the open seal to the answer"))
        .update(Duration.ofNanos(nanos));
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder()
        .withName(name)
        .withDescription(description)
        .withUnit(MetricUnits.NONE)
        .build();
  }
}
