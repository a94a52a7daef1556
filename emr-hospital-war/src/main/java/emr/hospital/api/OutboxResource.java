package emr.hospital.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Reconciliation.Counts;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.access.Staff;
import emr.hospital.communication.Centre;
import emr.hospital.forwarding.Forwarding;
import emr.hospital.temporarystore.CustodyState;
import emr.hospital.temporarystore.Ledger;
import emr.hospital.temporarystore.OutboxSummary;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the hospital's submissions are, without their content. */
@ApplicationScoped
@Path("outbox")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class OutboxResource {

  private static final int DAYS = 31;

  @Inject SignedIn signedIn;
  @Inject TemporaryStore store;
  @Inject Forwarding forwarding;
  @Inject Centre centre;
  @Inject Ledger ledger;

  /** Counts by state, the oldest that waits, and since when the centre is away. */
  @GET
  public String summary() {
    signedIn.require(Permission.OUTBOX_READ);
    OutboxSummary summary = store.summary();
    ObjectNode said = Said.object();
    ObjectNode counts = said.putObject("counts");
    for (CustodyState state : CustodyState.values()) {
      counts.put(state.name(), summary.counts().getOrDefault(state, 0L));
    }
    said.put("waiting", summary.waiting());
    said.put("oldest", Said.time(summary.oldest()));
    said.put("unreported", summary.unreported());
    said.put("paused", forwarding.paused());
    said.put("centreAwaySince", Said.time(centre.awaySince().orElse(null)));
    return said.toString();
  }

  /**
   * The caller's submissions, or everybody's for one who manages the outbox; the newest first.
   *
   * @param states any of the custody states; none for all
   * @param before continue after the submission of this number
   */
  @GET
  @Path("submissions")
  public String list(
      @QueryParam("state") List<String> states,
      @QueryParam("before") @Nullable Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    Staff staff = signedIn.require(Permission.OUTBOX_READ);
    String author = staff.may(Permission.OUTBOX_MANAGE) ? null : staff.user();
    var custodies = store.list(listing(states, author, before, limit));
    ObjectNode said = Said.object();
    ArrayNode all = said.putArray("submissions");
    custodies.forEach(custody -> all.add(Said.custody(custody)));
    if (custodies.size() == limit) {
      said.put("next", custodies.get(custodies.size() - 1).number());
    }
    return said.toString();
  }

  private static TemporaryStore.Listing listing(
      List<String> states, @Nullable String author, @Nullable Long before, int limit) {
    try {
      Set<CustodyState> wanted = EnumSet.noneOf(CustodyState.class);
      states.forEach(state -> wanted.add(CustodyState.valueOf(state)));
      return new TemporaryStore.Listing(wanted, author, null, before, limit);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.MALFORMED, "state is a custody state, limit is 1 to 1000.");
    }
  }

  /** What hospital and centre counted for each of the last days. */
  @GET
  @Path("reconciliations")
  public String reconciliations() {
    signedIn.require(Permission.OUTBOX_READ);
    ObjectNode said = Said.object();
    ArrayNode days = said.putArray("days");
    for (Ledger.Compared compared : ledger.last(DAYS)) {
      ObjectNode day = days.addObject();
      day.put("day", compared.here().day().toString());
      day.put("comparedAt", compared.at().toString());
      day.put("agree", compared.agree());
      day.set("here", counts(compared.here()));
      day.set("centre", counts(compared.centre()));
    }
    return said.toString();
  }

  private static ObjectNode counts(Counts counts) {
    return Said.object()
        .put("stored", counts.stored())
        .put("records", counts.records())
        .put("deleted", counts.deleted());
  }

  @POST
  @Path("pause")
  public void pause() {
    signedIn.require(Permission.OUTBOX_MANAGE);
    forwarding.pause();
  }

  @POST
  @Path("resume")
  public void resume() {
    signedIn.require(Permission.OUTBOX_MANAGE);
    forwarding.resume();
  }
}
