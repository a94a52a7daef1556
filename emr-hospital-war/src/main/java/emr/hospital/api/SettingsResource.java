package emr.hospital.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.communication.Centre;
import emr.hospital.forwarding.Forwarding;
import emr.hospital.temporarystore.HoldTimes;
import emr.hospital.temporarystore.HospitalSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** What the hospital's administrator sets. Times are ISO 8601 durations such as {@code PT10M}. */
@ApplicationScoped
@Path("settings")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class SettingsResource {

  @Inject Body body;
  @Inject SignedIn signedIn;
  @Inject HospitalSettings settings;
  @Inject Forwarding forwarding;
  @Inject Centre centre;

  /** {@code {"hold", "holds": {type: hold}, "receivedKept", "endpoints": [], "paused"}}. */
  @GET
  public String read() {
    signedIn.require(Permission.SETTINGS_MANAGE);
    HoldTimes times = settings.holdTimes();
    ObjectNode said = Said.object();
    said.put("hold", times.usual().toString());
    ObjectNode holds = said.putObject("holds");
    times.byType().forEach((type, hold) -> holds.put(type, hold.toString()));
    said.put("receivedKept", settings.receivedKept().toString());
    ArrayNode endpoints = said.putArray("endpoints");
    centre.endpoints().forEach(endpoint -> endpoints.add(endpoint.toString()));
    said.put("paused", forwarding.paused());
    return said.toString();
  }

  /** The same shape; what is left out stays as it is. Changes all of it or nothing. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  @SuppressWarnings("UnusedException")
  public String change(InputStream request) {
    signedIn.require(Permission.SETTINGS_MANAGE);
    ObjectNode given = body.object(request);
    try {
      changeHolds(given);
      if (given.has("receivedKept")) {
        settings.keepReceived(Duration.parse(given.path("receivedKept").asText()));
      }
      if (given.has("endpoints")) {
        List<URI> endpoints = new ArrayList<>();
        given.path("endpoints").forEach(e -> endpoints.add(URI.create(e.asText())));
        centre.useEndpoints(endpoints);
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Refusal(
          Reason.UNPROCESSABLE,
          "Times are durations such as PT10M, up to 30 days for a hold and 7 days for received"
              + " records; endpoints are https addresses.");
    }
    if (given.has("paused")) {
      if (given.path("paused").asBoolean()) {
        forwarding.pause();
      } else {
        forwarding.resume();
      }
    }
    return read();
  }

  private void changeHolds(ObjectNode given) {
    if (!given.has("hold") && !given.has("holds")) {
      return;
    }
    HoldTimes times = settings.holdTimes();
    Duration usual =
        given.has("hold") ? Duration.parse(given.path("hold").asText()) : times.usual();
    var byType = new HashMap<>(times.byType());
    given
        .path("holds")
        .properties()
        .forEach(hold -> byType.put(hold.getKey(), Duration.parse(hold.getValue().asText())));
    settings.useHoldTimes(new HoldTimes(usual, byType));
  }
}
