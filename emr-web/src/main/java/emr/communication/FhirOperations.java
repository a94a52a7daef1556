package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import emr.communication.patch.MetaPatch;
import emr.control.Change;
import emr.control.ControlServer;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Fault;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import emr.validation.Validator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * FHIR <a href="http://hl7.org/fhir/R4/operations.html">operations</a>. Their dollar may come
 * encoded.
 */
@ApplicationScoped
@Path("/")
@Produces({FhirResource.FHIR_JSON, MediaType.APPLICATION_JSON})
@SuppressWarnings("NullAway.Init") // the container injects
public class FhirOperations {

  private static final String EVERYTHING = "Patient/{id}/{operation:(?:\\$|%24)everything}";
  private static final String VALIDATE = "{operation:(?:\\$|%24)validate}";
  private static final String META = "{type}/{id}/{operation:(?:\\$|%24)meta}";
  private static final String META_ADD = "{type}/{id}/{operation:(?:\\$|%24)meta-add}";
  private static final String META_DELETE = "{type}/{id}/{operation:(?:\\$|%24)meta-delete}";

  @Inject ControlServer control;
  @Inject FhirReader reader;
  @Inject FhirWriting writing;
  @Inject RequestBody body;
  @Inject Validator validator;

  /** A patient's whole chart, page by page. */
  @GET
  @Path(EVERYTHING)
  public Response everything(
      @PathParam("id") String id,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context ContainerRequestContext request) {
    String query = uri.getRequestUri().getRawQuery();
    return everything(id, query == null ? "" : query, prefer, uri, request);
  }

  @POST
  @Path(EVERYTHING)
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response everythingByPost(
      @PathParam("id") String id,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    var query = new StringBuilder();
    for (JsonNode parameter : FhirJson.read(body.read(in, headers)).path("parameter")) {
      for (var value : parameter.properties()) {
        if (value.getKey().startsWith("value")) {
          query
              .append(query.isEmpty() ? "" : "&")
              .append(encoded(parameter.path("name").asText()))
              .append('=')
              .append(encoded(value.getValue().asText()));
        }
      }
    }
    return everything(id, query.toString(), prefer, uri, request);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private Response everything(
      String id,
      String query,
      @Nullable String prefer,
      UriInfo uri,
      ContainerRequestContext request) {
    FhirReader.Answer answer =
        reader.within(
            FhirReader.record("Patient", id),
            "$everything",
            query,
            prefer != null && prefer.contains("handling=lenient"),
            FhirResource.base(uri),
            StatementFilter.of(request));
    return Response.ok(answer.body()).build();
  }

  /** Says what is wrong with a resource, and stores nothing; 200 whether or not it is right. */
  @POST
  @Path("{type}/" + VALIDATE)
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response validate(
      @PathParam("type") String type,
      @QueryParam("profile") @Nullable String profile,
      @Context HttpHeaders headers,
      InputStream in) {
    requireBase(type, profile);
    ObjectNode sent = FhirJson.read(body.read(in, headers));
    if (isDeletion(sent, type)) {
      throw new Refusal(Reason.MALFORMED, "A deletion is validated at the record's own address.");
    }
    return validated(type, null, sent);
  }

  /** As {@link #validate}, for a resource that is to become a version of a record. */
  @POST
  @Path("{type}/{id}/" + VALIDATE)
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response validateOne(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("profile") @Nullable String profile,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    requireBase(type, profile);
    ObjectNode sent = FhirJson.read(body.read(in, headers));
    return isDeletion(sent, type)
        ? deletable(FhirReader.record(type, id), request)
        : validated(type, id, sent);
  }

  /** Of what is stored. */
  @GET
  @Path("{type}/{id}/" + VALIDATE)
  public Response validateStored(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("profile") @Nullable String profile,
      @Context ContainerRequestContext request) {
    requireBase(type, profile);
    return validated(type, id, stored(type, id, request));
  }

  private static boolean isWrapped(ObjectNode sent, String type) {
    return sent.path("resourceType").asText().equals("Parameters") && !type.equals("Parameters");
  }

  private static boolean isDeletion(ObjectNode sent, String type) {
    return isWrapped(sent, type) && named(sent, "mode").path("valueCode").asText().equals("delete");
  }

  /** Who may not delete it is not told either what would come of it. */
  private Response deletable(RecordId record, ContainerRequestContext request) {
    try {
      control.requireDeletable(record, StatementFilter.of(request));
      return valid();
    } catch (Refusal refusal) {
      return switch (refusal.reason()) {
        case CONFLICT, UNKNOWN_RECORD, DELETED -> Response.ok(Outcome.of(refusal)).build();
        default -> throw refusal;
      };
    }
  }

  private Response validated(String type, @Nullable String id, ObjectNode sent) {
    RecordTypes.number(type);
    boolean wrapped = isWrapped(sent, type);
    if (wrapped) {
      JsonNode profile = named(sent, "profile");
      requireBase(type, profile.path("valueUri").asText(profile.path("valueCanonical").asText()));
    }
    JsonNode given = wrapped ? named(sent, "resource").path("resource") : sent;
    if (!(given instanceof ObjectNode resource)) {
      throw new Refusal(Reason.MALFORMED, "There is no resource to validate.");
    }
    Writing.requireType(resource, type);
    if (id != null && resource.has("id") && !resource.path("id").asText().equals(id)) {
      throw new Refusal(Reason.MALFORMED, "The resource's id is not the one of the address.");
    }
    List<Fault> faults = faults(resource);
    return faults.isEmpty() ? valid() : Response.ok(Outcome.of(faults)).build();
  }

  /** Who asks about a profile of somebody else's must not read that nothing is wrong. */
  private static void requireBase(String type, @Nullable String profile) {
    boolean base =
        profile == null
            || profile.isEmpty()
            || profile.equals("http://hl7.org/fhir/StructureDefinition/" + type)
            || profile.equals("http://hl7.org/fhir/StructureDefinition/Resource");
    if (!base) {
      throw new Refusal(
          Reason.NOT_SUPPORTED, "Resources are validated against base FHIR R4; name no profile.");
    }
  }

  private static JsonNode named(ObjectNode parameters, String name) {
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter;
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  private static Response valid() {
    return Response.ok(Outcome.of("information", "informational", "Nothing is wrong with it."))
        .build();
  }

  private List<Fault> faults(ObjectNode resource) {
    try {
      FhirJson.check(resource);
    } catch (Refusal refusal) {
      return refusal.faults().isEmpty()
          ? List.of(
              new Fault(
                  "error",
                  refusal.reason().issueCode(),
                  resource.path("resourceType").asText(),
                  refusal.explanation()))
          : refusal.faults();
    }
    return validator.faults(resource);
  }

  /** The tags, profiles and labels of a record's newest version. */
  @GET
  @Path(META)
  public Response meta(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context ContainerRequestContext request) {
    return Response.ok(meta(stored(type, id, request))).build();
  }

  /** The same; it has no parameters. */
  @POST
  @Path(META)
  public Response metaByPost(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context ContainerRequestContext request) {
    return meta(type, id, request);
  }

  /** A new version, with more tags, profiles or labels. */
  @POST
  @Path(META_ADD)
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response metaAdd(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    UnaryOperator<ObjectNode> patch = MetaPatch.adding(FhirJson.read(body.read(in, headers)));
    return changedMeta(type, id, patch, uri, headers, request);
  }

  /** A new version, with fewer of them. */
  @POST
  @Path(META_DELETE)
  @Consumes({FhirResource.FHIR_JSON_IN, MediaType.APPLICATION_JSON})
  public Response metaDelete(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream in) {
    UnaryOperator<ObjectNode> patch = MetaPatch.removing(FhirJson.read(body.read(in, headers)));
    return changedMeta(type, id, patch, uri, headers, request);
  }

  private Response changedMeta(
      String type,
      String id,
      UnaryOperator<ObjectNode> patch,
      UriInfo uri,
      HttpHeaders headers,
      ContainerRequestContext request) {
    Change change = Writing.patch(FhirReader.record(type, id), patch, FhirWriting.ifMatch(headers));
    Response changed =
        writing.answer(
            change, StatementFilter.of(request), FhirResource.base(uri), Preferred.REPRESENTATION);
    ObjectNode resource = FhirJson.read((byte[]) changed.getEntity());
    return Response.ok(meta(resource))
        .tag(changed.getEntityTag())
        .lastModified(changed.getLastModified())
        .build();
  }

  private static String meta(ObjectNode resource) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("resourceType", "Parameters");
    answer
        .putArray("parameter")
        .addObject()
        .put("name", "return")
        .set("valueMeta", resource.path("meta"));
    return FhirJson.text(answer);
  }

  private ObjectNode stored(String type, String id, ContainerRequestContext request) {
    return FhirJson.read(
        control.read(FhirReader.record(type, id), StatementFilter.of(request)).content());
  }
}
