package emr.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A person signed in at a hospital, acting through the hospital's own REST interface. */
public final class Terminal {

  private final Web web;
  private final String hospital;

  private Terminal(Web web, String hospital) {
    this.web = web;
    this.hospital = hospital;
  }

  /** Signs in with a demonstration login. */
  public static Terminal signIn(Installation installation, String hospital, String user) {
    return signIn(installation, hospital, user, Installation.DEMO_PASSWORD);
  }

  /**
   * Signs in.
   *
   * @throws Web.UnexpectedAnswer if the hospital does not let them in
   */
  public static Terminal signIn(
      Installation installation, String hospital, String user, String password) {
    Web web = Web.to(installation.hospital(hospital).resolve("/api"), installation);
    signIn(web, user, password).successful("sign in as " + user);
    return new Terminal(web, hospital);
  }

  /** What a hospital answers to who wants to come in. */
  static Web.Answer signingIn(
      Installation installation, String hospital, String user, String password) {
    return signIn(
        Web.to(installation.hospital(hospital).resolve("/api"), installation), user, password);
  }

  private static Web.Answer signIn(Web web, String user, String password) {
    return web.post("/session", json().put("user", user).put("password", password));
  }

  public String hospital() {
    return hospital;
  }

  /** For what this class has no words for. */
  public Web web() {
    return web;
  }

  /**
   * What the hospital said when it had saved a submission.
   *
   * @param ids the record ({@code Type/id}) of each entry, in the order of the bundle
   */
  public record Saved(String id, String state, List<String> ids) {}

  /** Saves a FHIR transaction bundle about one patient. */
  public Saved submit(JsonNode bundle) {
    return saved(web.post("/submissions", bundle).successful("save a submission").json());
  }

  private static Saved saved(JsonNode answer) {
    var ids = new ArrayList<String>();
    answer.path("given").forEach(entry -> ids.add(entry.path("reference").asText()));
    return new Saved(answer.path("submission").asText(), answer.path("state").asText(), ids);
  }

  /** A submission's custody, with its receipt once it is stored. */
  public JsonNode submission(String id) {
    return web.get("/submissions/" + id).successful("look at a submission").json();
  }

  /** How many submissions are in each custody state. */
  public Map<String, Long> outbox() {
    var counts = new TreeMap<String, Long>();
    JsonNode answer = web.get("/outbox").successful("look at the outbox").json();
    answer
        .path("counts")
        .properties()
        .forEach(state -> counts.put(state.getKey(), state.getValue().asLong()));
    return counts;
  }

  /** Sends a held submission at once. */
  public void send(String submission) {
    web.send("POST", "/submissions/" + submission + "/send", null).successful("send now");
  }

  /** Takes a held submission back. */
  public void recall(String submission) {
    web.post("/submissions/" + submission + "/recall", reason("written for the wrong patient"))
        .successful("recall");
  }

  /** Gives up a submission that was set aside. */
  public void withdraw(String submission) {
    web.post("/submissions/" + submission + "/withdraw", reason("no right to add it"))
        .successful("withdraw");
  }

  private static ObjectNode reason(String reason) {
    return json().put("reason", reason);
  }

  /** The chart of a patient: what is held here beside what the centre gives. */
  public Web.Answer chart(String patient) {
    return web.get("/patients/" + patient + "/chart");
  }

  /** The versions of a record, newest first. */
  public Web.Answer history(String record) {
    return web.get("/records/" + record + "/history");
  }

  /** Makes a standing policy; it is sent at once. */
  public JsonNode policy(ObjectNode policy) {
    return web.post("/policies", policy).successful("make a policy").json();
  }

  /**
   * Withdraws a policy.
   *
   * @param consent logical id of the Consent that carries it
   */
  public JsonNode withdrawPolicy(String consent) {
    return web.post("/policies/" + consent + "/withdraw", reason("the patient asked for it"))
        .successful("withdraw a policy")
        .json();
  }

  /** Changes settings of the hospital; the user must be its administrator. */
  public void settings(ObjectNode settings) {
    web.put("/settings", settings).successful("change the settings");
  }

  public JsonNode settings() {
    return web.get("/settings").successful("read the settings").json();
  }

  static ObjectNode json() {
    return Web.JSON.createObjectNode();
  }

  /** Where the centre is, for the hospital's settings. */
  static ObjectNode endpoints(List<URI> endpoints) {
    ObjectNode settings = json();
    var list = settings.putArray("endpoints");
    endpoints.forEach(e -> list.add(e.toString()));
    return settings;
  }
}
