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
    var answer = faces.getExternalContext();
    boolean shown = file.hasContentType() && SHOWN.contains(file.getContentType());
    answer.responseReset();
    answer.setResponseContentType(shown ? file.getContentType() : "application/octet-stream");
    answer.setResponseContentLength(file.getData() == null ? 0 : file.getData().length);
    answer.setResponseHeader("Cache-Control", "no-store");
    answer.setResponseHeader("X-Content-Type-Options", "nosniff");
    answer.setResponseHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    answer.setResponseHeader(
        "Content-Disposition",
        "attachment; filename*=UTF-8''"
            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    if (file.getData() != null) {
      answer.getResponseOutputStream().write(file.getData());
    }
    faces.responseComplete();
  }
}
