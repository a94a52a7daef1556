package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.control.ControlServer;
import emr.control.Stored;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.storage.FhirJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** FHIR REST, the interactions that write; {@link FhirResource} has the others. */
@ApplicationScoped
@Path("/")
@Produces({FhirResource.FHIR_JSON, MediaType.APPLICATION_JSON})
@SuppressWarnings("NullAway.Init") // the container injects
public class FhirWriting {

  private static final String FHIR_JSON_IN = "application/fhir+json";
  private static final Pattern VERSION_TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

  @Inject ControlServer control;
  @Inject FhirReader reader;
  @Inject RequestBody body;

  @POST
  @Path("{type}")
  @Consumes({FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response create(
      @PathParam("type") String type,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    AccessStatement by = StatementFilter.of(request);
    ObjectNode resource = FhirJson.read(body.read(in, headers));
    Writing.requireType(resource, type);
    return stored(Writing.create(resource, by), by, prefer, uri);
  }

  /**
   * {@code If-Match} says which version the author had before them. Without it the record must be
   * new: nobody adds to what they have not seen.
   */
  @PUT
  @Path("{type}/{id}")
  @Consumes({FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response update(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    AccessStatement by = StatementFilter.of(request);
    byte[] content = body.read(in, headers);
    ObjectNode resource = FhirJson.read(content);
    Writing.requireType(resource, type);
    RecordId record = FhirReader.record(type, id);
    if (!resource.path("id").asText().equals(id)) {
      throw new Refusal(Reason.MALFORMED, "The resource's id is not the one of the address.");
    }
    return stored(
        Writing.update(record, basedOn(ifMatch), resource, new String(content, UTF_8), by),
        by,
        prefer,
        uri);
  }

  /** A transaction is stored whole or not at all; a batch entry by entry. */
  @POST
  @Consumes({FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response bundle(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    AccessStatement by = StatementFilter.of(request);
    ObjectNode bundle = FhirJson.read(body.read(in, headers));
    String answer =
        bundle.path("type").asText().equals("batch")
            ? Batch.answer(
                bundle,
                transaction -> transaction(transaction, by),
                url -> reader.read(url, FhirResource.base(uri), by))
            : transaction(bundle, by);
    return Response.ok(answer).build();
  }

  private String transaction(ObjectNode bundle, AccessStatement by) {
    var transaction = new Transaction(bundle, by, control::resolve);
    return transaction
        .submission()
        .map(submission -> control.store(submission, by, null))
        .map(Stored::receipt)
        .map(transaction::answer)
        .orElseGet(transaction::answer);
  }

  private Response stored(
      Submission submission, AccessStatement by, @Nullable String prefer, UriInfo uri) {
    StoredReceipt receipt = control.store(submission, by, null).receipt();
    StoredReceipt.Stored stored = receipt.versions().get(0);
    URI location =
        URI.create(FhirResource.base(uri) + stored.record() + "/_history/" + stored.number());
    Response.ResponseBuilder response =
        stored.number() == 1 ? Response.created(location) : Response.ok().location(location);
    response
        .tag(new EntityTag(Integer.toString(stored.number()), true))
        .lastModified(Date.from(receipt.storedAt()));
    if (prefer != null && prefer.contains("return=representation")) {
      response.entity(control.read(stored.record(), stored.number(), by).content());
    } else if (prefer != null && prefer.contains("return=OperationOutcome")) {
      response.entity(Outcome.of("information", "informational", "Stored."));
    }
    return response.type(FhirResource.FHIR_JSON).build();
  }

  private static int basedOn(@Nullable String ifMatch) {
    if (ifMatch == null) {
      return 0;
    }
    Matcher tag = VERSION_TAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new Refusal(Reason.NOT_SUPPORTED, "If-Match names one version, as in W/\"3\".");
    }
    return Integer.parseInt(tag.group(1));
  }
}
