package emr.hospital.terminal;

import emr.exchange.record.PatientId;
import emr.faces.CustodyState;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.temporarystore.Custody;
import emr.hospital.temporarystore.LocalPatients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Submissions as people read them: of whom, what, where, when it goes and why it does not. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Submissions {

  @Inject Desk desk;
  @Inject LocalPatients patients;

  /**
   * A submission in a list.
   *
   * @param patient null for what is about no patient, or about one who may not be named here
   * @param what the kinds of its records, in words
   * @param by who wrote it and when
   * @param when it goes or went
   * @param share of its time here that is over, 0 to 100; -1 unless it is held until a set time
   * @param mayAct whether the person looking may send, recall or withdraw it
   * @param link type and id of its first record, "" where there is none to show
   */
  public record Row(
      UUID id,
      CustodyState state,
      @Nullable PatientBanner patient,
      String what,
      String by,
      String when,
      int share,
      String because,
      boolean mayAct,
      String linkType,
      String linkId)
      implements Serializable {

    /** Whether it can be sent or recalled together with others. */
    public boolean isPickable() {
      return mayAct && (state == CustodyState.HELD || state == CustodyState.SAVED);
    }
  }

  Row row(Custody custody, Staff viewer, boolean manages) {
    Viewpoint viewpoint = desk.viewpoint();
    boolean names = viewer.may(Permission.RECORD_READ);
    PatientId patient = custody.patient();
    PatientBanner banner =
        names && patient != null
            ? Optional.of(patient).flatMap(patients::find).map(desk::banner).orElse(null)
            : null;
    String what =
        custody.records().stream()
            .map(item -> item.record().type())
            .filter(type -> !type.equals("Binary"))
            .distinct()
            .map(type -> word(type, viewpoint))
            .collect(Collectors.joining(", "));
    Custody.Item first = custody.records().get(0);
    CustodyState state = CustodyState.valueOf(custody.state().name());
    return new Row(
        custody.id(),
        state,
        banner,
        what,
        viewpoint.text(
            "outbox.by", custody.author().name(), viewpoint.moment(custody.recordedAt())),
        when(custody, state, viewpoint),
        share(custody, state, viewpoint.now()),
        because(custody, state, viewpoint),
        manages || custody.author().user().equals(viewer.user()),
        first.record().type(),
        first.record().id());
  }

  private static String word(String type, Viewpoint viewpoint) {
    try {
      return viewpoint.text("type." + type);
    } catch (MissingResourceException noWordYet) {
      return type;
    }
  }

  private static String when(Custody custody, CustodyState state, Viewpoint viewpoint) {
    Instant due = custody.due();
    return switch (state) {
      case HELD ->
          due == null
              ? viewpoint.text("outbox.until-released")
              : viewpoint.text("outbox.goes", viewpoint.clock(due), minutes(viewpoint.now(), due));
      case SAVED -> viewpoint.text("outbox.due");
      default -> custody.reached(custody.state()).map(viewpoint::moment).orElse("");
    };
  }

  private static long minutes(Instant now, Instant due) {
    return Math.max(0, Duration.between(now, due).toSeconds() + 59) / 60;
  }

  private static int share(Custody custody, CustodyState state, Instant now) {
    Instant due = custody.due();
    if (state != CustodyState.HELD || due == null) {
      return -1;
    }
    long whole = Math.max(1, Duration.between(custody.recordedAt(), due).toMillis());
    long over = Duration.between(custody.recordedAt(), now).toMillis();
    return (int) Math.max(0, Math.min(100, 100 * over / whole));
  }

  private static String because(Custody custody, CustodyState state, Viewpoint viewpoint) {
    String reason = custody.reason();
    if (reason != null) {
      return viewpoint.explained(reason);
    }
    return viewpoint.text("outbox.because." + state.getCss());
  }
}
