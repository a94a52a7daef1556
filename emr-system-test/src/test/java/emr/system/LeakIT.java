package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who has no right to a patient learns nothing of them, not even that they exist: each request
 * about a patient who is there is answered as the same request about one who is not.
 */
@Tag("claim-12")
class LeakIT {

  private static final PartnerClient OWNER = PartnerClient.of(Staff.INSTALLATION, "lab.demo");
  private static final Web WEB = Web.to(Staff.INSTALLATION.fhir(), Staff.INSTALLATION);
  private static final Pattern ID = Pattern.compile("[0-9a-z]{11,13}(-[0-9a-z]{11,13})?");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern SIGNED = Pattern.compile("\"data\":\"([A-Za-z0-9+/=]+)\"");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * What a caller may know a patient by, though not from here.
   *
   * @param day on which they were born and the finding was made
   * @param amount that was found
   */
  private record Person(
      String patient, String record, String family, String identifier, String day, String amount) {

    String in(String template) {
      return template
          .replace("{p}", patient)
          .replace("{r}", record)
          .replace("{family}", family)
          .replace("{identifier}", identifier)
          .replace("{day}", day)
          .replace("{amount}", amount);
    }

    String takenOutOf(String text) {
      return text.replace(patient, "{p}")
          .replace(record, "{r}")
          .replace(family, "{family}")
          .replace(family.toLowerCase(Locale.ROOT), "{family}")
          .replace(identifier, "{identifier}")
          .replace(day, "{day}")
          .replace(amount, "{amount}");
    }
  }

  private record Request(String method, String path, String body, Map<String, String> headers) {

    static Request get(String path) {
      return new Request("GET", path, null, Map.of());
    }

    @Override
    public String toString() {
      return method + " " + path + " " + headers;
    }
  }

  private static Person secret;
  private static JsonNode capabilities;

  @BeforeAll
  static void seed() {
    String token = OWNER.token(PartnerClient.EVERYTHING);
    String family = Staff.name();
    String identifier = Staff.word();
    String day = day();
    String amount = amount();
    ObjectNode patient = Terminal.json().put("resourceType", "Patient").put("birthDate", day);
    patient.putArray("name").addObject().put("family", family);
    patient.putArray("identifier").addObject().put("system", "urn:secret").put("value", identifier);
    String id = created(patient, token);
    ObjectNode finding = Terminal.json().put("resourceType", "Observation").put("status", "final");
    ObjectNode code = finding.putObject("code").put("text", family);
    code.putArray("coding").addObject().put("system", "urn:secret").put("code", identifier);
    finding.put("effectiveDateTime", day);
    finding.putObject("valueQuantity").put("value", new BigDecimal(amount)).put("unit", "mg");
    finding.putArray("identifier").addObject().put("system", "urn:secret").put("value", identifier);
    finding.putObject("subject").put("reference", "Patient/" + id);
    secret = new Person(id, created(finding, token), family, identifier, day, amount);
    capabilities = WEB.get("/metadata").successful("").json();
  }

  private static String created(ObjectNode resource, String token) {
    String type = resource.path("resourceType").asText();
    Web.Answer answer =
        send(new Request("POST", "/" + type, resource.toString(), Map.of()), token)
            .successful(type);
    String location = answer.headers().firstValue("Location").orElseThrow();
    String rest = location.substring(location.indexOf("/" + type + "/") + type.length() + 2);
    return rest.substring(0, rest.indexOf('/'));
  }

  /** One who is nowhere, and looks alike. */
  private static Person nobody() {
    return new Person(
        other(secret.patient), other(secret.record), Staff.name(), Staff.word(), day(), amount());
  }

  /** One on which nothing else happened. */
  private static String day() {
    return LocalDate.of(1700, 1, 1)
        .plusDays(ThreadLocalRandom.current().nextInt(50_000))
        .toString();
  }

  private static String amount() {
    return ThreadLocalRandom.current().nextInt(1_000_000, 10_000_000) + ".75";
  }

  private static String other(String id) {
    return Arrays.stream(id.split("-")).map(LeakIT::turned).collect(Collectors.joining("-"));
  }

  /** Ends differ; what comes first stays, so that it is an id of the same time. */
  private static String turned(String part) {
    int last = part.length() - 4;
    String end = new StringBuilder(part.substring(last)).reverse().toString();
    return part.substring(0, last) + (end.equals(part.substring(last)) ? "0zz0" : end);
  }

  @Test
  void anotherHospitalsPartnerFindsNoTrace() {
    PartnerClient other = PartnerClient.of(Staff.INSTALLATION, "practice.demo");
    String token = other.token(PartnerClient.EVERYTHING);
    compare(requests(), token);
    compare(writes(), token);
  }

  @Test
  void aPartnerWithTooSmallAScopeFindsNoTrace() {
    String token = OWNER.token("system/Slot.rs system/Slot.cud");
    compare(
        requests().stream().filter(request -> !request.path.startsWith("/Slot")).toList(), token);
    compare(writes(), token);
  }

  /** With a statement about the very patient, over their hospital's own connection. */
  @Test
  void aPhysicianOfAnotherHospitalFindsNoTrace() {
    Person nobody = nobody();
    for (Request request : requests()) {
      if (request.path.startsWith("/Patient") || request.path.startsWith("/Observation")) {
        same(
            request.toString(),
            secret,
            byPhysician(request, secret),
            nobody,
            byPhysician(request, nobody));
      }
    }
  }

  private static Web.Answer byPhysician(Request request, Person person) {
    HospitalServer south = Staff.server("south");
    Request about = about(request, person);
    var headers = new ArrayList<String>();
    about.headers.forEach((name, value) -> headers.addAll(List.of(name, value)));
    return south.fhir(
        about.method,
        about.path,
        about.body,
        south.statement(
            "dr.south", Role.PHYSICIAN, new PatientId(person.patient), AccessRight.READ),
        headers.toArray(String[]::new));
  }

  @Test
  void nobodyIsToldAnything() {
    for (Request request : requests()) {
      Request about = about(request, secret);
      Web.Answer answer = send(about, null);
      assertThat(answer.status()).as("%s", request).isIn(400, 401, 404, 405);
      assertThat(secret.takenOutOf(answer.body()))
          .as("%s", request)
          .doesNotContain("{r}", "{family}", "{identifier}", "{day}", "{amount}");
    }
  }

  @Test
  void staffOfAnotherHospitalFindNoTraceAtTheirTerminal() {
    Person nobody = nobody();
    for (String user : List.of("dr.south", "nurse.south", "clerk.south")) {
      Terminal at = Staff.of(user);
      same(user, secret, at.chart(secret.patient), nobody, at.chart(nobody.patient));
      same(
          user,
          secret,
          at.history("Observation/" + secret.record),
          nobody,
          at.history("Observation/" + nobody.record));
    }
  }

  private static void compare(List<Request> requests, String token) {
    Person nobody = nobody();
    for (Request request : requests) {
      Web.Answer aboutSecret = send(about(request, secret), token);
      Web.Answer aboutNobody = send(about(request, nobody), token);
      same(request.toString(), secret, aboutSecret, nobody, aboutNobody);
      assertThat(aboutSecret.status()).as("%s", request).isNotEqualTo(500);
    }
  }

  private static void same(
      String what, Person one, Web.Answer answer, Person other, Web.Answer otherAnswer) {
    assertThat(plain(one, answer)).as(what).isEqualTo(plain(other, otherAnswer));
  }

  /** An answer without what differs from one request to the next. */
  private static String plain(Person person, Web.Answer answer) {
    var headers = new TreeMap<>(answer.headers().map());
    headers.computeIfPresent("last-modified", (name, at) -> justNow(at, headers.get("date")));
    headers.keySet().removeAll(List.of("date", "content-length", "connection", "etag"));
    String text = answer.status() + " " + headers + " " + answer.body();
    BiFunction<String, Pattern, String> without =
        (t, pattern) -> pattern.matcher(t).replaceAll("~");
    String known =
        SIGNED
            .matcher(person.takenOutOf(text)) // no two signatures are alike, but they are as long
            .replaceAll(paper -> "\"data\":" + paper.group(1).length());
    for (Pattern pattern : List.of(UUID, TIME, HASH, ID)) {
      known = without.apply(known, pattern);
    }
    return known;
  }

  /** What is stored by a request and its twin may fall into two seconds. */
  private static List<String> justNow(List<String> modified, List<String> answered) {
    ZonedDateTime now = answered == null ? ZonedDateTime.now() : time(answered);
    boolean before = time(modified).isBefore(now.minusSeconds(10));
    return before ? modified : List.of("now");
  }

  private static ZonedDateTime time(List<String> header) {
    return ZonedDateTime.parse(header.get(0), DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  private static Request about(Request request, Person person) {
    return new Request(
        request.method,
        person.in(request.path),
        request.body == null ? null : person.in(request.body),
        request.headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> person.in(e.getValue()))));
  }

  private static Web.Answer send(Request request, String token) {
    var headers = new ArrayList<String>();
    request.headers.forEach((name, value) -> headers.addAll(List.of(name, value)));
    if (token != null) {
      headers.addAll(List.of("Authorization", "Bearer " + token));
    }
    if (request.body != null && !request.headers.containsKey("Content-Type")) {
      headers.addAll(List.of("Content-Type", "application/fhir+json"));
    }
    return WEB.send(request.method, request.path, request.body, headers.toArray(String[]::new));
  }

  /** Everything that reads. */
  private static List<Request> requests() {
    var all = new ArrayList<Request>();
    for (JsonNode resource : capabilities.at("/rest/0/resource")) {
      ofType(resource, all);
    }
    for (String path :
        List.of(
            "/Patient/{p}",
            "/Patient/{p}/_history",
            "/Patient/{p}/_history/1",
            "/Patient/{p}/$everything",
            "/Patient/{p}/$meta",
            "/Patient/{p}/$who-saw",
            "/Patient/{p}/*",
            "/Patient?family={family}",
            "/Patient?name:contains={family}&_summary=count",
            "/Patient?identifier=urn:secret%7C{identifier}&_total=accurate",
            "/Patient?_id={p}&_revinclude=*",
            "/Patient?_id={p}&_elements=id",
            "/Patient?_has:Observation:patient:_id={r}",
            "/Patient?_has:Observation:patient:code:text={family}",
            "/Observation?patient.family={family}",
            "/Observation?subject:Patient.identifier=urn:secret%7C{identifier}",
            "/Patient?_id={p}&_revinclude=Observation:patient",
            "/Patient?_id={p}&_revinclude=Observation:subject",
            "/Observation?_id={r}&_include=*",
            "/Observation?_id={r}&_include=Observation:patient",
            "/Observation?_id={r}&_include=Observation:subject:Patient",
            "/Observation?code=urn:secret%7C{identifier}&_include=Observation:subject",
            "/Observation?date=ge{day}&date=le{day}",
            "/Observation?value-quantity={amount}%7C%7Cmg",
            "/Observation?patient.birthdate={day}",
            "/Observation?code:text={family}",
            "/_history?_count=1000",
            "/Patient/_history?_count=1000",
            "//Patient/{p}",
            "/Patient//{p}",
            "/Patient;x=1/{p}",
            "/Patient/{p};x=1",
            "/%50atient/{p}",
            "/patient/{p}",
            "/PATIENT/{p}",
            "/Patient/{p}/",
            "/./Patient/{p}",
            "/x/../Patient/{p}",
            "/Patient/%7B{p}%7D",
            "/Observation/{r}/_history/1?_format=xml",
            "/Observation/{r}?_format=application/fhir%2Bxml")) {
      all.add(Request.get(path));
    }
    all.add(new Request("HEAD", "/Patient/{p}", null, Map.of()));
    all.add(new Request("GET", "/Patient/{p}", null, Map.of("If-None-Match", "W/\"1\"")));
    all.add(
        new Request(
            "POST",
            "/Patient/_search",
            "family={family}",
            Map.of("Content-Type", "application/x-www-form-urlencoded")));
    all.add(
        new Request(
            "POST",
            "/",
            "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
                + "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/{p}\"}},"
                + "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?family={family}\"}}]}",
            Map.of()));
    return all;
  }

  private static void ofType(JsonNode resource, List<Request> all) {
    String type = resource.path("type").asText();
    all.add(Request.get("/" + type + "/{r}"));
    all.add(Request.get("/" + type + "/{r}/_history"));
    all.add(Request.get("/" + type + "?_id={r}"));
    for (JsonNode parameter : resource.path("searchParam")) {
      String name = parameter.path("name").asText();
      switch (parameter.path("type").asText()) {
        case "reference" -> all.add(Request.get("/" + type + "?" + name + "=Patient/{p}"));
        case "string", "token", "uri" ->
            all.add(Request.get("/" + type + "?" + name + "={identifier}"));
        case "date" -> all.add(Request.get("/" + type + "?" + name + "={day}"));
        case "number", "quantity" -> all.add(Request.get("/" + type + "?" + name + "={amount}"));
        case "composite" -> {
          all.add(Request.get("/" + type + "?" + name + "=urn:secret%7C{identifier}${amount}"));
          all.add(Request.get("/" + type + "?" + name + "=urn:secret%7C{identifier}${day}"));
        }
        default -> {}
      }
    }
  }

  /** What changes, or would; each is new to the caller. */
  private static List<Request> writes() {
    String patient =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:secret\",\"value\":"
            + "\"{identifier}\"}]}";
    String finding =
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
            + "\"subject\":{\"reference\":\"Patient/{p}\"}}";
    String patch = "[{\"op\":\"replace\",\"path\":\"/birthDate\",\"value\":\"2000\"}]";
    Map<String, String> asPatch = Map.of("Content-Type", "application/json-patch+json");
    String condition = "?identifier=urn:secret%7C{identifier}";
    String tag =
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":{\"tag\":"
            + "[{\"system\":\"urn:x\",\"code\":\"x\"}]}}]}";
    return List.of(
        new Request("POST", "/Observation", finding, Map.of()),
        new Request("POST", "/Observation/$validate", finding, Map.of()),
        new Request("POST", "/Observation/{r}/$validate", finding, Map.of()),
        new Request("POST", "/Observation/{r}/$validate?mode=delete", null, Map.of()),
        new Request("POST", "/Patient/{p}/$validate?mode=update", patient, Map.of()),
        new Request("POST", "/Patient/{p}/$meta-add", tag, Map.of()),
        new Request("POST", "/Patient/{p}/$meta-delete", tag, Map.of()),
        new Request("POST", "/Observation/{r}/$meta-add", tag, Map.of()),
        new Request("POST", "/Observation/{r}/$meta-delete", tag, Map.of()),
        new Request(
            "PUT", "/Observation/{r}", finding.replace("{\"r", "{\"id\":\"{r}\",\"r"), Map.of()),
        new Request(
            "PUT",
            "/Observation/{r}",
            finding.replace("{\"r", "{\"id\":\"{r}\",\"r"),
            Map.of("If-Match", "W/\"1\"")),
        new Request("PATCH", "/Patient/{p}", patch, asPatch),
        new Request("PATCH", "/Patient" + condition, patch, asPatch),
        new Request("DELETE", "/Patient/{p}", null, Map.of()),
        new Request("DELETE", "/Patient" + condition, null, Map.of()),
        new Request(
            "PUT", "/Patient/{p}", patient.replace("{\"r", "{\"id\":\"{p}\",\"r"), Map.of()),
        new Request(
            "POST",
            "/",
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
                + finding.replace("Patient/{p}", "Patient" + condition)
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}]}",
            Map.of()),
        new Request("POST", "/Patient", patient, Map.of("If-None-Exist", condition.substring(1))),
        new Request("PUT", "/Patient" + condition, patient, Map.of()));
  }
}
