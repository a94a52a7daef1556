package emr.communication.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.communication.RequestBody;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirXml;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Makes JSON of what came, once it is known who sent it. However small it came, no more is read
 * than a request may have.
 */
@Provider
@Priority(Priorities.USER + 1000) // after who sent it is known
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Content implements ContainerRequestFilter {

  @Inject RequestBody body;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      if (!encoding.equalsIgnoreCase("gzip") && !encoding.equalsIgnoreCase("x-gzip")) {
        throw new NotSupportedException();
      }
      request.setEntityStream(unpacked(request));
      request.getHeaders().remove(HttpHeaders.CONTENT_ENCODING);
      request.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
    }
    if (NativeBinary.isSent(request)) {
      replace(request, NativeBinary.read(request, read(request)));
    } else if (Negotiation.isFromXml(request)) {
      replace(request, FhirXml.toJson(read(request)));
    } else if (isSearch(request)) {
      String form = new String(read(request), UTF_8);
      replace(request, Negotiation.settle(request, form).getBytes(UTF_8));
    }
  }

  private static boolean isSearch(ContainerRequestContext request) {
    return MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(request.getMediaType())
        && request.getUriInfo().getPath().endsWith("_search");
  }

  @SuppressWarnings("UnusedException") // says nothing more
  private static GZIPInputStream unpacked(ContainerRequestContext request) throws IOException {
    try {
      return new GZIPInputStream(request.getEntityStream(), 8192);
    } catch (ZipException e) {
      throw new Refusal(Reason.MALFORMED, "This is not gzip.");
    }
  }

  private byte[] read(ContainerRequestContext request) {
    return body.read(request.getEntityStream(), request.getLength());
  }

  private static void replace(ContainerRequestContext request, byte[] content) {
    request.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
    request.setEntityStream(new ByteArrayInputStream(content));
  }
}
