package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Request;
import emr.system.Entries;
import emr.system.Staff;
import emr.system.Terminal;
import emr.system.Web;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the pages of a long chart read and send is bounded, however long the chart is. {@code
 * -Demr.big=5000} makes it longer; what was measured is left in {@code target/big-chart.txt}.
 */
class BigChartIT {

  private static final int RECORDS = Integer.getInteger("emr.big", 1_500);
  private static final int PART = 250;
  private static final int LOOKS = 5;

  /** The most a page may transfer once the browser has the style sheets, in octets. */
  private static final long HEAVIEST = 500_000;

  /** The most records that a page may have read at the centre, cards included. */
  private static final Map<String, Integer> MOST =
      Map.of(
          "chart", 400,
          "timeline", 700,
          "results", 500,
          "documents", 350,
          "outside", 700,
          "entry", 600,
          "record", 120);

  @Test
  void noPageReadsOrSendsMoreBecauseTheChartIsLong() throws SQLException, IOException {
    Terminal north = Staff.of("dr.north");
    Staff.Patient small = Staff.registered(north);
    Staff.Patient big = Staff.registered(north);
    String one = filled(north, small.id(), 5);
    String other = filled(north, big.id(), RECORDS);
    var lines = new ArrayList<String>();
    try (Desk desk = Desk.of("dr.north");
        Connection database = Staff.INSTALLATION.database("emr_app")) {
      var tooMuch = new ArrayList<String>();
      for (String page : new TreeMap<>(MOST).keySet()) {
        look(desk, database, page, small.id(), one); // the first look warms the servers
        Look few = look(desk, database, page, small.id(), one);
        Look many = look(desk, database, page, big.id(), other);
        lines.add("%s: 5 records %s; %d records %s".formatted(page, few, RECORDS, many));
        if (many.read() > MOST.get(page) || many.octets() > HEAVIEST) {
          tooMuch.add(lines.get(lines.size() - 1));
        }
      }
      Files.writeString(Path.of("target/big-chart.txt"), String.join("\n", lines) + "\n");
      assertThat(tooMuch).isEmpty();
    }
  }

  /**
   * What a page cost.
   *
   * @param read records that the centre disclosed for it
   * @param octets transferred to the browser, head and body, with a warm cache
   * @param millis the quickest of several
   */
  private record Look(long read, long octets, long millis) {

    @Override
    public String toString() {
      return "%d read, %,d octets, %d ms".formatted(read, octets, millis);
    }
  }

  private static Look look(
      Desk desk, Connection database, String page, String patient, String record)
      throws SQLException {
    String address =
        page
            + ".xhtml?patient="
            + patient
            + (page.equals("record")
                ? "&type=Observation&id=" + record.substring(record.indexOf('/') + 1)
                : "");
    desk.open(address);
    var finished = new ArrayList<Request>();
    Consumer<Request> note = finished::add;
    desk.page().onRequestFinished(note);
    long before = number(database, "select coalesce(max(id), 0) from audit");
    desk.open(address);
    long read =
        number(
            database,
            "select coalesce(sum(cardinality(records)), 0) from audit where person = 'dr.north'"
                + " and id > "
                + before);
    desk.page().offRequestFinished(note);
    long octets =
        finished.stream()
            .filter(request -> request.response() != null)
            .map(Request::sizes)
            .mapToLong(size -> size.responseBodySize + size.responseHeadersSize)
            .sum();
    long quickest =
        IntStream.range(0, LOOKS).mapToLong(i -> millis(desk, address)).min().orElseThrow();
    return new Look(read, octets, quickest);
  }

  private static long millis(Desk desk, String address) {
    long begin = System.nanoTime();
    desk.open(address);
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static long number(Connection database, String select) throws SQLException {
    try (var statement = database.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Writes {@code count} records for the patient; the first of them. */
  private static String filled(Terminal north, String patient, int count) {
    String first = "";
    for (int from = 0; from < count; from += PART) {
      ObjectNode[] part =
          IntStream.range(from, Math.min(count, from + PART))
              .mapToObj(i -> resource(patient, i))
              .toArray(ObjectNode[]::new);
      Terminal.Saved saved = north.submit(Entries.bundle(part));
      Staff.stored(north, saved);
      first = first.isEmpty() ? saved.ids().get(0) : first;
    }
    return first;
  }

  /** Of twenty records twelve are results; one is made on each day, back from today. */
  private static ObjectNode resource(String patient, int i) {
    String day = LocalDate.now().minusDays(i).toString();
    return switch (i % 20) {
      case 12, 13 -> visit(patient, day);
      case 14, 15 ->
          coded("Condition", "subject", patient, "code", "Problem " + i).put("recordedDate", day);
      case 16, 17 -> order(patient, day, i);
      case 18 -> document(patient, day, i);
      case 19 -> report(patient, day, i);
      default -> result(patient, day, i);
    };
  }

  private static ObjectNode coded(
      String type, String of, String patient, String element, String words) {
    ObjectNode resource = Web.JSON.createObjectNode().put("resourceType", type);
    resource.putObject(of).put("reference", "Patient/" + patient);
    resource.putObject(element).put("text", words);
    return resource;
  }

  private static ObjectNode result(String patient, String day, int i) {
    List<String> codes = List.of("2823-3", "2951-2", "718-7", "4548-4", "2160-0", "8867-4");
    String code = codes.get(i % codes.size());
    ObjectNode result = coded("Observation", "subject", patient, "code", "Measure " + code);
    result
        .withObject("/code")
        .putArray("coding")
        .addObject()
        .put("system", "http://loinc.org")
        .put("code", code);
    result
        .putArray("category")
        .addObject()
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/observation-category")
        .put("code", code.equals("8867-4") ? "vital-signs" : "laboratory");
    result.put("status", "final").put("effectiveDateTime", day);
    result.putObject("valueQuantity").put("value", 4 + i % 10 / 10.0).put("unit", "mmol/L");
    return result;
  }

  private static ObjectNode visit(String patient, String day) {
    ObjectNode visit = Web.JSON.createObjectNode().put("resourceType", "Encounter");
    visit.put("status", "finished");
    visit
        .putObject("class")
        .put("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .put("code", "AMB");
    visit.putObject("subject").put("reference", "Patient/" + patient);
    visit.putObject("period").put("start", day).put("end", day);
    return visit;
  }

  private static ObjectNode order(String patient, String day, int i) {
    ObjectNode order =
        coded("MedicationRequest", "subject", patient, "medicationCodeableConcept", "Drug " + i);
    return order
        .put("status", i < 200 ? "active" : "completed")
        .put("intent", "order")
        .put("authoredOn", day);
  }

  private static ObjectNode document(String patient, String day, int i) {
    ObjectNode document = coded("DocumentReference", "subject", patient, "type", "Letter");
    document.put("status", "current").put("date", day + "T10:00:00Z");
    document
        .putArray("content")
        .addObject()
        .putObject("attachment")
        .put("title", "Letter " + i)
        .put("contentType", "text/plain")
        .put("data", "aGVsbG8gd29ybGQ=");
    return document;
  }

  private static ObjectNode report(String patient, String day, int i) {
    return coded("DiagnosticReport", "subject", patient, "code", "Report " + i)
        .put("status", "final")
        .put("effectiveDateTime", day);
  }
}
