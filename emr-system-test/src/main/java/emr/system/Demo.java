package emr.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import emr.exchange.record.RetrievalAnswer;
import emr.exchange.record.StoredReceipt;
import emr.system.Loader.Loaded;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The whole story on twenty patients: their records are made at two hospitals, held, sent, stored
 * at the centre and deleted at the hospitals; read by right and refused without; added to with the
 * original kept; and charged for. Every figure is checked. It can be told again and again on the
 * same installation, since it counts only what it adds.
 */
public final class Demo {

  private static final int PATIENTS = 20;
  private static final Duration HOLD = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Words that no other record has; whoever finds them on the wire has read a record. */
  private static final String REMARK = "Dizzy since climbing the lighthouse at Zwartewaal";

  private static final List<String> SECRET_WORDS = List.of("lighthouse", "Zwartewaal", "Dizzy");

  private final Installation installation;
  private final Story story;
  private final HospitalServer northServer;
  private final HospitalServer southServer;

  private Demo(Installation installation, Story story) {
    this.installation = installation;
    this.story = story;
    this.northServer = HospitalServer.of(installation, "north");
    this.southServer = HospitalServer.of(installation, "south");
  }

  /** Ends with 0 if every figure was right. */
  public static void main(String[] arguments) {
    var out =
        new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8));
    var story = new Story(out);
    boolean well;
    try {
      new Demo(Installation.named(), story).tell();
      well = story.end();
    } catch (RuntimeException e) {
      story.check(String.valueOf(e), false);
      story.end();
      e.printStackTrace(out);
      out.flush();
      well = false;
    }
    System.exit(well ? 0 : 1);
  }

  private void tell() {
    Synthea.People people = invent();
    Terminal north = Terminal.signIn(installation, "north", "dr.north");
    Terminal south = Terminal.signIn(installation, "south", "dr.south");
    Terminal administrator = Terminal.signIn(installation, "north", "admin.north");
    Terminal otherAdministrator = Terminal.signIn(installation, "south", "admin.south");
    JsonNode settings = administrator.settings();
    JsonNode otherSettings = otherAdministrator.settings();
    Bills bills = Bills.of(installation);
    Trail trail = Trail.of(installation);
    try (WireTap tap = WireTap.before(installation.exchange().getPort())) {
      try {
        listen(tap, administrator, otherAdministrator);
        var work = new Work(north, south);
        directory(work, people.directory());
        save(work, people.histories());
        hold(work);
        recall(work);
        send(work);
        verifyReceipts(work);
        read(work);
        add(work);
        verifyChain(work);
        wire(tap, work);
        charge(bills, trail, work);
      } finally {
        administrator.settings(restored(settings));
        otherAdministrator.settings(restored(otherSettings));
      }
    }
  }

  /** What was made in the course of the story. */
  private static final class Work {

    final Terminal north;
    final Terminal south;
    final Loader northLoader;
    final Loader southLoader;
    final List<Loaded> atNorth = new ArrayList<>();
    final List<Loaded> atSouth = new ArrayList<>();

    /** Submissions beside the histories. */
    final List<String> moreAtNorth = new ArrayList<>();

    final List<String> moreAtSouth = new ArrayList<>();
    Map<String, Long> northBefore;
    Map<String, Long> southBefore;
    String remark = "";

    Work(Terminal north, Terminal south) {
      this.north = north;
      this.south = south;
      this.northLoader = new Loader(north);
      this.southLoader = new Loader(south);
      this.northBefore = north.outbox();
      this.southBefore = south.outbox();
    }

    List<String> submissions(Terminal at) {
      var all = new ArrayList<String>();
      (at == north ? atNorth : atSouth).forEach(p -> all.addAll(p.submissions()));
      all.addAll(at == north ? moreAtNorth : moreAtSouth);
      return all;
    }

    /** How many more submissions are in {@code state} than when the story began. */
    long more(Terminal at, String state) {
      Map<String, Long> before = at == north ? northBefore : southBefore;
      return at.outbox().getOrDefault(state, 0L) - before.getOrDefault(state, 0L);
    }
  }

  private Synthea.People invent() {
    story.step("Twenty patients are invented (Synthea, always the same)");
    Synthea.People people = Synthea.people(PATIENTS, installation.home().resolve("synthea"));
    story.check("patients with ten years of history", PATIENTS, people.histories().size());
    story.tell(
        "%,d records, %,d encounters",
        people.histories().stream().mapToInt(Loader::size).sum(),
        people.histories().stream().mapToInt(h -> Loader.parts(h).size() - 2).sum());
    return people;
  }

  private void listen(WireTap tap, Terminal... administrators) {
    story.step("Someone listens on the network between the hospitals and the centre");
    var detour = List.of(URI.create("https://localhost:" + tap.port() + "/exchange"));
    for (Terminal administrator : administrators) {
      ObjectNode settings = Terminal.endpoints(detour);
      settings.put("hold", HOLD.toString());
      administrator.settings(settings);
    }
    story.tell(
        "hospitals now reach the centre through port %d; the designated time is %d s",
        tap.port(), HOLD.toSeconds());
  }

  private static ObjectNode restored(JsonNode settings) {
    ObjectNode restored = Terminal.json();
    restored.set("endpoints", settings.path("endpoints"));
    restored.set("hold", settings.path("hold"));
    return restored;
  }

  private void directory(Work work, List<JsonNode> bundles) {
    story.step("Directory: organisations, places and practitioners that all hospitals refer to");
    note(work);
    List<String> submissions = work.northLoader.directory(bundles);
    submissions.forEach(submission -> work.north.send(submission));
    submissions.forEach(submission -> awaitState(work.north, submission, "DELETED"));
    work.moreAtNorth.addAll(submissions);
    note(work);
    story.check(
        "submissions of what was missing are needed no more",
        0,
        work.northLoader.directory(bundles).size());
  }

  /** Lets the loaders know what the centre's directory has. */
  private void note(Work work) {
    for (String type : List.of("Organization", "Practitioner", "Location")) {
      String next = "/" + type + "?_count=200";
      while (!next.isEmpty()) {
        JsonNode page = northServer.fhir(next, null).successful("look at the directory").json();
        for (JsonNode entry : page.path("entry")) {
          work.northLoader.know(entry.path("resource"));
          work.southLoader.know(entry.path("resource"));
        }
        next = "";
        for (JsonNode link : page.path("link")) {
          if (link.path("relation").asText().equals("next")) {
            next = link.path("url").asText().replaceFirst("^.*/fhir/", "/");
          }
        }
      }
    }
  }

  private void save(Work work, List<JsonNode> histories) {
    story.step("Saved: staff of both hospitals make the records, one entry at a time");
    int half = PATIENTS / 2;
    ExecutorService hospitals = Executors.newFixedThreadPool(2);
    try {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(
                  () -> load(work.northLoader, histories.subList(0, half), work.atNorth),
                  hospitals),
              CompletableFuture.runAsync(
                  () -> load(work.southLoader, histories.subList(half, PATIENTS), work.atSouth),
                  hospitals))
          .join();
    } finally {
      hospitals.shutdown();
    }
    for (List<Loaded> loaded : List.of(work.atNorth, work.atSouth)) {
      story.tell(
          "%s: %,d submissions, %,d records",
          loaded == work.atNorth ? "north" : "south",
          loaded.stream().mapToInt(p -> p.submissions().size()).sum(),
          loaded.stream().mapToInt(p -> p.records().size()).sum());
    }
    story.check(
        "records made of all that were invented",
        histories.stream().mapToInt(Loader::size).sum(),
        work.atNorth.stream().mapToInt(p -> p.records().size()).sum()
            + work.atSouth.stream().mapToInt(p -> p.records().size()).sum());
  }

  private static void load(Loader loader, List<JsonNode> histories, List<Loaded> loaded) {
    histories.forEach(history -> loaded.add(loader.history(history)));
  }

  private void hold(Work work) {
    story.step("Held: an entry waits for its designated time and can be seen meanwhile");
    Loaded patient = work.atNorth.get(0);
    Terminal.Saved saved =
        work.north.submit(Entries.bundle(Entries.pulse(patient.id(), 88, REMARK)));
    work.moreAtNorth.add(saved.id());
    work.remark = saved.ids().get(0);
    story.check("a note about " + patient.name() + " is held", "HELD".equals(saved.state()));
    story.check(
        "its author sees it in the chart",
        work.north.chart(patient.id()).successful("chart").body().contains("lighthouse"));
  }

  private void recall(Work work) {
    story.step("Recalled: its author takes an entry back while it is held");
    Loaded patient = work.atNorth.get(1);
    Terminal.Saved saved =
        work.north.submit(Entries.bundle(Entries.pulse(patient.id(), 188, "wrong patient")));
    work.north.recall(saved.id());
    story.check("one submission recalled", 1, work.more(work.north, "RECALLED"));
    story.check(
        "it is gone from the chart",
        !work.north.chart(patient.id()).successful("chart").body().contains("wrong patient"));
  }

  private void send(Work work) {
    story.step("Sent, stored, deleted: the hospitals forward what is due");
    for (Terminal hospital : List.of(work.north, work.south)) {
      long all = work.submissions(hospital).size();
      Instant deadline = Instant.now().plus(PATIENCE);
      while (work.more(hospital, "DELETED") < all && Instant.now().isBefore(deadline)) {
        story.tell("%s: %s", hospital.hospital(), hospital.outbox());
        pause(Duration.ofSeconds(3));
      }
      story.check(
          "submissions of " + hospital.hospital() + " stored at the centre and deleted here",
          all,
          work.more(hospital, "DELETED"));
    }
  }

  private void verifyReceipts(Work work) {
    story.step("Receipts: the centre's signed word for each record, checked against what was sent");
    for (Terminal hospital : List.of(work.north, work.south)) {
      long records = 0;
      long right = 0;
      HospitalServer keys = hospital == work.north ? northServer : southServer;
      for (String submission : work.submissions(hospital)) {
        JsonNode custody = hospital.submission(submission);
        StoredReceipt receipt = keys.verified(custody.path("receipt").asText());
        for (JsonNode item : custody.path("records")) {
          records++;
          right += Chain.receiptFor(receipt, item).isPresent() ? 1 : 0;
        }
      }
      story.check("records of " + hospital.hospital() + " with a true receipt", records, right);
    }
  }

  private void read(Work work) {
    story.step("Read: south asks for a patient of north, without a right and with one");
    Loaded patient = work.atNorth.get(0);
    var id = new PatientId(patient.id());
    story.check("without a policy the centre refuses", 403, statusOf(work.remark, id));
    story.check(
        "and south's terminal shows nothing of it",
        !work.south.chart(patient.id()).body().contains("lighthouse"));
    work.moreAtNorth.add(grant(work.north, patient, "READ"));
    story.check("with north's policy south reads the note", 200, statusOf(work.remark, id));
    String chart = work.south.chart(patient.id()).successful("chart").body();
    story.check("south's terminal shows it", chart.contains("lighthouse"));
    Loaded other = work.atNorth.get(1);
    story.check(
        "another patient of north stays closed",
        403,
        statusOf("Patient/" + other.id(), new PatientId(other.id())));
  }

  private int statusOf(String query, PatientId patient) {
    String statement = southServer.statement("dr.south", Role.PHYSICIAN, patient, AccessRight.READ);
    RetrievalAnswer.Answer answer = southServer.retrieve(statement, query).get(0);
    return answer.status();
  }

  /** Makes a policy at north and waits until the centre has it. */
  private String grant(Terminal north, Loaded patient, String... rights) {
    JsonNode made = north.policy(Entries.policy(patient.id(), "south", rights));
    String submission = made.path("submission").asText();
    awaitState(north, submission, "DELETED");
    return submission;
  }

  private String awaitState(Terminal hospital, String submission, String... wanted) {
    Instant deadline = Instant.now().plusSeconds(60);
    String state = "";
    while (Instant.now().isBefore(deadline)) {
      state = hospital.submission(submission).path("state").asText();
      if (List.of(wanted).contains(state)) {
        return state;
      }
      pause(Duration.ofMillis(200));
    }
    return state;
  }

  private void add(Work work) {
    story.step("Added to: south adds to north's record; the original stays beside the addition");
    Loaded patient = work.atNorth.get(0);
    ObjectNode addition = Entries.pulse(patient.id(), 72, REMARK + "; calm again");
    Terminal.Saved refused = work.south.submit(Entries.addition(work.remark, 1, addition));
    work.south.send(refused.id());
    story.check(
        "the right to read is not the right to store: set aside, a person looks at it",
        "SET_ASIDE".equals(awaitState(work.south, refused.id(), "SET_ASIDE", "DELETED")));
    work.south.withdraw(refused.id());
    work.moreAtNorth.add(grant(work.north, patient, "READ", "STORE"));
    Terminal.Saved added = work.south.submit(Entries.addition(work.remark, 1, addition));
    work.south.send(added.id());
    story.check(
        "with north's policy the addition is stored",
        "DELETED".equals(awaitState(work.south, added.id(), "SET_ASIDE", "DELETED")));
    work.moreAtSouth.add(added.id());
    JsonNode versions = work.north.history(work.remark).successful("history").json();
    story.check("versions side by side at north", 2, versions.path("versions").size());
    story.check(
        "version 1 is as its author wrote it",
        versions.at("/versions/1/content").toString().contains("88")
            && !versions.at("/versions/1/content").toString().contains("calm again"));
    story.check(
        "version 2 is south's",
        versions.at("/versions/0/content").toString().contains("calm again"));
  }

  private void verifyChain(Work work) {
    story.step("Chain: each version's hash covers what was sent and the version before");
    var known = new HashMap<String, Chain>();
    for (Terminal hospital : List.of(work.north, work.south)) {
      HospitalServer keys = hospital == work.north ? northServer : southServer;
      for (String submission : work.submissions(hospital)) {
        JsonNode custody = hospital.submission(submission);
        StoredReceipt receipt = keys.verified(custody.path("receipt").asText());
        for (StoredReceipt.Stored stored : receipt.versions()) {
          known.computeIfAbsent(stored.record().toString(), Chain::new).add(stored);
        }
      }
    }
    long unbroken = known.values().stream().filter(Chain::unbroken).count();
    story.check(
        "records whose chain of hashes was computed again and is right", known.size(), unbroken);
    JsonNode versions = work.north.history(work.remark).successful("history").json();
    Chain added = known.getOrDefault(work.remark, new Chain(work.remark));
    long same = 0;
    for (JsonNode version : versions.path("versions")) {
      same += added.isOf(version.path("number").asInt(), version.path("content")) ? 1 : 0;
    }
    story.check("versions that the centre shows byte for byte as they were signed", 2, same);
    story.check("the chain of the record that was added to has two links", 2, added.length());
  }

  private void wire(WireTap tap, Work work) {
    story.step("On the wire: what the listener has seen");
    for (byte[] bytes : List.of(tap.sent(), tap.received())) {
      String way = bytes == tap.sent() ? "from the centre" : "to the centre";
      long found =
          work.atNorth.stream()
              .flatMap(p -> List.of(p.family(), p.given()).stream())
              .filter(name -> name.length() > 4)
              .filter(name -> WireTap.contains(bytes, name))
              .count();
      found += SECRET_WORDS.stream().filter(word -> WireTap.contains(bytes, word)).count();
      story.tell("%s: %,d bytes", way, bytes.length);
      story.check("names of patients and words of notes in clear", 0, found);
      story.check(
          String.format("%.3f bits of entropy in each byte", WireTap.entropy(bytes)),
          WireTap.entropy(bytes) > 7.9);
      story.check(
          String.format("compresses to %.1f %%", 100 * WireTap.compressed(bytes)),
          WireTap.compressed(bytes) > 0.97);
    }
  }

  private void charge(Bills billsBefore, Trail trailBefore, Work work) {
    story.step("Charged: each hospital's bill, and the audit trail it is made of");
    Bills bills = Bills.of(installation);
    Trail trail = Trail.of(installation);
    for (Terminal hospital : List.of(work.north, work.south)) {
      String id = hospital.hospital();
      long records = 0;
      for (String submission : work.submissions(hospital)) {
        records += hospital.submission(submission).path("records").size();
      }
      story.check(
          "records stored on the bill of " + id,
          records,
          bills.stored(id) - billsBefore.stored(id));
      story.check(
          "the same in the audit trail", records, trail.stored(id) - trailBefore.stored(id));
      story.check(
          "records retrieved on the bill of " + id + ", and in the audit trail",
          trail.retrieved(id) - trailBefore.retrieved(id),
          bills.retrieved(id) - billsBefore.retrieved(id));
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
