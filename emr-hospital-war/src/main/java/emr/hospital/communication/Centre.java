package emr.hospital.communication;

import static java.nio.charset.StandardCharsets.US_ASCII;

import emr.exchange.record.BatchResult;
import emr.exchange.record.DeletionReport;
import emr.exchange.record.EmergencyRequest;
import emr.exchange.record.HospitalNames;
import emr.exchange.record.Reconciliation;
import emr.exchange.record.Retrieval;
import emr.exchange.record.RetrievalAnswer;
import emr.exchange.record.ShownAgain;
import emr.exchange.record.SimulationRequest;
import emr.exchange.record.SubmissionBatch;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.Envelope;
import emr.exchange.seal.PaperType;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The centre as the hospital sees it: sealed requests over mutual TLS 1.3, to the first of several
 * endpoints that answers (claims 2, 4, 18, 19). What is asked is made anew for each attempt, for a
 * statement is good only once.
 *
 * <p>Every method throws {@link CentreAway} when no endpoint gives an answer that the centre has
 * signed, and {@link NotTaken} when the centre refuses the request as a whole.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Centre {

  /** The centre answers again after it was away. */
  public record IsBack(Instant since) {}

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** A centre that let somebody wait in vain is left alone for as long. */
  private static final Duration REST = Duration.ofSeconds(5);

  /** How long one waits then who finds out whether it answers again. */
  private static final int SECONDS_TO_SEE = 2;

  private static final String JOSE = "application/jose";

  @Inject HospitalIdentity identity;
  @Inject Endpoints endpoints;
  @Inject MetricRegistry metrics;
  @Inject Event<IsBack> back;

  /** How long a user waits for records. */
  @Inject
  @ConfigProperty(name = "emr.centre.retrieval.seconds", defaultValue = "10")
  int retrievalSeconds;

  /** How long the forwarder waits for a batch to be stored. */
  @Inject
  @ConfigProperty(name = "emr.centre.storing.seconds", defaultValue = "120")
  int storingSeconds;

  /** Bytes an answer may have once unzipped. */
  @Inject
  @ConfigProperty(name = "emr.centre.answer.limit", defaultValue = "209715200")
  long answerLimit;

  private final AtomicReference<@Nullable Instant> awaySince = new AtomicReference<>();
  private final AtomicReference<@Nullable Instant> nextTry = new AtomicReference<>();
  private HttpClient client;

  @PostConstruct
  void open() {
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    client =
        HttpClient.newBuilder()
            .sslContext(identity.tls())
            .sslParameters(parameters)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Hands submissions over; each is answered on its own. */
  public BatchResult store(Supplier<SubmissionBatch> batch) {
    return ask("submissions", batch, storingSeconds, BatchResult.class);
  }

  /**
   * Asks for records on behalf of one user (claims 2, 8).
   *
   * @param retrieval at most {@link Retrieval#MAX} queries, under a fresh statement each time
   * @return one answer for each query, in its order
   */
  public List<RetrievalAnswer.Answer> retrieve(Supplier<Retrieval> retrieval) {
    return askSoon("retrievals", retrieval, RetrievalAnswer.class).answers();
  }

  /** Tries what somebody could see; a refusal is in the answer. */
  public SimulationRequest.Answer simulate(Supplier<SimulationRequest> request) {
    return askSoon("simulations", request, SimulationRequest.Answer.class);
  }

  /** Opens, ends, judges, lists or counts emergencies; a refusal is in the answer. */
  public EmergencyRequest.Answer emergencies(Supplier<EmergencyRequest> request) {
    return askSoon("emergencies", request, EmergencyRequest.Answer.class);
  }

  /** Reports that the order to delete was carried out (claim 7). */
  public void reportDeletions(List<DeletionReport.Deletion> deletions) {
    var report = new DeletionReport(identity.hospital(), deletions);
    ask(
        "deletions",
        () -> new DeletionReport.Signed(identity.sign(PaperType.DELETION, report)),
        retrievalSeconds,
        null);
  }

  /** Reports what was shown here while the centre was away. */
  public void reportReadings(List<ShownAgain.Reading> readings) {
    var report = new ShownAgain(identity.hospital(), readings);
    ask(
        "readings",
        () -> new ShownAgain.Signed(identity.sign(PaperType.READINGS, report)),
        retrievalSeconds,
        null);
  }

  /** What the centre counted for this hospital on {@code day} (UTC). */
  public Reconciliation.Counts reconcile(LocalDate day) {
    return ask(
        "reconciliations",
        () -> new Reconciliation(day),
        retrievalSeconds,
        Reconciliation.Counts.class);
  }

  /** The hospitals of the exchange. */
  List<HospitalNames.Named> hospitals() {
    return ask("hospitals", Map::of, retrievalSeconds, HospitalNames.class).hospitals();
  }

  /** Since when no request has been answered; empty while the centre answers. */
  public Optional<Instant> awaySince() {
    return Optional.ofNullable(awaySince.get());
  }

  /** Where the centre is, in the order in which it is tried. */
  public List<URI> endpoints() {
    return endpoints.all();
  }

  /**
   * Changes where the centre is.
   *
   * @param all https addresses up to and including {@code /exchange}, at least one
   * @throws IllegalArgumentException for anything else
   */
  public void useEndpoints(List<URI> all) {
    endpoints.use(all);
  }

  /**
   * For somebody who waits: nobody waits again for a centre that has just let others wait. One
   * finds out from time to time whether it answers.
   */
  private <T> T askSoon(String path, Supplier<?> content, Class<T> as) {
    Instant next = nextTry.get();
    if (next == null) {
      return ask(path, content, retrievalSeconds, as);
    }
    Instant now = Instant.now();
    if (now.isBefore(next) || !nextTry.compareAndSet(next, now.plus(REST))) {
      throw new CentreAway("no endpoint answered a moment ago");
    }
    return ask(path, content, Math.min(SECONDS_TO_SEE, retrievalSeconds), as);
  }

  private <T> T ask(String path, Supplier<?> content, int seconds, @Nullable Class<T> as) {
    long started = System.nanoTime();
    try {
      T answer = askInTurn(path, content, seconds, as);
      answered();
      return answer;
    } catch (NotTaken notTaken) {
      answered();
      throw notTaken;
    } catch (CentreAway away) {
      awaySince.compareAndSet(null, Instant.now());
      throw away;
    } finally {
      metrics.timer("emr_centre_latency").update(Duration.ofNanos(System.nanoTime() - started));
    }
  }

  private void answered() {
    nextTry.set(null);
    Instant since = awaySince.getAndSet(null);
    if (since != null) {
      back.fireAsync(new IsBack(since));
    }
  }

  private <T> T askInTurn(String path, Supplier<?> content, int seconds, @Nullable Class<T> as) {
    CentreAway last = new CentreAway("no endpoint of the centre is known");
    for (URI endpoint : endpoints.inTurn()) {
      try {
        T answer = askAgainIfCut(endpoint, path, content, seconds, as);
        endpoints.answered(endpoint);
        return answer;
      } catch (IOException e) {
        if (e instanceof HttpTimeoutException) {
          nextTry.set(Instant.now().plus(REST));
        }
        last = new CentreAway("no answer from " + endpoint.getAuthority(), e);
      } catch (CentreAway away) {
        last = away;
      }
    }
    throw last;
  }

  /** A connection kept open breaks when the centre restarts; the next attempt opens a new one. */
  private <T> T askAgainIfCut(
      URI endpoint, String path, Supplier<?> content, int seconds, @Nullable Class<T> as)
      throws IOException {
    try {
      return askOnce(endpoint, path, content, seconds, as);
    } catch (ConnectException | HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return askOnce(endpoint, path, content, seconds, as);
    }
  }

  @SuppressWarnings("NullAway") // without an expected answer there is none
  private <T> T askOnce(
      URI endpoint, String path, Supplier<?> content, int seconds, @Nullable Class<T> as)
      throws IOException {
    Envelope.Sent sent = Envelope.seal(content.get(), identity.centreSeal());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + "/" + path))
            .timeout(Duration.ofSeconds(seconds))
            .header("Content-Type", JOSE)
            .header("Accept", JOSE)
            .POST(BodyPublishers.ofString(sent.compact(), US_ASCII))
            .build();
    HttpResponse<String> response = exchange(request);
    int status = response.statusCode();
    if (status == 400 || status == 413 || status == 422) {
      throw new NotTaken(status);
    }
    if (status / 100 != 2) {
      throw new CentreAway(endpoint.getAuthority() + " answered " + status);
    }
    if (as == null) {
      return null;
    }
    try {
      return Envelope.openAnswer(
          response.body(), sent.answerKey(), identity.centreSign(), as, answerLimit);
    } catch (BrokenSeal e) {
      throw new CentreAway(endpoint.getAuthority() + " gave an answer that is not sealed right", e);
    }
  }

  private HttpResponse<String> exchange(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString(US_ASCII));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CentreAway("interrupted", e);
    }
  }
}
