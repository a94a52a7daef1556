package emr.communication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.communication.patch.FhirPathPatch;
import emr.communication.patch.JsonPatching;
import emr.control.Change;
import emr.control.Changed;
import emr.control.ControlServer;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** FHIR REST, the interactions that write; {@link FhirResource} has the others. */
@ApplicationScoped
@Path("/")
@Produces({FhirResource.FHIR_JSON, MediaType.APPLICATION_JSON})
@SuppressWarnings("NullAway.Init") // the container injects
public class FhirWriting {

  @Inject ControlServer control;
  @Inject Bundled bundled;
  @Inject RequestBody body;

  /** {@code If-None-Exist} says on what condition nothing is made. */
  @POST
  @Path("{type}")
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response create(
      @PathParam("type") String type,
      @HeaderParam("If-None-Exist") @Nullable String ifNoneExist,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    ObjectNode resource = FhirJson.read(body.read(in, headers));
    return changed(Writing.create(resource, type, ifNoneExist), uri, headers, request);
  }

  /** {@code If-Match} says which version the author had before them. */
  @PUT
  @Path("{type}/{id}")
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response update(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    ObjectNode resource = FhirJson.read(body.read(in, headers));
    RecordId record = FhirReader.record(type, id);
    return changed(Writing.update(record, resource, ifMatch(headers)), uri, headers, request);
  }

  /** Updates the one record that fulfils the query, or makes it. */
  @PUT
  @Path("{type}")
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response updateOnCondition(
      @PathParam("type") String type,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    ObjectNode resource = FhirJson.read(body.read(in, headers));
    return changed(
        Writing.update(type, query(uri), resource, ifMatch(headers)), uri, headers, request);
  }

  /** A JSON Patch, or a FHIRPath Patch in Parameters. */
  @PATCH
  @Path("{type}/{id}")
  @Consumes({JsonPatching.TYPE, FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response patch(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    RecordId record = FhirReader.record(type, id);
    return changed(
        Writing.patch(record, patch(in, headers), ifMatch(headers)), uri, headers, request);
  }

  /** Patches the one record that fulfils the query. */
  @PATCH
  @Path("{type}")
  @Consumes({JsonPatching.TYPE, FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response patchOnCondition(
      @PathParam("type") String type,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    return changed(
        Writing.patch(type, query(uri), patch(in, headers), ifMatch(headers)),
        uri,
        headers,
        request);
  }

  private UnaryOperator<ObjectNode> patch(InputStream in, HttpHeaders headers) {
    byte[] patch = body.read(in, headers);
    MediaType type = headers.getMediaType();
    return type != null && type.getSubtype().equals("json-patch+json")
        ? JsonPatching.of(patch)
        : FhirPathPatch.of(FhirJson.read(patch));
  }

  @DELETE
  @Path("{type}/{id}")
  public Response delete(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request) {
    RecordId record = FhirReader.record(type, id);
    return changed(Writing.delete(record, ifMatch(headers)), uri, headers, request);
  }

  /** Deletes the one record that fulfils the query. */
  @DELETE
  @Path("{type}")
  public Response deleteOnCondition(
      @PathParam("type") String type,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request) {
    return changed(Writing.delete(type, query(uri), ifMatch(headers)), uri, headers, request);
  }

  /** A transaction is stored whole or not at all; a batch entry by entry. */
  @POST
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response bundle(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    String answer =
        bundled.answer(
            FhirJson.read(body.read(in, headers)),
            StatementFilter.of(request),
            FhirResource.base(uri),
            Preferred.of(headers));
    return Response.ok(answer).build();
  }

  private Response changed(
      Change change, UriInfo uri, HttpHeaders headers, ContainerRequestContext request) {
    return answer(
        change, StatementFilter.of(request), FhirResource.base(uri), Preferred.of(headers));
  }

  /** Makes a change, and says what became of it. */
  Response answer(Change change, AccessStatement by, String base, Preferred preferred) {
    Changed changed = control.change(List.of(change), false, by).get(0);
    Response.ResponseBuilder response = Response.status(status(changed, preferred));
    if (changed.number() > 0 && changed.storedAt() != null) {
      response
          .tag(new EntityTag(Integer.toString(changed.number()), true))
          .lastModified(Date.from(changed.storedAt()));
    }
    if (changed.isThere()) {
      response.location(URI.create(base + changed.record() + "/_history/" + changed.number()));
    }
    byte[] entity = preferred.body(changed);
    if (entity != null && changed.isThere() && preferred == Preferred.REPRESENTATION) {
      response.header(
          HttpHeaders.CONTENT_LOCATION, base + changed.record() + "/_history/" + changed.number());
    }
    if (entity != null) {
      response.entity(entity);
    }
    return response.type(FhirResource.FHIR_JSON).build();
  }

  private static int status(Changed changed, Preferred preferred) {
    return switch (changed.what()) {
      case CREATED -> 201;
      case UPDATED, UNCHANGED, FOUND -> 200;
      case DELETED, NOTHING -> preferred == Preferred.OUTCOME ? 200 : 204;
    };
  }

  static @Nullable String ifMatch(HttpHeaders headers) {
    List<String> tags = headers.getRequestHeader(HttpHeaders.IF_MATCH);
    if (tags != null && tags.size() > 1) {
      throw new Refusal(Reason.NOT_SUPPORTED, "If-Match names one version.");
    }
    return tags == null || tags.isEmpty() ? null : tags.get(0);
  }

  private static @Nullable String query(UriInfo uri) {
    return uri.getRequestUri().getRawQuery();
  }
}
