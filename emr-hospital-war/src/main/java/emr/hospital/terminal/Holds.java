package emr.hospital.terminal;

import emr.faces.Viewpoint;
import emr.faces.page.Signing.HoldChoice;
import emr.hospital.temporarystore.Hold;
import emr.hospital.temporarystore.HospitalSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** When what is signed goes to the centre, as the signer may choose. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Holds {

  static final String USUAL = "USUAL";

  @Inject HospitalSettings settings;

  List<HoldChoice> choices(Viewpoint viewpoint) {
    Duration usual = settings.holdTimes().usual();
    String when = viewpoint.clock(viewpoint.now().plus(usual));
    return List.of(
        new HoldChoice(
            USUAL,
            usual.toMinutes() > 0
                ? viewpoint.text("hold.usual", usual.toMinutes(), when)
                : viewpoint.text("hold.usual-seconds", usual.toSeconds()),
            viewpoint.text("hold.usual-detail")),
        new HoldChoice(
            Hold.NONE.name(), viewpoint.text("hold.now"), viewpoint.text("hold.now-detail")),
        new HoldChoice(
            Hold.UNTIL_RELEASED.name(),
            viewpoint.text("hold.released"),
            viewpoint.text("hold.released-detail")));
  }

  /** The hold that a choice stands for; the usual one for anything else. */
  static Hold of(String choice) {
    for (Hold hold : Hold.values()) {
      if (hold.name().equals(choice)) {
        return hold;
      }
    }
    return Hold.USUAL;
  }
}
