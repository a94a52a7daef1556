package emr.hospital.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.Purpose;
import emr.exchange.record.Author;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.temporarystore.Chart;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.FoundPatients;
import emr.hospital.temporarystore.PatientQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** Finds patients and shows their charts. Nothing clinical stands in an address. */
@ApplicationScoped
@Path("patients")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class PatientsResource {

  @Inject Body body;
  @Inject SignedIn signedIn;
  @Inject Charts charts;

  /** {@code {"name", "birthDate", "number"}}, any of them: who is known here and at the centre. */
  @POST
  @Path("search")
  @Consumes(MediaType.APPLICATION_JSON)
  public String search(InputStream request) {
    Author who = signedIn.require(Permission.RECORD_READ).author();
    FoundPatients found = charts.find(who, Purpose.TREATMENT, query(body.object(request)));
    ObjectNode said = Said.object();
    ArrayNode here = said.putArray("here");
    found.here().forEach(patient -> here.add(Said.patient(patient)));
    ArrayNode atCentre = said.putArray("atCentre");
    found.atCentre().forEach(patient -> atCentre.add(Said.patient(patient)));
    said.put("centreAwaySince", Said.time(found.awaySince()));
    return said.toString();
  }

  private static PatientQuery query(ObjectNode given) {
    try {
      String birthDate = given.path("birthDate").asText("");
      return new PatientQuery(
          given.path("name").asText(""),
          birthDate.isEmpty() ? null : LocalDate.parse(birthDate),
          given.path("number").asText(""));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Refusal(
          Reason.MALFORMED, "Give a name, a birthDate such as 1959-03-14, or a number.");
    }
  }

  /**
   * The patient's records, those that wait here included.
   *
   * @param types FHIR resource types; none for what a chart usually shows
   */
  @GET
  @Path("{id}/chart")
  public String chart(@PathParam("id") String id, @QueryParam("type") List<String> types) {
    Author who = signedIn.require(Permission.RECORD_READ).author();
    types.forEach(PatientsResource::requireType);
    Chart chart =
        charts.open(
            who, Purpose.TREATMENT, Ids.patient(id), types.isEmpty() ? Charts.USUAL_TYPES : types);
    ObjectNode said = Said.object();
    said.put("patient", chart.patient().value());
    said.put("centreAwaySince", Said.time(chart.awaySince()));
    said.put("fetchedAt", Said.time(chart.fetchedAt()));
    said.put("more", chart.more());
    said.set("entries", Said.entries(chart.entries()));
    return said.toString();
  }

  private static void requireType(String type) {
    if (!type.matches("[A-Z][A-Za-z]{1,63}")) {
      throw new Refusal(Reason.MALFORMED, "type is a FHIR resource type.");
    }
  }
}
