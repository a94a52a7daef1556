package emr.system;

import static emr.exchange.access.AccessRight.READ;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pages tell as little as the interface does: who has no right to a patient, or to a type of
 * records, is answered as if there were none. Every page that lies in the checkout is asked for, in
 * many spellings.
 */
@Tag("claim-12")
class LeakPagesIT {

  private static final List<String> CARDS =
      List.of("problems", "medication", "vitals", "visits", "documents");

  /** What differs from one answer to the next, whatever it is about. */
  private static final List<Pattern> CHANCE =
      List.of(
          Pattern.compile("nonce-[A-Za-z0-9+/=_-]+"),
          Pattern.compile("nonce=\"[^\"]*\""),
          Pattern.compile("csp\\.init\\('[^']*'"),
          Pattern.compile("name=\"primefaces.nonce\"[^>]*"),
          Pattern.compile("value=\"-?[0-9]+:-?[0-9]+\""),
          Pattern.compile("j_idt[0-9]+"),
          Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
          Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)"),
          Pattern.compile("\\b[0-2]?[0-9]:[0-5][0-9](:[0-5][0-9])?\\b"));

  /**
   * Whom and what a caller asks about.
   *
   * @param record of the type that is asked for
   * @param word that stands nowhere else
   */
  private record About(String patient, String type, String record, String word) {

    String in(String template) {
      return template
          .replace("{p}", patient)
          .replace("{t}", type)
          .replace("{r}", record)
          .replace("{word}", word);
    }

    String takenOutOf(String text) {
      String known = text.replace(record, "{r}").replace(patient, "{p}");
      return known.replaceAll("(?i)" + word, "{word}");
    }
  }

  private static About secret;
  private static About outsideTheTypes;

  @BeforeAll
  static void seed() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    secret =
        new About(
            patient.id(),
            "Condition",
            problem(north, patient.id(), patient.family()),
            patient.family());

    Staff.Patient shared = Staff.registered(north);
    String word = Staff.name();
    for (String hospital : List.of("south", "east")) {
      ObjectNode policy = Entries.policy(shared.id(), hospital, "READ").put("role", "NURSE");
      policy.putArray("types").add("Patient").add("Observation");
      Staff.settled(north, north.policy(policy).path("submission").asText());
    }
    outsideTheTypes = new About(shared.id(), "Condition", problem(north, shared.id(), word), word);
  }

  private static String problem(Terminal at, String patient, String words) {
    ObjectNode problem = Terminal.json().put("resourceType", "Condition");
    problem.putObject("subject").put("reference", "Patient/" + patient);
    problem.putObject("code").put("text", words);
    problem
        .putArray("identifier")
        .addObject()
        .put("system", "urn:secret")
        .put("value", words.toLowerCase(Locale.ROOT));
    problem
        .putObject("clinicalStatus")
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/condition-clinical")
        .put("code", "active");
    Terminal.Saved saved = at.submit(Entries.bundle(problem));
    Staff.stored(at, saved);
    return saved.ids().get(0).substring("Condition/".length());
  }

  /** One who is nowhere. */
  private static About nobody() {
    PatientId patient = PatientId.fresh();
    return new About(
        patient.value(),
        "Condition",
        RecordId.fresh("Condition", Optional.of(patient)).id(),
        Staff.name());
  }

  /** Another record of the same chart, which is not there. */
  private static About nothing() {
    PatientId patient = new PatientId(outsideTheTypes.patient);
    return new About(
        patient.value(),
        "Condition",
        RecordId.fresh("Condition", Optional.of(patient)).id(),
        Staff.name());
  }

  @Test
  void anotherHospitalsPhysicianFindsNoTraceAtThePortal() throws IOException {
    Pages at = portal("dr.east");
    compare(at, paths(NotSignedInIT.portalPages()), secret, nobody());
    compareSearches(at, "/portal/");
  }

  @Test
  void anotherHospitalsPhysicianFindsNoTraceAtTheTerminal() throws IOException {
    Pages at = terminal("dr.south");
    compare(at, paths(NotSignedInIT.terminalPages()), secret, nobody());
    compareSearches(at, "/terminal/");
  }

  @Test
  void aNurseFindsNoTraceOutsideHerTypesOnPages() throws IOException {
    compare(portal("nurse.east"), quiet(NotSignedInIT.portalPages()), outsideTheTypes, nothing());
    compare(
        terminal("nurse.south"), quiet(NotSignedInIT.terminalPages()), outsideTheTypes, nothing());
  }

  /** Without those that tell that they were asked for themselves. */
  private static List<String> quiet(List<String> pages) {
    return paths(pages).stream().filter(path -> !path.matches(".*/(seen|report)[.].*")).toList();
  }

  @Test
  void aNurseFindsNoTraceOutsideHerTypesThroughTheInterface() {
    HospitalServer south = Staff.server("south");
    var patient = new PatientId(outsideTheTypes.patient);
    About nothing = nothing();
    for (String path :
        List.of(
            "/Condition/{r}",
            "/Condition/{r}/_history",
            "/Condition/{r}/_history/1",
            "/Condition/%7B{r}%7D",
            "//Condition/{r}",
            "/%43ondition/{r}",
            "/condition/{r}",
            "/Condition;x=1/{r}",
            "/Condition?patient={p}",
            "/Condition?patient={p}&_summary=count",
            "/Condition?patient={p}&_total=accurate&_count=0",
            "/Condition?patient={p}&code:text={word}",
            "/Condition?patient={p}&identifier=urn:secret%7C{word}",
            "/Condition?patient={p}&_id={r}",
            "/Patient?_id={p}&_has:Condition:patient:_id={r}",
            "/Patient?_id={p}&_has:Condition:patient:code:text={word}",
            "/Patient?_id={p}&_revinclude=Condition:patient",
            "/Patient?_id={p}&_revinclude=*",
            "/Observation?patient={p}&_revinclude:iterate=*",
            "/Patient/{p}/$everything",
            "/Patient/{p}/*",
            "/Patient/{p}/Condition",
            "/_history?_count=1000",
            "/Condition/_history?_count=1000",
            "/AuditEvent?patient={p}&entity=Condition/{r}",
            "/Provenance?patient={p}&target=Condition/{r}",
            "/List?patient={p}&item=Condition/{r}")) {
      same(
          path,
          outsideTheTypes,
          asNurse(south, outsideTheTypes.in(path), patient),
          nothing,
          asNurse(south, nothing.in(path), patient));
    }
    assertThat(asNurse(south, "/Observation?patient=" + patient, patient).status()).isEqualTo(200);
  }

  private static Web.Answer asNurse(HospitalServer south, String path, PatientId patient) {
    return south.fhir("GET", path, null, south.statement("nurse.south", Role.NURSE, patient, READ));
  }

  @Test
  void nobodyIsToldAnythingByPages() throws IOException {
    for (String path : paths(NotSignedInIT.portalPages())) {
      nothingSaid(Pages.ofPortal(Staff.INSTALLATION), path);
    }
    for (String path : paths(NotSignedInIT.terminalPages())) {
      nothingSaid(Pages.ofTerminal(Staff.INSTALLATION, "north"), path);
    }
  }

  private static void nothingSaid(Pages at, String path) {
    for (String method : List.of("GET", "HEAD", "POST")) {
      Web.Answer answer = at.ask(method, secret.in(path));
      assertThat(answer.status()).as("%s %s", method, path).isIn(301, 302, 400, 401, 403, 404, 405);
      assertThat(answer.body()).as("%s %s", method, path).doesNotContainIgnoringCase(secret.word);
    }
  }

  private static Pages portal(String user) {
    return Pages.ofPortal(Staff.INSTALLATION).signIn(user, Installation.DEMO_PASSWORD);
  }

  private static Pages terminal(String user) {
    String hospital = user.substring(user.indexOf('.') + 1);
    return Pages.ofTerminal(Staff.INSTALLATION, hospital).signIn(user, Installation.DEMO_PASSWORD);
  }

  /** Every page with every parameter that any page takes, and one of them in odd spellings. */
  private static List<String> paths(List<String> pages) {
    String all = "?patient={p}&type={t}&id={r}&record={r}&version=1&number=1&draft={r}";
    var paths = new ArrayList<String>();
    for (String page : pages) {
      if (!page.endsWith("/account.xhtml")) { // offers another second factor each time
        paths.add("/" + page + "?patient={p}");
        paths.add("/" + page + all);
      }
    }
    String folder = "/" + pages.get(0).substring(0, pages.get(0).indexOf('/') + 1);
    for (String card : CARDS) {
      paths.add(folder + "card.xhtml?patient={p}&card=" + card);
    }
    paths.add(folder + "file.xhtml?patient={p}&record=Condition/{r}&as=text");
    paths.add(folder + "record.xhtml?patient={p}&type=Patient&id={p}");
    paths.add(folder + "record.xhtml?patient={p}&type={t}&id={r}&add=yes");
    paths.add(folder + "record.xhtml?patient={p}&type={t}&id={r}&view=differences&version=2");
    paths.add(folder + "seen.xhtml?patient={p}&person=dr.north&refused=true");
    paths.add(folder + "timeline.xhtml?patient={p}&listed={t}");
    for (String spelling :
        List.of(
            folder + "record.xhtml;x=1",
            folder + "%72ecord.xhtml",
            folder + "RECORD.XHTML",
            folder + "/record.xhtml",
            "/" + folder + "record.xhtml",
            folder + "./record.xhtml",
            folder + "x/../record.xhtml",
            folder.replaceAll("/$", ";x/") + "record.xhtml",
            folder + "record.xhtml/",
            folder + "record.xhtml/x",
            folder + "record",
            folder + "record.jsf",
            "/faces" + folder + "record.xhtml",
            folder.toUpperCase(Locale.ROOT) + "record.xhtml",
            "/jakarta.faces.resource/record.xhtml" + "?ln=.." + folder)) {
      paths.add(spelling + (spelling.contains("?") ? "&" + all.substring(1) : all));
    }
    return paths;
  }

  private static void compare(Pages at, List<String> paths, About there, About nowhere) {
    SoftAssertions.assertSoftly(
        all -> {
          for (String path : paths) {
            Web.Answer aboutThere = at.get(there.in(path));
            same(all, path, there, aboutThere, nowhere, at.get(nowhere.in(path)));
            all.assertThat(aboutThere.status()).as(path).isLessThan(500);
          }
        });
  }

  private static void compareSearches(Pages at, String folder) {
    About nobody = nobody();
    for (Map.Entry<String, String> search :
        Map.of("query", "patients.xhtml", "find-query", "home.xhtml").entrySet()) {
      same(
          search.getValue(),
          secret,
          found(at, folder + search.getValue(), search.getKey(), secret.word),
          nobody,
          found(at, folder + search.getValue(), search.getKey(), nobody.word));
    }
  }

  private static Web.Answer found(Pages at, String page, String field, String word) {
    Web.Answer answer = at.submit(page, field, Map.of(field, word));
    assertThat(answer.body()).as("%s %s", page, answer.status()).contains("Nobody");
    return answer;
  }

  private static void same(
      String what, About one, Web.Answer answer, About other, Web.Answer otherAnswer) {
    SoftAssertions.assertSoftly(all -> same(all, what, one, answer, other, otherAnswer));
  }

  /** Names the first piece that differs, for whole pages are long. */
  private static void same(
      SoftAssertions all,
      String what,
      About one,
      Web.Answer answer,
      About other,
      Web.Answer otherAnswer) {
    String[] said = plain(one, answer).split("(?<=>)");
    String[] otherSaid = plain(other, otherAnswer).split("(?<=>)");
    int differs = Arrays.mismatch(said, otherSaid);
    if (differs >= 0) {
      all.assertThat(differs < said.length ? said[differs] : "")
          .as("%s, piece %d", what, differs)
          .isEqualTo(differs < otherSaid.length ? otherSaid[differs] : "");
    }
  }

  private static String plain(About about, Web.Answer answer) {
    var headers = new TreeMap<>(answer.headers().map());
    Stream.of("date", "content-length", "connection", "etag", "set-cookie")
        .forEach(headers::remove);
    String known = about.takenOutOf(answer.status() + " " + headers + " " + answer.body());
    for (Pattern chance : CHANCE) {
      known = chance.matcher(known).replaceAll("~");
    }
    return known;
  }
}
