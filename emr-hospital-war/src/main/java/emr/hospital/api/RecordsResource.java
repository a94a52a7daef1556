package emr.hospital.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.Purpose;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.RecordHistory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** One record with all its versions (claim 16). */
@ApplicationScoped
@Path("records")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class RecordsResource {

  @Inject SignedIn signedIn;
  @Inject Charts charts;

  /**
   * Every version, newest first, with the centre's receipts for those sent from here.
   *
   * @param patient whose record it is; needed only for ids that do not carry it
   */
  @GET
  @Path("{type}/{id}/history")
  public String history(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("patient") @Nullable String patient) {
    Author who = signedIn.require(Permission.RECORD_READ).author();
    RecordId record = Ids.record(type, id);
    RecordHistory history =
        charts.history(who, Purpose.TREATMENT, patient(record, patient), record);
    ObjectNode said = Said.object();
    said.put("reference", record.toString());
    said.put("centreAwaySince", Said.time(history.awaySince()));
    said.set("versions", Said.entries(history.versions()));
    ArrayNode receipts = said.putArray("receipts");
    for (RecordHistory.Receipt receipt : history.receipts()) {
      receipts
          .addObject()
          .put("number", receipt.number())
          .put("hash", receipt.hash())
          .put("storedAt", receipt.storedAt().toString())
          .put("signed", receipt.signed());
    }
    return said.toString();
  }

  private static PatientId patient(RecordId record, @Nullable String named) {
    if (named != null) {
      return Ids.patient(named);
    }
    return record
        .patientKey()
        .filter(key -> !key.equals(RecordKey.NONE))
        .map(key -> new PatientId(key.text()))
        .orElseThrow(() -> new Refusal(Reason.MALFORMED, "Say whose record it is: patient."));
  }
}
