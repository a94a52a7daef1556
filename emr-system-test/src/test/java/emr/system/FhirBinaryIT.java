package emr.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binaries go in and out as the bytes that they hold, or as resources. */
class FhirBinaryIT {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** All values of a byte, which no text survives. */
  private static final byte[] PICTURE = new byte[2048];

  static {
    for (int i = 0; i < PICTURE.length; i++) {
      PICTURE[i] = (byte) (i * 7);
    }
  }

  private static HttpResponse<byte[]> send(
      String method, String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(Staff.INSTALLATION.fhir() + path))
            .header("Authorization", "Bearer " + Partner.token())
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String made(byte[] content, String... headers) {
    HttpResponse<byte[]> answer = send("POST", "/Binary", content, headers);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(201);
    return header(answer, "Location").replaceFirst(".*(/Binary/[^/]+)/_history/1", "$1");
  }

  private static JsonNode resource(String address) {
    return Partner.get(address, "Accept", "application/fhir+json").successful(address).json();
  }

  @Test
  void bytesThatAreSentAreABinaryOfTheirType() {
    String address = made(PICTURE, "Content-Type", "image/png");

    JsonNode binary = resource(address);
    assertThat(binary.path("contentType").asText()).isEqualTo("image/png");
    assertThat(Base64.getDecoder().decode(binary.path("data").asText())).isEqualTo(PICTURE);
    assertThat(binary.has("securityContext")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "*/*", "application/pdf, image/*;q=0.5", ""})
  void whoAsksForNoFormOfFhirGetsTheBytes(String accept) {
    String address = made(PICTURE, "Content-Type", "image/png");
    String[] headers = accept.isEmpty() ? new String[0] : new String[] {"Accept", accept};

    for (String path : new String[] {address, address + "/_history/1"}) {
      HttpResponse<byte[]> answer = send("GET", path, null, headers);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(PICTURE);
      assertThat(header(answer, "Content-Type")).isEqualTo("image/png");
      assertThat(header(answer, "ETag")).isEqualTo("W/\"1\"");
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "Content-Security-Policy")).isEqualTo("sandbox");
      assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment");
    }
    HttpResponse<byte[]> head = send("HEAD", address, null, headers);
    assertThat(header(head, "Content-Type")).isEqualTo("image/png");
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/fhir+xml", "text/xml", "application/json, image/png"})
  void whoNamesAFormOfFhirGetsTheResource(String accept) {
    String address = made(PICTURE, "Content-Type", "image/png");

    Web.Answer answer = Partner.get(address, "Accept", accept).successful(address);

    assertThat(answer.body()).contains("Binary").contains("image/png");
    assertThat(Partner.get(address + "?_format=json", "Accept", "image/png").json().has("data"))
        .isTrue();
  }

  @Test
  void aNewVersionMayBeOfAnotherType() throws IOException {
    String address = made(PICTURE, "Content-Type", "image/png");
    String text = "治療 <script>x</script>";
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }

    HttpResponse<byte[]> updated =
        send(
            "PUT",
            address,
            packed.toByteArray(),
            "Content-Type",
            "text/html; charset=utf-8",
            "Content-Encoding",
            "gzip",
            "If-Match",
            "W/\"1\"");

    assertThat(updated.statusCode()).as(new String(updated.body(), UTF_8)).isEqualTo(200);
    HttpResponse<byte[]> now = send("GET", address, null);
    assertThat(new String(now.body(), UTF_8)).isEqualTo(text);
    assertThat(header(now, "Content-Type").replace(" ", "")).isEqualTo("text/html;charset=utf-8");
    assertThat(send("GET", address + "/_history/1", null).body()).isEqualTo(PICTURE);
    assertThat(
            send("PUT", address, PICTURE, "Content-Type", "image/png", "If-Match", "W/\"1\"")
                .statusCode())
        .isEqualTo(412);
  }

  @Test
  void aClientChoosesItsIdAndAnEmptyOneIsEmpty() {
    String address = "/Binary/" + UUID.randomUUID();

    assertThat(send("PUT", address, new byte[0], "Content-Type", "text/plain").statusCode())
        .isEqualTo(201);
    HttpResponse<byte[]> read = send("GET", address, null);
    assertThat(read.body()).isEmpty();
    assertThat(header(read, "Content-Type")).startsWith("text/plain");
  }

  @Test
  void whatStandsForItInJudgementsStaysWithIt() {
    Web.Answer patient =
        Partner.send(
            "POST",
            "/Patient",
            "{\"resourceType\":\"Patient\"}",
            "Content-Type",
            "application/fhir+json");
    String reference =
        patient
            .headers()
            .firstValue("Location")
            .orElseThrow()
            .replaceFirst(".*/(Patient/[^/]+)/.*", "$1");

    String address = made(PICTURE, "Content-Type", "image/png", "X-Security-Context", reference);

    assertThat(resource(address).at("/securityContext/reference").asText()).isEqualTo(reference);
    assertThat(header(send("GET", address, null), "X-Security-Context")).isEqualTo(reference);
    // it lies in the patient's chart, and is judged with it
    assertThat(Partner.get("/" + reference + "/$everything").body()).contains(address.substring(1));
    assertThat(
            send(
                    "POST",
                    "/Binary",
                    PICTURE,
                    "Content-Type",
                    "image/png",
                    "X-Security-Context",
                    "Patient/nobody-has-this-id")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void badBinariesAreRefused() {
    assertThat(
            send("POST", "/Binary", PICTURE, "Content-Type", "image/png", "Content-Encoding", "br")
                .statusCode())
        .isEqualTo(415);
    assertThat(send("POST", "/Patient", PICTURE, "Content-Type", "image/png").statusCode())
        .isEqualTo(415);
    assertThat(send("POST", "/Binary", PICTURE, "Content-Type", "application/json").statusCode())
        .isEqualTo(400);
    assertThat(send("GET", "/Binary/nobody-has-this-id", null).statusCode()).isIn(403, 404);
    assertThat(send("GET", "/Patient/x", null, "Accept", "image/png").statusCode()).isEqualTo(406);
  }
}
