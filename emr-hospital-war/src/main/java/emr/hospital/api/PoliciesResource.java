package emr.hospital.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Referral;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import emr.hospital.access.Permission;
import emr.hospital.access.PolicyMaker;
import emr.hospital.access.SignedIn;
import emr.hospital.communication.HospitalIdentity;
import emr.hospital.temporarystore.Chart;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.Hold;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Standing policies that this hospital makes about its records (claims 10, 11, 14, 15). */
@ApplicationScoped
@Path("policies")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class PoliciesResource {

  @Inject Body body;
  @Inject SignedIn signedIn;
  @Inject PolicyMaker maker;
  @Inject TemporaryStore store;
  @Inject Charts charts;
  @Inject HospitalIdentity identity;

  /** Every policy made here, as FHIR Consents, withdrawn ones included. */
  @GET
  public String list() {
    Author who = signedIn.require(Permission.POLICY_MAKE).author();
    ObjectNode said = Said.object();
    said.set("policies", Said.entries(charts.policies(who)));
    return said.toString();
  }

  /**
   * {@code {"refuses", "patient", "hospital", "role", "user", "types": [], "sensitivities": ["R",
   * "HIV"], "rights": ["READ", "STORE"], "from", "until", "paper", "referral": {"reason",
   * "urgent"}}}; only {@code rights} are needed, and {@code hospital} unless it refuses or names a
   * role alone. It is sent at once. See {@link AccessPolicy}; with {@code referral}, {@link
   * Referral}.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response make(InputStream request) {
    Author author = signedIn.require(Permission.POLICY_MAKE).author();
    ObjectNode given = body.object(request);
    AccessPolicy policy = policy(given);
    return saved(
        given.hasNonNull("referral")
            ? maker.refer(referral(policy, given.path("referral")), author)
            : maker.make(policy, author));
  }

  private static Referral referral(AccessPolicy policy, JsonNode given) {
    String reason = Body.text(given, "reason");
    try {
      return new Referral(policy, reason, given.path("urgent").asBoolean());
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.UNPROCESSABLE, String.valueOf(e.getMessage())).initCause(e);
    }
  }

  /** {@code {"reason"}}: withdraws a policy by a new version that is not in force and says why. */
  @POST
  @Path("{id}/withdraw")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response withdraw(@PathParam("id") String id, InputStream request) {
    Author author = signedIn.require(Permission.POLICY_MAKE).author();
    String because = Body.text(body.object(request), "reason");
    Chart.Entry current =
        charts.policies(author).stream()
            .filter(entry -> entry.record().id().equals(id))
            .findFirst()
            .orElseThrow(Refusal::notPermitted);
    return saved(
        maker.withdraw(
            current.record(), current.number(), Body.read(current.content()), because, author));
  }

  private Response saved(Submission submission) {
    return Response.status(Response.Status.CREATED)
        .entity(Said.custody(store.save(submission, Hold.NONE)).toString())
        .build();
  }

  private AccessPolicy policy(ObjectNode given) {
    Set<String> types = new TreeSet<>();
    given.path("types").forEach(type -> types.add(type.asText()));
    try {
      Instant from = instant(given, "from");
      Set<AccessRight> rights = EnumSet.noneOf(AccessRight.class);
      given.path("rights").forEach(right -> rights.add(AccessRight.valueOf(upper(right))));
      return new AccessPolicy(
              given.path("refuses").asBoolean(),
              identity.hospital(),
              given.hasNonNull("patient") ? new PatientId(given.path("patient").asText()) : null,
              given.hasNonNull("hospital") ? new HospitalId(Body.text(given, "hospital")) : null,
              given.hasNonNull("role") ? Role.valueOf(upper(given.path("role"))) : null,
              given.hasNonNull("user") ? given.path("user").asText() : null,
              types,
              sensitivities(given),
              rights,
              (from == null ? Instant.now() : from).truncatedTo(ChronoUnit.SECONDS),
              instant(given, "until"),
              true)
          .onPaper(given.hasNonNull("paper") ? RecordId.parse(given.path("paper").asText()) : null);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw (Refusal)
          new Refusal(
                  Reason.UNPROCESSABLE,
                  "A hospital, patient, role, right, sensitivity or time is not written right, or"
                      + " they do not go together.")
              .initCause(e);
    }
  }

  private static Set<Sensitivity> sensitivities(ObjectNode given) {
    Set<Sensitivity> named = EnumSet.noneOf(Sensitivity.class);
    for (JsonNode code : given.path("sensitivities")) {
      named.add(
          Sensitivity.of(code.asText())
              .orElseThrow(() -> new IllegalArgumentException("no such sensitivity is known")));
    }
    return named;
  }

  private static String upper(JsonNode text) {
    return text.asText().toUpperCase(Locale.ROOT);
  }

  private static @Nullable Instant instant(ObjectNode given, String field) {
    return given.hasNonNull(field)
        ? OffsetDateTime.parse(given.path(field).asText()).toInstant()
        : null;
  }
}
