package emr.hospital.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Author;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.access.Staff;
import emr.hospital.communication.HospitalIdentity;
import emr.hospital.temporarystore.Custody;
import emr.hospital.temporarystore.Hold;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the hospital's own systems save, and where it is on its way. */
@ApplicationScoped
@Path("submissions")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class SubmissionsResource {

  @Inject Body body;
  @Inject StrictFhir fhir;
  @Inject SignedIn signedIn;
  @Inject TemporaryStore store;
  @Inject HospitalIdentity identity;

  /**
   * Saves a transaction Bundle about one patient as one submission of the caller's.
   *
   * @param hold {@code default}, {@code now} or {@code released}
   * @param key a UUID that becomes the submission's id, so that a repeated request saves once
   * @return 201 with the submission's id, its state, and the reference given to each entry
   */
  @POST
  @Consumes({MediaType.APPLICATION_JSON, Api.FHIR})
  public Response save(
      @QueryParam("hold") @DefaultValue("default") String hold,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      InputStream request) {
    Staff staff = signedIn.require(Permission.RECORD_STORE);
    Hold wanted = hold(hold);
    UUID id = key == null ? UUID.randomUUID() : uuid(key);
    if (key != null && store.custody(id).isPresent()) {
      return created(custody(id, staff));
    }
    var submitted = Placeholders.resolve(body.object(request));
    var entries = new ArrayList<Submission.Entry>(submitted.records().size());
    for (Placeholders.Resolved resolved : submitted.records()) {
      String content = resolved.content().toString();
      fhir.check(resolved.record(), content, entries.size());
      entries.add(new Submission.Entry(resolved.record(), resolved.basedOn(), content));
    }
    Submission submission;
    try {
      submission =
          new Submission(
              id,
              identity.hospital(),
              submitted.patient(),
              staff.author(),
              Instant.now().truncatedTo(ChronoUnit.MILLIS),
              entries);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.UNPROCESSABLE, "A submission has 1 to 10000 different records.");
    }
    return created(Said.custody(store.save(submission, wanted)), submitted);
  }

  private static Response created(ObjectNode said, Placeholders.Submitted submitted) {
    ArrayNode given = said.putArray("given");
    for (Placeholders.Resolved resolved : submitted.records()) {
      given
          .addObject()
          .put("fullUrl", resolved.fullUrl())
          .put("reference", resolved.record().toString())
          .put("number", resolved.basedOn() + 1);
    }
    return created(said);
  }

  private static Response created(ObjectNode said) {
    return Response.created(URI.create("submissions/" + said.path("submission").asText()))
        .entity(said.toString())
        .build();
  }

  /** The submission's state, with the time of each step. */
  @GET
  @Path("{id}")
  public String read(@PathParam("id") String id) {
    return custody(uuid(id), signedIn.require(Permission.OUTBOX_READ)).toString();
  }

  /** Sends a held submission now. */
  @POST
  @Path("{id}/send")
  public String send(@PathParam("id") String id) {
    Staff staff = signedIn.require(Permission.OUTBOX_READ);
    return said(store.sendNow(uuid(id), staff.author(), manages(staff), null));
  }

  /** {@code {"reason"}}: takes a held submission back. */
  @POST
  @Path("{id}/recall")
  @Consumes(MediaType.APPLICATION_JSON)
  public String recall(@PathParam("id") String id, InputStream request) {
    Staff staff = signedIn.require(Permission.OUTBOX_READ);
    Author author = staff.author();
    return said(store.recall(uuid(id), author, manages(staff), reason(request)));
  }

  /** {@code {"reason"}}: gives up a submission that was set aside. */
  @POST
  @Path("{id}/withdraw")
  @Consumes(MediaType.APPLICATION_JSON)
  public String withdraw(@PathParam("id") String id, InputStream request) {
    Staff staff = signedIn.require(Permission.OUTBOX_READ);
    return said(store.withdraw(uuid(id), staff.author(), manages(staff), reason(request)));
  }

  /** Sends a submission again that was set aside. */
  @POST
  @Path("{id}/retry")
  public String retry(@PathParam("id") String id) {
    Staff staff = signedIn.require(Permission.OUTBOX_READ);
    return said(store.tryAgain(uuid(id), staff.author(), manages(staff)));
  }

  private String reason(InputStream request) {
    return Body.text(body.object(request), "reason");
  }

  private ObjectNode custody(UUID id, Staff staff) {
    return store
        .custody(id)
        .filter(c -> manages(staff) || c.author().user().equals(staff.user()))
        .map(Said::custody)
        .orElseThrow(Refusal::notPermitted);
  }

  private static boolean manages(Staff staff) {
    return staff.may(Permission.OUTBOX_MANAGE);
  }

  private static String said(Custody custody) {
    return Said.custody(custody).toString();
  }

  private static Hold hold(String text) {
    return switch (text) {
      case "default" -> Hold.USUAL;
      case "now" -> Hold.NONE;
      case "released" -> Hold.UNTIL_RELEASED;
      default -> throw new Refusal(Reason.MALFORMED, "hold is default, now or released.");
    };
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.MALFORMED, "A submission's id is a UUID.");
    }
  }
}
