package emr.hospital.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.faces.account.MustWait;
import emr.hospital.access.SignedIn;
import emr.hospital.access.Staff;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Signs a system in, once for many requests: a password check is slow by design. */
@ApplicationScoped
@Path("session")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class SessionResource {

  @Inject Body body;
  @Inject SignedIn signedIn;

  /**
   * {@code {"user", "password", "code"}}, the code only for an account with a second factor;
   * answered by a session cookie and who it is, or by 429 and when to try again.
   */
  @POST
  public Response signIn(InputStream sent, @Context HttpServletRequest request) {
    ObjectNode given = body.object(sent);
    try {
      Staff staff =
          signedIn.signIn(
              request,
              Body.text(given, "user"),
              Body.text(given, "password"),
              given.path("code").asText(""));
      return Response.ok(
              Said.object()
                  .put("user", staff.user())
                  .put("name", staff.name())
                  .put("role", staff.role().name())
                  .toString())
          .build();
    } catch (MustWait e) {
      return Faults.tooMany("Too many tries failed. Try again later.", e.seconds());
    }
  }

  @DELETE
  @Consumes(MediaType.WILDCARD)
  public void signOut() {
    signedIn.signOut();
  }
}
