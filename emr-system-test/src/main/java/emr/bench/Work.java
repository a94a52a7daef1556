package emr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.system.Web;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What one client does, one thing after the other. Not for several threads. */
final class Work {

  private static final String MINIMAL = "Prefer: return=minimal\r\n";

  /** One operation. */
  interface Operation {
    Result run(Work work) throws IOException;
  }

  /**
   * What came of an operation.
   *
   * @param entries of the Bundle that was answered, counted now and then; -1 if not
   */
  record Result(boolean good, int status, int bytes, int entries) {

    private Result and(Result next) {
      return new Result(
          good && next.good, next.good ? status : next.status, bytes + next.bytes, -1);
    }
  }

  private final Connection connection;
  private final Known known;
  private final Random random;
  private final int client;
  private final int clients;

  /** Versions of the observations this client amends, and their contents without the last brace. */
  private final Map<String, Amended> amended = new HashMap<>();

  private record Amended(String etag, String content) {}

  Work(Connection connection, Known known, int client, int clients) {
    this.connection = connection;
    this.known = known;
    this.random = new Random(client);
    this.client = client;
    this.clients = clients;
  }

  /** All there is, by the names the peer's figures have too. */
  static Map<String, Operation> operations() {
    var all = new LinkedHashMap<String, Operation>();
    all.put("create", Work::create);
    all.put("read_patient", work -> work.get("/Patient/" + work.patient().id()));
    all.put("read_observation", work -> work.get("/Observation/" + work.observation()));
    all.put("vread", work -> work.get("/Observation/" + work.observation() + "/_history/1"));
    all.put("update", Work::update);
    all.put(
        "history", work -> work.get("/Observation/" + work.observation() + "/_history?_count=20"));
    all.put("patient_name", Work::byName);
    all.put("patient_ident", work -> work.get(byIdentifier(work.patient())));
    all.put("obs_code", Work::byCode);
    all.put("obs_recent", work -> work.of("Observation", "_sort=-date&_count=20"));
    all.put(
        "obs_category",
        work ->
            work.of("Observation", "category=laboratory&date=ge2018-01-01&_sort=-date&_count=50"));
    all.put("encounter", work -> work.of("Encounter", "_count=50"));
    all.put("condition", work -> work.of("Condition", "_count=50"));
    all.put("medreq", work -> work.of("MedicationRequest", "_count=50"));
    all.put(
        "include",
        work -> work.of("Observation", "_include=Observation:encounter&_sort=-date&_count=20"));
    all.put(
        "revinclude", work -> work.of("Encounter", "_revinclude=Observation:encounter&_count=10"));
    all.put(
        "everything",
        work -> work.get("/Patient/" + work.patient().id() + "/$everything?_count=200"));
    all.put("chart", Work::openChart);
    return all;
  }

  private Known.Patient patient() {
    return known.patient(random);
  }

  private String observation() {
    return known.observation(random);
  }

  private Result get(String path) throws IOException {
    return result(connection.get(path));
  }

  private Result of(String type, String query) throws IOException {
    return get("/" + type + "?patient=" + patient().id() + "&" + query);
  }

  private Result result(Connection.Answer answer) {
    boolean counted = answer.isGood() && random.nextInt(20) == 0;
    return new Result(
        answer.isGood(),
        answer.status(),
        answer.body().length,
        counted ? answer.count("\"fullUrl\"") : -1);
  }

  private Result create() throws IOException {
    return result(
        connection.call("POST", "/Observation", known.template(random).getBytes(UTF_8), MINIMAL));
  }

  /** Amends an observation of its own, based on the version it made or read before. */
  private Result update() throws IOException {
    String path = "/Observation/" + known.observation(random, client, clients);
    Amended before = amended.get(path);
    if (before == null) {
      Connection.Answer now = connection.get(path);
      if (!now.isGood()) {
        return result(now);
      }
      ObjectNode content =
          ((ObjectNode) Web.JSON.readTree(now.body())).without(List.of("meta", "text", "note"));
      String text = content.toString();
      before = new Amended(now.etag(), text.substring(0, text.length() - 1));
    }
    String note = ",\"note\":[{\"text\":\"amended " + random.nextInt() + "\"}]}";
    Connection.Answer answer =
        connection.call(
            "PUT",
            path,
            (before.content + note).getBytes(UTF_8),
            MINIMAL + "If-Match: " + before.etag + "\r\n");
    if (answer.isGood()) {
      amended.put(path, new Amended(answer.etag(), before.content));
    } else {
      amended.remove(path);
    }
    return result(answer);
  }

  private Result byName() throws IOException {
    Known.Patient patient = patient();
    return get(
        "/Patient?family=" + encoded(patient.family()) + "&birthdate=" + patient.birthDate());
  }

  private Result byCode() throws IOException {
    Known.Patient patient = patient();
    return get(
        "/Observation?patient="
            + patient.id()
            + "&code="
            + encoded(patient.anyCode(random))
            + "&_sort=-date&_count=20");
  }

  /** What a clinician's first look needs. */
  private Result openChart() throws IOException {
    Known.Patient patient = patient();
    Result result = get(byIdentifier(patient));
    for (String query :
        List.of(
            "/Condition?_count=50",
            "/MedicationRequest?_count=50",
            "/AllergyIntolerance?_count=50",
            "/Observation?_sort=-date&_count=20",
            "/Encounter?_sort=-date&_count=10")) {
      result = result.and(get(query.replace("?", "?patient=" + patient.id() + "&")));
    }
    return result;
  }

  private static String byIdentifier(Known.Patient patient) {
    return "/Patient?identifier=" + encoded(patient.identifier());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }
}
