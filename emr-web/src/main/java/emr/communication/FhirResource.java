package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.RecordVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * FHIR <a href="http://hl7.org/fhir/R4/http.html">REST</a>, the interactions that read; {@link
 * FhirWriting} has the others. Turns HTTP into the words of the control server and back, and
 * decides nothing.
 */
@ApplicationScoped
@Path("/")
@Produces({FhirResource.FHIR_JSON, MediaType.APPLICATION_JSON})
@SuppressWarnings("NullAway.Init") // the container injects
public class FhirResource {

  /** What is taken in; with {@link #FHIR_JSON} it is answered. */
  static final String FHIR_JSON_IN = "application/fhir+json";

  static final String FHIR_JSON = "application/fhir+json;charset=UTF-8";

  @Inject FhirReader reader;
  @Inject RequestBody body;
  @Inject Capabilities capabilities;

  /** What works here; for everybody. */
  @GET
  @Path("metadata")
  public Response metadata(@Context UriInfo uri) {
    return Response.ok(capabilities.statement(base(uri))).build();
  }

  /** What {@code $who-saw} is; for anybody, as the CapabilityStatement that names it. */
  @GET
  @Path(Capabilities.WHO_SAW_DEFINED)
  public Response whoSaw(@Context UriInfo uri) {
    return Response.ok(Capabilities.whoSaw(base(uri))).build();
  }

  /** Of everything, or of the types that {@code _type} names. */
  @GET
  public Response searchEverything(
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    return everywhere(query(uri), prefer, uri, request);
  }

  @POST
  @Path("_search")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response searchEverythingByPost(
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    String form = new String(body.read(in, headers), UTF_8);
    return everywhere(query(uri) + "&" + form, prefer, uri, request);
  }

  private Response everywhere(
      String query, @Nullable String prefer, UriInfo uri, ContainerRequestContext request) {
    FhirReader.Answer answer =
        reader.everywhere(query, isLenient(prefer), base(uri), StatementFilter.of(request));
    return Response.ok(answer.body()).build();
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
    FhirReader.Answer answer =
        reader.search(type, query, isLenient(prefer), base(uri), StatementFilter.of(request));
    return Response.ok(answer.body()).build();
  }

  /** 304 for who has the newest version, by its tag or by its time. */
  @GET
  @Path("{type}/{id}")
  public Response read(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @HeaderParam(HttpHeaders.IF_MODIFIED_SINCE) @Nullable String ifModifiedSince,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    if (ifNoneMatch != null || ifModifiedSince != null) {
      Optional<EntityTag> had =
          reader.unchanged(
              FhirReader.record(type, id),
              ifNoneMatch,
              ifModifiedSince,
              StatementFilter.of(request));
      if (had.isPresent()) {
        return Response.notModified(had.get()).build();
      }
    }
    return answer(type + "/" + id, uri, request);
  }

  /** A compartment, or a patient's {@code $everything}. */
  @GET
  @Path("{type}/{id}/{of}")
  public Response within(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("of") String of,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    return within(type, id, of, query(uri), prefer, uri, request);
  }

  @POST
  @Path("{type}/{id}/{of}/_search")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response withinByPost(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("of") String of,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    String form = new String(body.read(in, headers), UTF_8);
    return within(type, id, of, query(uri) + "&" + form, prefer, uri, request);
  }

  private Response within(
      String type,
      String id,
      String of,
      String query,
      @Nullable String prefer,
      UriInfo uri,
      ContainerRequestContext request) {
    FhirReader.Answer answer =
        reader.within(
            FhirReader.record(type, id),
            of,
            query,
            isLenient(prefer),
            base(uri),
            StatementFilter.of(request));
    return Response.ok(answer.body()).build();
  }

  private static boolean isLenient(@Nullable String prefer) {
    return prefer != null && prefer.contains("handling=lenient");
  }

  /** Of everything that the caller may read. */
  @GET
  @Path("_history")
  public Response history(@Context UriInfo uri, @Context ContainerRequestContext request) {
    return answer("_history" + asked(uri), uri, request);
  }

  @GET
  @Path("{type}/_history")
  public Response history(
      @PathParam("type") String type,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    return answer(type + "/_history" + asked(uri), uri, request);
  }

  @GET
  @Path("{type}/{id}/_history")
  public Response history(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    return answer(type + "/" + id + "/_history" + asked(uri), uri, request);
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
          .header(HttpHeaders.CONTENT_LOCATION, address(version, base(uri)))
          .tag(new EntityTag(Integer.toString(version.number()), true))
          .lastModified(Date.from(version.storedAt()));
    }
    return response.build();
  }

  /** Where a version can be read for ever. */
  static String address(RecordVersion version, String base) {
    return base + version.record() + "/_history/" + version.number();
  }

  private static String asked(UriInfo uri) {
    String query = query(uri);
    return query.isEmpty() ? "" : "?" + query;
  }

  private static String query(UriInfo uri) {
    String query = uri.getRequestUri().getRawQuery();
    return query == null ? "" : query;
  }

  /** What stands before {@code Type/id} in the addresses that this request's answer names. */
  static String base(UriInfo uri) {
    return uri.getBaseUri().toString();
  }
}
