package emr.hospital.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.hospital.access.SignedIn;
import emr.hospital.access.Staff;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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

  /** {@code {"user", "password"}}; answered by a session cookie and who it is. */
  @POST
  public String signIn(InputStream request) {
    ObjectNode given = body.object(request);
    Staff staff = signedIn.signIn(Body.text(given, "user"), Body.text(given, "password"));
    return Said.object()
        .put("user", staff.user())
        .put("name", staff.name())
        .put("role", staff.role().name())
        .toString();
  }

  @DELETE
  @Consumes(MediaType.WILDCARD)
  public void signOut() {
    signedIn.signOut();
  }
}
