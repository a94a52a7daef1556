package emr.communication;

import emr.communication.representation.Negotiation;
import emr.exchange.record.RecordVersion;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is asked most, a plain GET of what is kept, before JAX-RS is troubled with it, which
 * would cost as much again as the answer. It asks the same {@link FhirReader} as {@link
 * FhirResource} and says the same; whatever is spelled unusually, is conditional, or is wanted in
 * another form is left to that one.
 */
@Dependent
@SuppressWarnings("NullAway.Init") // the container injects
class PlainReads {

  /**
   * A search, a read, a vread, a history, a compartment or everything of a patient. A Binary is
   * read in another form than FHIR's, if nobody says otherwise.
   */
  private static final Pattern PATH =
      Pattern.compile(
          "(?!Binary/|"
              + Capabilities.WHO_SAW_DEFINED
              + "$)[A-Z][A-Za-z]{1,63}"
              + "(?:/[A-Za-z0-9.\\-]{1,64}(?:/_history(?:/[0-9]{1,9})?|/\\$everything|/[A-Z][A-Za-z]{1,63})?)?");

  /** What means the same however it is read. */
  private static final Pattern QUERY =
      Pattern.compile("(?:[A-Za-z0-9\\-._~:/?@!$&'()*+,=]|%[0-9A-Fa-f]{2})*+");

  @Inject FhirReader reader;
  @Inject Bearer bearer;
  @Inject Negotiation negotiation;

  /** False, and nothing is done, if the request is not for here. */
  boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = path(request);
    if (path == null) {
      return false;
    }
    String query = request.getQueryString();
    String url = request.getRequestURL().toString();
    String base = url.substring(0, url.length() - path.length());
    try {
      FhirReader.Answer answer =
          reader.read(query == null ? path : path + "?" + query, base, bearer.statement(request));
      version(answer.version(), base, response);
      Plain.send(answer.status(), answer.body(), response);
    } catch (RuntimeException fault) {
      Plain.send(FhirFaults.answer(fault), response);
    }
    return true;
  }

  /** What stands after the base; null if it is not for here. */
  private @Nullable String path(HttpServletRequest request) {
    String base = request.getContextPath() + "/fhir/";
    String uri = request.getRequestURI();
    String query = request.getQueryString();
    boolean plain =
        request.getMethod().equals("GET")
            && uri.startsWith(base)
            && request.getHeader(HttpHeaders.IF_NONE_MATCH) == null
            && request.getHeader(HttpHeaders.IF_MODIFIED_SINCE) == null
            && request.getHeader("Prefer") == null
            && PATH.matcher(uri.substring(base.length())).matches()
            && (query == null || QUERY.matcher(query).matches())
            && negotiation.isPlain(request);
    return plain ? uri.substring(base.length()) : null;
  }

  private static void version(
      @Nullable RecordVersion version, String base, HttpServletResponse response) {
    if (version != null) {
      response.setHeader(HttpHeaders.CONTENT_LOCATION, FhirResource.address(version, base));
      response.setHeader(HttpHeaders.ETAG, "W/\"" + version.number() + "\"");
      response.setDateHeader(HttpHeaders.LAST_MODIFIED, version.storedAt().toEpochMilli());
    }
  }
}
