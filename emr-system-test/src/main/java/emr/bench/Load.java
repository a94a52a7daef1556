package emr.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.system.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Clients in a closed loop: each sends its next request when it has read the last answer. */
final class Load {

  private final Installation installation;
  private final Supplier<String> token;
  private final Known known;
  private final int clients;

  Load(Installation installation, Supplier<String> token, Known known, int clients) {
    this.installation = installation;
    this.token = token;
    this.known = known;
    this.clients = clients;
  }

  int clients() {
    return clients;
  }

  /** What happened while it counted. */
  private static final class Tally {

    private final Samples samples = new Samples();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private volatile String firstError = "";

    void add(Work.Result result, long nanos) {
      if (!result.good()) {
        failed("status " + result.status());
        return;
      }
      samples.add(nanos);
      bytes.addAndGet(result.bytes());
      if (result.entries() >= 0) {
        entries.addAndGet(result.entries());
        looks.incrementAndGet();
      }
    }

    void failed(String why) {
      if (errors.getAndIncrement() == 0) {
        firstError = why;
      }
    }
  }

  /**
   * Runs an operation again and again.
   *
   * @return in the form of a phase of the result
   */
  ObjectNode run(Work.Operation operation, Duration warmUp, Duration counted)
      throws InterruptedException {
    var tally = new Tally();
    var counting = new AtomicBoolean();
    var ended = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int client = i;
      threads.add(
          new Thread(
              () -> {
                try (var connection = new Connection(installation.fhir(), token)) {
                  var work = new Work(connection, known, client, clients);
                  while (!ended.get()) {
                    boolean counts = counting.get();
                    long start = System.nanoTime();
                    Work.Result result = operation.run(work);
                    if (counts && !ended.get()) {
                      tally.add(result, System.nanoTime() - start);
                    }
                  }
                } catch (IOException e) {
                  tally.failed(e.toString());
                }
              }));
    }
    threads.forEach(Thread::start);
    Thread.sleep(warmUp.toMillis());
    Figures before = Figures.now(installation);
    long start = System.nanoTime();
    counting.set(true);
    Thread.sleep(counted.toMillis());
    ended.set(true);
    double seconds = (System.nanoTime() - start) / 1e9;
    Figures after = Figures.now(installation);
    for (Thread thread : threads) {
      thread.join();
    }
    return result(tally, seconds, before, after);
  }

  private static ObjectNode result(Tally tally, double seconds, Figures before, Figures after) {
    int operations = tally.samples.count();
    ObjectNode result =
        JsonNodeFactory.instance
            .objectNode()
            .put("ops", operations)
            .put("errors", tally.errors.get())
            .put("ops_per_s", Figures.round(operations / seconds))
            .put("avg_body_bytes", operations == 0 ? 0 : tally.bytes.get() / operations);
    if (!tally.firstError.isEmpty()) {
      result.put("first_error", tally.firstError);
    }
    if (tally.looks.get() > 0) {
      result.put("avg_entries", Figures.round((double) tally.entries.get() / tally.looks.get()));
    }
    result.set("latency_ms", tally.samples.json());
    after.addTo(result, before, operations);
    return result;
  }

  /**
   * Stores histories, each once.
   *
   * @return in the form of an ingest of the result
   */
  ObjectNode store(List<History> histories) throws InterruptedException {
    var samples = new Samples();
    var next = new AtomicInteger();
    var stored = new AtomicInteger();
    var errors = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      threads.add(
          new Thread(
              () -> {
                try (var connection = new Connection(installation.fhir(), token)) {
                  for (int n = next.getAndIncrement();
                      n < histories.size();
                      n = next.getAndIncrement()) {
                    long start = System.nanoTime();
                    if (histories.get(n).store(connection)) {
                      samples.add(System.nanoTime() - start);
                      stored.addAndGet(histories.get(n).resources());
                    } else {
                      errors.incrementAndGet();
                    }
                  }
                } catch (IOException e) {
                  errors.incrementAndGet();
                }
              }));
    }
    Figures before = Figures.now(installation);
    long start = System.nanoTime();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Figures after = Figures.now(installation);
    histories.forEach(history -> history.teach(known));
    ObjectNode result =
        JsonNodeFactory.instance
            .objectNode()
            .put("patients", histories.size())
            .put("clients", clients)
            .put("errors", errors.get())
            .put("resources", stored.get())
            .put("seconds", Figures.round(seconds))
            .put("resources_per_s", Figures.round(stored.get() / seconds));
    result.set("bundle_latency_ms", samples.json());
    after.addTo(result, before, stored.get());
    return result;
  }
}
