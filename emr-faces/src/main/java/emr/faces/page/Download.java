package emr.faces.page;

import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.hl7.fhir.r4.model.Binary;

/** Sends a file of a record to the browser as the answer to a Faces request. */
public final class Download {

  /** What a browser may show itself; everything else is saved, so that no file can run here. */
  private static final Set<String> SHOWN =
      Set.of("application/pdf", "image/jpeg", "image/png", "text/plain");

  private Download() {}

  /**
   * @param name under which a browser saves it
   */
  public static void send(FacesContext faces, Binary file, String name) throws IOException {
    String type = file.hasContentType() ? file.getContentType() : "";
    send(faces, name, type, file.getData() == null ? new byte[0] : file.getData(), false);
  }

  /** Whether a browser may show files of {@code type} in a page. */
  public static boolean isShown(String type) {
    return SHOWN.contains(type);
  }

  /**
   * @param inline whether the browser may show it rather than save it, if it is of a harmless kind
   */
  public static void send(FacesContext faces, String name, String type, byte[] data, boolean inline)
      throws IOException {
    var answer = faces.getExternalContext();
    boolean known = SHOWN.contains(type) || type.startsWith("text/csv");
    answer.responseReset();
    answer.setResponseContentType(known ? type : "application/octet-stream");
    answer.setResponseContentLength(data.length);
    answer.setResponseHeader("Cache-Control", "no-store");
    answer.setResponseHeader("X-Content-Type-Options", "nosniff");
    answer.setResponseHeader(
        "Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'self'");
    answer.setResponseHeader(
        "Content-Disposition",
        (inline && SHOWN.contains(type) ? "inline" : "attachment")
            + "; filename*=UTF-8''"
            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    answer.getResponseOutputStream().write(data);
    faces.responseComplete();
  }
}
