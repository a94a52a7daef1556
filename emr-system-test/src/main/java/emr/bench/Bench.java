package emr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.system.Installation;
import emr.system.PartnerClient;
import emr.system.Synthea;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Stores invented patients at the running centre, reads and searches them, and tells what that
 * costs beside the recorded peer: {@code ./emr bench [--json] [--population N] [--clients N]
 * [--seconds N] [--hospitals N] [--policies N]}. Run it again for figures of a server that is warm.
 */
public final class Bench {

  private static final Duration TOKEN_USED = Duration.ofMinutes(20);

  private final Installation installation;
  private final boolean json;
  private final int population;
  private final int clients;
  private final Duration counted;
  private final int hospitals;
  private final int policies;
  private final Known known = new Known();
  private final PartnerClient partner;
  private String token = "";
  private Instant tokenSince = Instant.EPOCH;

  private Bench(Installation installation, List<String> arguments) {
    this.installation = installation;
    this.json = arguments.contains("--json");
    this.population = number(arguments, "--population", 50);
    this.clients = number(arguments, "--clients", 4);
    this.counted = Duration.ofSeconds(number(arguments, "--seconds", 5));
    this.hospitals = number(arguments, "--hospitals", 0);
    this.policies = number(arguments, "--policies", 0);
    this.partner = PartnerClient.of(installation, arguments.get(0));
  }

  private static int number(List<String> arguments, String name, int otherwise) {
    int at = arguments.indexOf(name);
    return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
  }

  /**
   * @param arguments the client id of a partner, then options
   */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    Locale.setDefault(Locale.ROOT);
    new Bench(Installation.named(), Arrays.asList(arguments)).run();
    System.exit(0);
  }

  /** A token that holds for a while yet. */
  private synchronized String token() {
    if (Instant.now().isAfter(tokenSince.plus(TOKEN_USED))) {
      token = partner.token(PartnerClient.EVERYTHING);
      tokenSince = Instant.now();
    }
    return token;
  }

  private void run() throws InterruptedException, IOException {
    tell("making the data");
    Synthea.People people = Synthea.people(population, installation.home().resolve("synthea"));
    ObjectNode result =
        JsonNodeFactory.instance
            .objectNode()
            .put("label", "EMR centre")
            .put("base", installation.fhir().toString())
            .put("started", Instant.now().toString())
            .put("cpus", Runtime.getRuntime().availableProcessors());
    var load = new Load(installation, this::token, known, clients);
    ingest(people, load, result.putArray("ingest"));
    Grants.make(installation, known.patientIds(), hospitals, policies);
    result.put("hospitals", hospitals).put("policies", policies);
    ObjectNode checkpoint = result.putArray("checkpoints").addObject();
    checkpoint.put("at", known.patients() + " patients").put("patients_known", known.patients());
    phases(load, checkpoint.putObject("clients_" + clients));
    result.put("ended", Instant.now().toString());
    if (json) {
      System.out.println(result.toPrettyString());
    }
  }

  private void ingest(Synthea.People people, Load load, ArrayNode results)
      throws InterruptedException, IOException {
    try (var connection = new Connection(installation.fhir(), this::token)) {
      for (JsonNode directory : people.directory()) {
        if (!new History(directory).store(connection)) {
          throw new IllegalStateException("the directory was refused");
        }
      }
    }
    List<History> histories = people.histories().stream().map(History::new).toList();
    int warmUp = histories.size() / 3;
    for (List<History> part :
        List.of(histories.subList(0, warmUp), histories.subList(warmUp, histories.size()))) {
      ObjectNode stored = load.store(part);
      stored.put("warmup", results.isEmpty());
      results.add(stored);
    }
    heading();
    row("ingest", results.get(1), "resources_per_s");
  }

  private void phases(Load load, ObjectNode results) throws InterruptedException {
    for (Map.Entry<String, Work.Operation> phase : Work.operations().entrySet()) {
      ObjectNode result = load.run(phase.getValue(), counted.dividedBy(2), counted);
      results.set(phase.getKey(), result);
      row(phase.getKey(), result, "ops_per_s");
    }
  }

  private void heading() {
    tell(
        "%-17s %9s %9s %9s %8s %8s %8s %7s %9s %9s"
            .formatted(
                "",
                "CPU ms",
                "peer",
                "op/s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "errors",
                "WAL bytes",
                "peer"));
  }

  private static final Map<String, Peer> PEER = Peer.recorded();

  private void row(String name, JsonNode result, String rate) {
    double cpu =
        result.at("/cpu/server_s_per_1000").asDouble()
            + result.at("/cpu/postgres_s_per_1000").asDouble();
    JsonNode latency =
        Stream.of("latency_ms", "bundle_latency_ms")
            .map(result::path)
            .filter(JsonNode::isObject)
            .findFirst()
            .orElseThrow();
    Peer peer = PEER.getOrDefault(name, new Peer(0, 0, 0));
    tell(
        "%-17s %9.2f %9.2f %9.1f %8.1f %8.1f %8.1f %7d %9.0f %9.0f"
            .formatted(
                name,
                cpu,
                peer.cpu(),
                result.path(rate).asDouble(),
                latency.path("p50").asDouble(),
                latency.path("p95").asDouble(),
                latency.path("p99").asDouble(),
                result.path("errors").asInt(),
                result.at("/probe/wal_bytes_per_op").asDouble(),
                peer.wal()));
  }

  /** To the people before the screen; with --json that alone goes to the standard output. */
  private void tell(String line) {
    (json ? System.err : System.out).println(line);
  }
}
