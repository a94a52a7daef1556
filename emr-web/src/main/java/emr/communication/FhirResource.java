package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.control.ControlServer;
import emr.control.Stored;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.storage.FhirJson;
import emr.storage.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/**
 * FHIR <a href="http://hl7.org/fhir/R4/http.html">REST</a>. Turns HTTP into the words of the
 * control server and back, and decides nothing.
 */
@ApplicationScoped
@Path("/")
@Produces({FhirResource.FHIR_JSON, MediaType.APPLICATION_JSON})
@SuppressWarnings("NullAway.Init") // the container injects
public class FhirResource {

  static final String FHIR_JSON = "application/fhir+json;charset=UTF-8";
  private static final String FHIR_JSON_IN = "application/fhir+json";
  private static final Pattern VERSION_TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

  @Inject ControlServer control;
  @Inject FhirReader reader;
  @Inject RequestBody body;
  @Inject Capabilities capabilities;

  /** What works here; for everybody. */
  @GET
  @Path("metadata")
  public Response metadata() {
    return Response.ok(capabilities.statement()).build();
  }

  @GET
  @Path("{type}")
  public Response search(
      @PathParam("type") String type,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    return found(type, query(uri), prefer, uri, request);
  }

  @POST
  @Path("{type}/_search")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response searchByPost(
      @PathParam("type") String type,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    String form = new String(body.read(in, headers), UTF_8);
    return found(type, query(uri) + "&" + form, prefer, uri, request);
  }

  private Response found(
      String type,
      String query,
      @Nullable String prefer,
      UriInfo uri,
      ContainerRequestContext request) {
    boolean lenient = prefer != null && prefer.contains("handling=lenient");
    Search search = Search.parse(type, query, lenient);
    return Response.ok(reader.search(search, base(uri), StatementFilter.of(request)).body())
        .build();
  }

  @GET
  @Path("{type}/{id}")
  public Response read(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    return answer(type + "/" + id, uri, request);
  }

  @GET
  @Path("{type}/{id}/_history")
  public Response history(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    return answer(type + "/" + id + "/_history", uri, request);
  }

  @GET
  @Path("{type}/{id}/_history/{version}")
  public Response vread(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("version") String version,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    return answer(type + "/" + id + "/_history/" + version, uri, request);
  }

  private Response answer(String relativeUrl, UriInfo uri, ContainerRequestContext request) {
    FhirReader.Answer answer = reader.read(relativeUrl, base(uri), StatementFilter.of(request));
    Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
    RecordVersion version = answer.version();
    if (version != null) {
      response
          .tag(new EntityTag(Integer.toString(version.number()), true))
          .lastModified(Date.from(version.storedAt()));
    }
    return response.build();
  }

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
                url -> reader.read(url, base(uri), by))
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
    URI location = URI.create(base(uri) + stored.record() + "/_history/" + stored.number());
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
    return response.type(FHIR_JSON).build();
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

  private static String query(UriInfo uri) {
    String query = uri.getRequestUri().getRawQuery();
    return query == null ? "" : query;
  }

  private static String base(UriInfo uri) {
    return uri.getBaseUri().toString();
  }
}
