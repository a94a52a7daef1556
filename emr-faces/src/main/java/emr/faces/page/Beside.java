package emr.faces.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.account.Draft;
import emr.account.DraftFile;
import emr.account.DraftFiles;
import emr.account.Notebook;
import emr.account.Ticket;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.FhirText;
import emr.faces.Viewpoint;
import emr.faces.account.Entrance;
import emr.faces.account.MustWait;
import emr.faces.account.PersonFilter;
import emr.faces.account.Shown;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.shiro.authc.AuthenticationException;

/**
 * What {@code emr.js} asks for while a page stays open, in JSON: {@code live} counts, a {@code
 * draft} to keep, a {@code file} to attach to it or take out, and to come in {@code again} after
 * the session was closed. Each request carries a header that no form of another site can send.
 */
public abstract class Beside extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /**
   * Header with a file's name, percent-encoded: names tell of patients, and addresses are logged.
   */
  private static final String NAME = "X-EMR-Name";

  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;

  /** What changes on every page without being asked for: words of the frame, by their places. */
  protected abstract JsonObjectBuilder live();

  protected abstract Notebook notebook();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (forbidden(request, response)) {
      return;
    }
    if (!"/live".equals(request.getPathInfo())) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    answer(response, HttpServletResponse.SC_OK, live().build());
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (forbidden(request, response)) {
      return;
    }
    try {
      switch (String.valueOf(request.getPathInfo())) {
        case "/draft" -> keep(read(request), response);
        case "/file" -> attach(request, response);
        case "/file-removed" -> detach(read(request), response);
        case "/again" -> comeIn(read(request), request, response);
        default -> response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      }
    } catch (JsonException
        | ClassCastException
        | IllegalArgumentException
        | NullPointerException e) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST); // emr.js sends nothing of the kind
    } catch (Nobody e) {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } catch (Refusal refusal) {
      answer(
          response,
          refusal.reason().httpStatus(),
          Json.createObjectBuilder().add("say", explained(refusal)).build());
    }
  }

  private static String explained(Refusal refusal) {
    return viewpoint().explained(refusal);
  }

  private static Viewpoint viewpoint() {
    return new Viewpoint(Shown.language(), ZoneOffset.UTC, Instant.now());
  }

  private static boolean forbidden(HttpServletRequest request, HttpServletResponse response) {
    if (request.getHeader(PersonFilter.BESIDE) == null) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return true;
    }
    return false;
  }

  private static JsonObject read(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > 4L * Notebook.LONGEST_DRAFT) {
      throw Notebook.tooLong();
    }
    byte[] body = request.getInputStream().readNBytes(4 * Notebook.LONGEST_DRAFT);
    try (var reader = Json.createReader(new StringReader(new String(body, UTF_8)))) {
      return reader.readObject();
    }
  }

  /** Nobody is signed in any more. */
  private static final class Nobody extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  private static String user() {
    return Entrance.ticket().map(Ticket::user).orElseThrow(Nobody::new);
  }

  private void keep(JsonObject sent, HttpServletResponse response) {
    String user = user();
    JsonObject fields = sent.getJsonObject("fields");
    for (JsonValue value : fields.values()) {
      if (!(value instanceof JsonString)) {
        throw new IllegalArgumentException("fields are words");
      }
    }
    notebook()
        .keep(
            new Draft(
                UUID.fromString(sent.getString("id")),
                user,
                new PatientId(sent.getString("patient")),
                "entry",
                EntryPage.content(sent.getString("name", ""), fields),
                Instant.now()));
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /** The body is the file: nothing of it is written down before it is sealed. */
  private void attach(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String user = user();
    UUID draft = UUID.fromString(request.getParameter("draft"));
    String name = URLDecoder.decode(request.getHeader(NAME), UTF_8);
    if (request.getContentLengthLong() > DraftFiles.LARGEST) {
      throw DraftFiles.wrongSize();
    }
    byte[] content = request.getInputStream().readNBytes(DraftFiles.LARGEST + 1);
    DraftFile file =
        notebook().files().attach(draft, user, name, request.getContentType(), content);
    answer(
        response,
        HttpServletResponse.SC_CREATED,
        Json.createObjectBuilder()
            .add("id", file.id().toString())
            .add("name", file.name())
            .add("size", FhirText.size(file.size(), viewpoint()))
            .build());
  }

  private void detach(JsonObject sent, HttpServletResponse response) {
    notebook()
        .files()
        .detach(
            UUID.fromString(sent.getString("draft")),
            UUID.fromString(sent.getString("file")),
            user());
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private static void comeIn(
      JsonObject sent, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String user = sent.getString("user");
    try {
      Ticket ticket =
          Entrance.signIn(request, user, sent.getString("password"), sent.getString("code"));
      answer(
          response,
          HttpServletResponse.SC_OK,
          Json.createObjectBuilder().add("stay", !ticket.mustChange()).build());
    } catch (MustWait e) {
      response.setHeader("Retry-After", Long.toString(e.seconds()));
      response.setStatus(TOO_MANY);
    } catch (AuthenticationException e) {
      response.setStatus(UNPROCESSABLE); // 401 would say that nobody is signed in yet
    }
  }

  private static void answer(HttpServletResponse response, int status, JsonObject said)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().print(said);
  }
}
