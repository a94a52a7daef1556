package emr.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * One caller of one server over HTTP, with cookies of its own. It trusts the installation's
 * authority and nobody else.
 */
public final class Web {

  /** Reads and writes any JSON. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final URI base;
  private final HttpClient client;

  private Web(URI base, HttpClient client) {
    this.base = base;
    this.client = client;
  }

  /**
   * A caller with no certificate.
   *
   * @param base what paths are resolved against
   */
  public static Web to(URI base, Installation installation) {
    return new Web(base, client(tls(installation, null, "")));
  }

  /**
   * A caller with a certificate of its own.
   *
   * @param keys one private key and its certificate
   */
  public static Web to(URI base, Installation installation, KeyStore keys, String password) {
    return new Web(base, client(tls(installation, keys, password)));
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .version(HttpClient.Version.HTTP_1_1)
        .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(PATIENCE)
        .build();
  }

  static SSLContext tls(Installation installation, @Nullable KeyStore keys, String password) {
    try {
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(keyManagers(keys, password), trust(installation).getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  private static KeyManager @Nullable [] keyManagers(@Nullable KeyStore keys, String password)
      throws GeneralSecurityException {
    if (keys == null) {
      return null;
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, password.toCharArray());
    return factory.getKeyManagers();
  }

  private static TrustManagerFactory trust(Installation installation)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    Path authority = installation.home().resolve("keys").resolve("ca.pem");
    try (InputStream in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory;
  }

  /**
   * What a server answered.
   *
   * @param body as text, empty if there was none
   */
  public record Answer(int status, HttpHeaders headers, String body) {

    /**
     * The body as JSON.
     *
     * @throws UnexpectedAnswer if it is none
     */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new UnexpectedAnswer("an answer that is not JSON, status " + status, e);
      }
    }

    /** This answer, which must have a status of 200 to 299. */
    public Answer successful(String what) {
      if (status < 200 || status > 299) {
        throw new UnexpectedAnswer(what + ": status " + status + ", " + excerpt(), null);
      }
      return this;
    }

    private String excerpt() {
      return body.length() > 600 ? body.substring(0, 600) + "…" : body;
    }
  }

  /** A server answered otherwise than the caller counted on. */
  public static final class UnexpectedAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnexpectedAnswer(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** Posts JSON. */
  public Answer post(String path, JsonNode body, String... headers) {
    return send("POST", path, body.toString(), with(headers, "Content-Type", "application/json"));
  }

  /** Puts JSON. */
  public Answer put(String path, JsonNode body, String... headers) {
    return send("PUT", path, body.toString(), with(headers, "Content-Type", "application/json"));
  }

  /**
   * Any request.
   *
   * @param headers names and values in turn
   * @throws UncheckedIOException if the server cannot be reached
   */
  public Answer send(String method, String path, @Nullable String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(
                method.toUpperCase(Locale.ROOT),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + base + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String[] with(String[] headers, String... more) {
    var all = java.util.Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }
}
