package emr.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a partner sends, the answer names the fault and nothing of our own, nothing is stored,
 * and the centre stays well.
 */
class HostileRequestsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String JSON = "application/fhir+json";
  private static final String XML = "application/fhir+xml";
  private static final String NS = " xmlns=\"http://hl7.org/fhir\"";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private String newest;

  @BeforeEach
  void remember() {
    newest = newestPatient();
  }

  @AfterEach
  void nothingIsStoredAndTheCentreIsWell() {
    assertThat(newestPatient()).isEqualTo(newest);
    Web web = Web.to(Staff.INSTALLATION.fhir().resolve("/"), Staff.INSTALLATION);
    assertThat(web.get("health/live").status()).isEqualTo(200);
  }

  private static String newestPatient() {
    JsonNode found =
        Partner.get("/Patient?_sort=-_lastUpdated&_count=1&_elements=id")
            .successful("looking")
            .json();
    return found.at("/entry/0/resource/id").asText();
  }

  private static HttpResponse<String> post(String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(Staff.INSTALLATION.fhir() + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + Partner.token())
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void refused(int status, String body) {
    assertThat(status).as(body).isBetween(400, 499);
    assertThat(body)
        .contains("OperationOutcome")
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("secret");
  }

  private static String patient(String inside) {
    return "{\"resourceType\":\"Patient\"," + inside + "}";
  }

  static Stream<Arguments> bodies() {
    String doctype = "<?xml version=\"1.0\"?><!DOCTYPE p [";
    String named = "]><Patient" + NS + "><name><family value=\"&x;\"/></name></Patient>";
    return Stream.of(
        Arguments.of("JSON that ends early", JSON, "{\"resourceType\":".getBytes(UTF_8)),
        Arguments.of("two values", JSON, (patient("\"active\":true") + "{}").getBytes(UTF_8)),
        Arguments.of("a name twice", JSON, patient("\"id\":\"a\",\"id\":\"b\"").getBytes(UTF_8)),
        Arguments.of("XML that ends early", XML, ("<Patient" + NS + "><name>").getBytes(UTF_8)),
        Arguments.of("XML of no namespace", XML, "<Patient/>".getBytes(UTF_8)),
        Arguments.of("JSON called XML", XML, patient("\"active\":true").getBytes(UTF_8)),
        Arguments.of(
            "a lone surrogate",
            JSON,
            patient("\"name\":[{\"family\":\"secret\\ud800\"}]").getBytes(UTF_8)),
        Arguments.of(
            "a control character",
            JSON,
            patient("\"name\":[{\"family\":\"secret\\u0000\"}]").getBytes(UTF_8)),
        Arguments.of(
            "a number of a billion digits",
            JSON,
            patient("\"extension\":[{\"url\":\"x\",\"valueDecimal\":1e999999999}]")
                .getBytes(UTF_8)),
        Arguments.of(
            "the same in XML",
            XML,
            ("<Patient"
                    + NS
                    + "><extension url=\"x\"><valueDecimal value=\"1e999999999\"/></extension>"
                    + "</Patient>")
                .getBytes(UTF_8)),
        Arguments.of(
            "an external entity",
            XML,
            (doctype + "<!ENTITY x SYSTEM \"file:///etc/passwd\">" + named).getBytes(UTF_8)),
        Arguments.of(
            "an entity from another server",
            XML,
            (doctype + "<!ENTITY x SYSTEM \"http://127.0.0.1:9/x\">" + named).getBytes(UTF_8)),
        Arguments.of("an entity bomb", XML, (doctype + bomb() + named).getBytes(UTF_8)),
        Arguments.of(
            "an entity of HTML",
            XML,
            ("<Patient" + NS + "><name><family value=\"&nbsp;\"/></name></Patient>")
                .getBytes(UTF_8)),
        Arguments.of(
            "JSON ten thousand levels deep",
            JSON,
            patient(
                    "\"extension\":"
                        + "[{\"url\":\"x\",\"extension\":".repeat(10_000)
                        + "[]"
                        + "}]".repeat(10_000))
                .getBytes(UTF_8)),
        Arguments.of(
            "XML ten thousand levels deep",
            XML,
            ("<Patient"
                    + NS
                    + ">"
                    + "<extension url=\"x\">".repeat(10_000)
                    + "</extension>".repeat(10_000)
                    + "</Patient>")
                .getBytes(UTF_8)),
        Arguments.of("JSON in UTF-16", JSON, patient("\"active\":true").getBytes(UTF_16)),
        Arguments.of(
            "JSON in Latin-1",
            JSON,
            patient("\"name\":[{\"family\":\"M\u00fcller\"}]").getBytes(ISO_8859_1)),
        Arguments.of(
            "XML in Latin-1",
            XML,
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Patient"
                    + NS
                    + "><name><family value=\"M\u00fcller\"/></name></Patient>")
                .getBytes(ISO_8859_1)),
        Arguments.of(
            "another charset",
            JSON + ";charset=utf-16",
            patient("\"active\":true").getBytes(UTF_8)),
        Arguments.of(
            "another version of FHIR",
            JSON + ";fhirVersion=3.0",
            patient("\"active\":true").getBytes(UTF_8)),
        Arguments.of("plain text", "text/plain", "secret".getBytes(UTF_8)),
        Arguments.of(
            "a text of two megabytes",
            JSON,
            patient("\"name\":[{\"family\":\"" + "x".repeat(2_000_000) + "\"}]").getBytes(UTF_8)),
        Arguments.of("a hundred megabytes", JSON, filled(100_000_000)),
        Arguments.of("a script", JSON, narrative("<script>secret()</script>")),
        Arguments.of("a handler", JSON, narrative("<p onclick='secret()'>x</p>")),
        Arguments.of("an active address", JSON, narrative("<a href='javascript:secret()'>x</a>")),
        Arguments.of("a form", JSON, narrative("<form action='http://x'><input/></form>")),
        Arguments.of("a frame", JSON, narrative("<iframe src='http://x'/>")));
  }

  private static String bomb() {
    var entities = new StringBuilder("<!ENTITY a0 \"secret\">");
    for (int i = 1; i < 10; i++) {
      entities.append("<!ENTITY a").append(i).append(" \"");
      entities.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
    }
    return entities.append("<!ENTITY x \"&a9;\">").toString();
  }

  private static byte[] filled(int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) 'x');
    byte[] start = patient("\"name\":[{\"family\":\"").getBytes(UTF_8);
    System.arraycopy(start, 0, body, 0, start.length - 1);
    return body;
  }

  private static byte[] narrative(String inside) {
    return patient(
            "\"text\":{\"status\":\"generated\",\"div\":\"<div"
                + " xmlns='http://www.w3.org/1999/xhtml'>"
                + inside
                + "</div>\"}")
        .getBytes(UTF_8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void aBodyIsRefused(String what, String type, byte[] body) {
    HttpResponse<String> answer = post("/Patient", body, "Content-Type", type);
    refused(answer.statusCode(), answer.body());
  }

  @Test
  void aBombInGzipIsRefused() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      byte[] blanks = new byte[1_000_000];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 500; i++) {
        gzip.write(blanks);
      }
    }
    for (byte[] body : new byte[][] {packed.toByteArray(), "no gzip".getBytes(UTF_8)}) {
      HttpResponse<String> answer =
          post("/Patient", body, "Content-Type", JSON, "Content-Encoding", "gzip");
      refused(answer.statusCode(), answer.body());
    }
    HttpResponse<String> other =
        post("/Patient", new byte[10], "Content-Type", JSON, "Content-Encoding", "br");
    assertThat(other.statusCode()).isEqualTo(HttpURLConnection.HTTP_UNSUPPORTED_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Patient?name=%zz",
        "/Patient?name=%ff%fe",
        "/Patient?name=%00",
        "/Patient?_count=-1",
        "/Patient?_count=x",
        "/Patient?_format=pdf",
        "/Patient?_summary=perhaps",
        "/Patient?_pretty=perhaps",
        "/Patient?_elements=gender&_summary=true",
        "/Patient?birthdate=yesterday",
        "/Patient?nonsense=1",
        "/Spaceship",
        "/Patient/" + "x/y/z/w/v/u",
        "/Patient/x/_history/one",
        "/Patient/x/Spaceship"
      })
  void anAddressIsRefused(String address) throws IOException {
    String answer = raw(address, "127.0.0.1");
    refused(Integer.parseInt(answer.substring(9, 12)), answer);
  }

  /** Whatever a header says, it is understood, left aside or refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: image/png",
        "Accept: ///",
        "Accept: ;;;q=x",
        "Accept: application/fhir+json;q=abc",
        "Accept: application/fhir+json; fhirVersion=5.0",
        "Accept: ,",
        "Accept-Encoding: gzip;q=x, ;;, *",
        "If-None-Match: \"\"\"",
        "If-None-Match: W/\"99999999999999999999\"",
        "If-Modified-Since: Sun, 99 Foo 2026 99:99:99 GMT",
        "Prefer: return=everything; handling=\u0001",
        "Range: bytes=5-1",
        "Expect: nothing",
        "Content-Type: \u0001",
        "Content-Length: x",
        "X-HTTP-Method-Override: DELETE",
        "X-Forwarded-Host: evil.example",
        "Forwarded: host=evil.example"
      })
  void aHeaderMakesNoFaultOfOurs(String header) throws IOException {
    for (String address : new String[] {"/Patient?_count=1", "/Patient/x", "/Binary/x"}) {
      String answer = raw(address, "127.0.0.1\r\n" + header);
      assertThat(answer).as(address).matches("(?s)HTTP/1\\.1 [1234]\\d\\d.*");
      assertThat(answer).doesNotContain("Exception").doesNotContain("evil.example");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-Match: 1",
        "If-Match: W/\"x\"",
        "If-Match: W/\"1\", W/\"2\"",
        "If-Match: *",
        "Content-Encoding: br",
        "Content-Encoding: gzip, gzip",
        "Content-Type: application/fhir+json; charset=latin1",
        "Content-Type: multipart/form-data"
      })
  void aHeaderMakesAChangeImpossible(String header) {
    String[] parts = header.split(": ", 2);
    String type = parts[0].equals("Content-Type") ? parts[1] : JSON;
    var request =
        HttpRequest.newBuilder(URI.create(Staff.INSTALLATION.fhir() + "/Patient/" + newest))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + Partner.token())
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofString(patient("\"id\":\"" + newest + "\"")));
    if (!parts[0].equals("Content-Type")) {
      request.header(parts[0], parts[1]);
    }
    try {
      HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
      refused(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?_type=Spaceship",
        "?_type=&_count=0",
        "?_type=Patient,,Observation",
        "/Location?near=999999999999999999999999999999999999%7C1",
        "/Location?near=1%7C1%7C1e999999999%7Ckm",
        "/Location?partof:below=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "/Patient/x/$meta-add",
        "/Patient/x/$nothing",
        "/$nothing",
        "/Binary/x/y/z"
      })
  void anUnusualAddressMakesNoFaultOfOurs(String address) throws IOException {
    String answer = raw(address, "127.0.0.1");
    assertThat(answer).matches("(?s)HTTP/1\\.1 [24]\\d\\d.*").doesNotContain("Exception");
  }

  @Test
  void threeHundredParametersAreRefused() throws IOException {
    String answer = raw("/Patient?" + "name=a&".repeat(300) + "name=b", "127.0.0.1");
    refused(Integer.parseInt(answer.substring(9, 12)), answer);
  }

  @Test
  void aHugeCountGivesAPage() {
    Web.Answer answer = Partner.get("/Patient?_count=2000000000&_elements=id");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("entry").size()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void includesThatLeadInCirclesEnd() {
    Web.Answer answer =
        Partner.get(
            "/Patient?_id="
                + newest
                + "&_include:iterate=Observation:subject&_revinclude:iterate=Observation:subject"
                + "&_include:iterate=Patient:link&_revinclude:iterate=Patient:link");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "transaction"})
  void twentyThousandEntriesAreRefused(String type) {
    String entry =
        "{\"resource\":{\"resourceType\":\"Patient\"},"
            + "\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}";
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\""
            + type
            + "\",\"entry\":["
            + (entry + ",").repeat(19_999)
            + entry
            + "]}";
    HttpResponse<String> answer = post("", bundle.getBytes(UTF_8), "Content-Type", JSON);
    refused(answer.statusCode(), answer.body());
  }

  @Test
  void noAnswerRepeatsAForgedHost() throws IOException {
    String answer = raw("/Patient?_count=1", "evil.example");
    assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("evil.example");
    assertThat(raw("/metadata", "evil.example")).doesNotContain("evil.example");
    assertThat(raw("?_type=Patient&_count=1", "evil.example"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("evil.example");
  }

  @Test
  void noPageLeadsToAForgedHost() throws IOException {
    for (URI page :
        List.of(
            Staff.INSTALLATION.portal().resolve("/portal/home.xhtml"),
            Staff.INSTALLATION.portal().resolve("/portal/"),
            Staff.INSTALLATION.hospital("north").resolve("/terminal/home.xhtml"),
            Staff.INSTALLATION.hospital("north"))) {
      String answer = pageFor(page, "evil.example");
      assertThat(answer).as("%s", page).startsWith("HTTP/1.1 302").doesNotContain("evil.example");
    }
  }

  @Test
  void aNameThatNoDatabaseKeepsIsRefusedLikeAnyOther() {
    for (String name : List.of("dr.north\u0000", "\u0000", "x".repeat(100_000))) {
      assertThat(Terminal.signingIn(Staff.INSTALLATION, "north", name, "not my password").status())
          .isIn(401, 429);
    }
  }

  private static String pageFor(URI page, String host) throws IOException {
    try (Socket socket =
        Web.tls(Staff.INSTALLATION, null, "")
            .getSocketFactory()
            .createSocket(page.getHost(), page.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(page.getPath(), host);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** Sends an address as it is, which Java's clients would not. */
  private static String raw(String address, String host) throws IOException {
    URI fhir = Staff.INSTALLATION.fhir();
    try (var socket = new Socket(fhir.getHost(), fhir.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String request =
          "GET %s%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
              .formatted(fhir.getPath(), address, host, Partner.token());
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
