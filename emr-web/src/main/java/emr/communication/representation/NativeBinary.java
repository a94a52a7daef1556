package emr.communication.representation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.storage.FhirJson;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * <a href="http://hl7.org/fhir/R4/binary.html#rest">Binaries</a> as the bytes that they hold: read
 * so by whoever does not ask for a form of FHIR, and sent so under any type but one of FHIR's.
 */
final class NativeBinary {

  /** Stands for the record by which access to the Binary is judged. */
  private static final String SECURITY_CONTEXT = "X-Security-Context";

  private static final String ASKED = NativeBinary.class.getName();
  private static final String SENT_AS = ASKED + ".type";

  private static final Pattern ONE = Pattern.compile("Binary/([A-Za-z0-9.\\-]{1,64})");
  private static final Pattern READ = Pattern.compile(ONE + "(?:/_history/[^/]+)?");

  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[\\w!#$&^.+\\-]{1,127}/[\\w!#$&^.+\\-]{1,127}"
              + "(?: ?; ?[\\w\\-]{1,60}=(?:[\\w.:+\\-]{1,200}|\"[\\w.:+ \\-]{0,200}\")){0,9}");

  private static final Pattern REFERENCE = Pattern.compile("[\\w:/.\\-]{1,500}");

  private NativeBinary() {}

  /** Notes whether a Binary is to be read as it is, and says so. */
  static boolean ask(ContainerRequestContext request, @Nullable String accept) {
    String method = request.getMethod();
    boolean asked =
        (method.equals("GET") || method.equals("HEAD"))
            && !Wanted.namesForm(accept)
            && READ.matcher(request.getUriInfo().getPath()).matches();
    if (asked) {
      request.setProperty(ASKED, true);
    }
    return asked;
  }

  static boolean isAsked(ContainerRequestContext request) {
    return request.getProperty(ASKED) != null;
  }

  /** Notes whether bytes of {@code type}, none of FHIR's, come as a Binary, and says so. */
  static boolean send(ContainerRequestContext request, String type) {
    String path = request.getUriInfo().getPath();
    String method = request.getMethod();
    boolean creates = method.equals("POST") && path.equals("Binary");
    boolean updates =
        method.equals("PUT") && (path.equals("Binary") || ONE.matcher(path).matches());
    if (creates || updates) {
      request.setProperty(SENT_AS, type);
    }
    return creates || updates;
  }

  /** Whether {@link #read} makes a resource of what comes. */
  static boolean isSent(ContainerRequestContext request) {
    return request.getProperty(SENT_AS) != null;
  }

  /** The resource that holds {@code bytes}. */
  static byte[] read(ContainerRequestContext request, byte[] bytes) {
    ObjectNode binary = JsonNodeFactory.instance.objectNode().put("resourceType", "Binary");
    Matcher one = ONE.matcher(request.getUriInfo().getPath());
    if (one.matches()) {
      binary.put("id", one.group(1));
    }
    binary.put("contentType", String.valueOf(request.getProperty(SENT_AS)));
    String context = request.getHeaderString(SECURITY_CONTEXT);
    if (context != null && !context.isBlank()) {
      binary.putObject("securityContext").put("reference", context.strip());
    }
    if (bytes.length > 0) {
      binary.put("data", Base64.getEncoder().encodeToString(bytes));
    }
    return FhirJson.write(binary);
  }

  /**
   * Puts into {@code response} what a Binary holds. No browser shall show it in our name.
   *
   * @param kept the Binary
   * @return the bytes
   */
  static byte[] write(byte[] kept, ContainerResponseContext response) {
    ObjectNode binary = FhirJson.read(kept);
    String type = binary.path("contentType").asText();
    byte[] bytes = Base64.getMimeDecoder().decode(binary.path("data").asText());
    response.setEntity(
        bytes,
        response.getEntityAnnotations(),
        MEDIA_TYPE.matcher(type).matches()
            ? MediaType.valueOf(type)
            : MediaType.APPLICATION_OCTET_STREAM_TYPE);
    response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    response.getHeaders().putSingle("Content-Security-Policy", "sandbox");
    response.getHeaders().putSingle("Content-Disposition", "attachment");
    String context = binary.path("securityContext").path("reference").asText();
    if (REFERENCE.matcher(context).matches()) {
      response.getHeaders().putSingle(SECURITY_CONTEXT, context);
    }
    return bytes;
  }
}
