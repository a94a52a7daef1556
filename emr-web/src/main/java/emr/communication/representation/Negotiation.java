package emr.communication.representation;

import emr.communication.representation.Wanted.Parsed;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Settles the form of the answer and knows the form of what came, before anything else is done;
 * whoever answers then reads and writes JSON. An answer that is wanted as it is kept costs nothing
 * here.
 */
@Provider
@PreMatching
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Negotiation implements ContainerRequestFilter {

  private static final String WANTED = Wanted.class.getName();
  private static final String FROM_XML = Negotiation.class.getName() + ".xml";
  private static final String FHIR_JSON = "application/fhir+json";

  private static final Pattern BROKEN = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private static final Set<String> JSON =
      Set.of(FHIR_JSON, "application/json", "application/json+fhir", "text/json");
  private static final Set<String> XML =
      Set.of("application/fhir+xml", "application/xml", "application/xml+fhir", "text/xml");

  /**
   * The addresses of {@code /fhir} that answers may name; the first where a caller names another.
   */
  @Inject
  @ConfigProperty(name = "emr.fhir.bases", defaultValue = "https://localhost/fhir")
  List<String> bases;

  @Context HttpServletRequest http;

  private Set<String> hosts = Set.of();

  @PostConstruct
  void readHosts() {
    hosts =
        bases.stream()
            .map(base -> URI.create(base).getRawAuthority())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether the answer is wanted as it is kept, by whom we know under the name that they call us.
   */
  public boolean isPlain(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    String query = request.getQueryString();
    return hosts.contains(String.valueOf(request.getHeader(HttpHeaders.HOST)))
        && (accept == null || Wanted.preferred(accept) == Wanted.PLAIN)
        && (query == null || !Wanted.isNamedIn(query))
        && !Rendering.takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!hosts.contains(request.getHeaderString(HttpHeaders.HOST))) {
      rebase(request);
    }
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    URI uri = request.getUriInfo().getRequestUri();
    String query = uri.getRawQuery();
    if (query != null && query.contains("%25")) {
      requireEncoded();
    }
    boolean named = query != null && Wanted.isNamedIn(query);
    boolean formless = named && query.contains("_format=");
    Wanted wanted =
        formless || (!named && NativeBinary.ask(request, accept))
            ? Wanted.PLAIN
            : Wanted.accepting(accept);
    if (named) {
      Parsed parsed = wanted.with(query);
      wanted = parsed.wanted();
      request.setRequestUri(
          UriBuilder.fromUri(uri)
              .replaceQuery(parsed.rest().isEmpty() ? null : parsed.rest())
              .build());
    }
    if (wanted != Wanted.PLAIN) {
      request.setProperty(WANTED, wanted);
    }
    if (accept != null) {
      request.getHeaders().putSingle(HttpHeaders.ACCEPT, "*/*");
    }
    String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (type != null) {
      content(request, type);
    }
  }

  /** Jersey repairs what is not encoded as it must be, and then means something else. */
  private void requireEncoded() {
    String query = http.getQueryString();
    if (query != null && BROKEN.matcher(query).find()) {
      throw new Refusal(Reason.NOT_SUPPORTED, "The query is not percent-encoded UTF-8.");
    }
  }

  /** No answer repeats a Host that is not ours. */
  private void rebase(ContainerRequestContext request) {
    String old = request.getUriInfo().getBaseUri().toString().replaceFirst("/$", "");
    String asked = request.getUriInfo().getRequestUri().toString();
    if (asked.startsWith(old)) { // the base itself may come without its slash
      String base = bases.get(0);
      request.setRequestUri(
          URI.create(base + "/"), URI.create(base + asked.substring(old.length())));
    }
  }

  /** JSON and XML are all called {@code application/fhir+json} from here on. */
  private static void content(ContainerRequestContext request, String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    boolean isFhir = XML.contains(type) || JSON.contains(type);
    if (!isFhir && NativeBinary.send(request, contentType.strip())) {
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, FHIR_JSON);
      return;
    }
    if (semicolon >= 0) {
      parameters(contentType.substring(semicolon + 1).toLowerCase(Locale.ROOT));
    }
    if (XML.contains(type)) {
      request.setProperty(FROM_XML, true);
    }
    if (isFhir) {
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, FHIR_JSON);
    }
  }

  private static void parameters(String parameters) {
    for (String parameter : parameters.split(";")) {
      String plain = parameter.replace("\"", "").strip();
      boolean other =
          plain.startsWith("charset=") && !plain.equals("charset=utf-8")
              || plain.startsWith("fhirversion=") && !plain.startsWith("fhirversion=4.0");
      if (other) {
        throw new NotSupportedException();
      }
    }
  }

  /** What was settled for {@code request}. */
  static Wanted wanted(ContainerRequestContext request) {
    return request.getProperty(WANTED) instanceof Wanted wanted ? wanted : Wanted.PLAIN;
  }

  /** A form that was posted may settle it too. */
  static String settle(ContainerRequestContext request, String form) {
    if (!Wanted.isNamedIn(form)) {
      return form;
    }
    Parsed parsed = wanted(request).with(form);
    request.setProperty(WANTED, parsed.wanted());
    return parsed.rest();
  }

  static boolean isFromXml(ContainerRequestContext request) {
    return request.getProperty(FROM_XML) != null;
  }
}
