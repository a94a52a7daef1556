package emr.hospital.terminal;

import emr.exchange.record.Refusal;
import emr.faces.CustodyTrack;
import emr.faces.Viewpoint;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.temporarystore.Custody;
import emr.hospital.temporarystore.CustodyState;
import emr.hospital.temporarystore.HospitalSettings;
import emr.hospital.temporarystore.OutboxSummary;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** Every submission's way from this hospital to the centre. */
@Named("outbox")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class OutboxDesk implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int PAGE = 50;
  private static final int SHORTEST_REASON = 10;

  @Inject Desk desk;
  @Inject TemporaryStore store;
  @Inject HospitalSettings settings;
  @Inject Submissions submissions;

  private ArrayList<Submissions.Row> rows = new ArrayList<>();
  private OutboxSummary summary;
  private String state = "";
  private @Nullable String chosen;
  private @Nullable CustodyTrack track;
  private String chosenWhat = "";
  private @Nullable Long last;
  private String reason = "";
  private final HashMap<UUID, String> reasons = new HashMap<>();
  private final HashMap<UUID, Boolean> picked = new HashMap<>();

  /** View action. */
  @RequiresPermissions("outbox:read")
  public void load() {
    last = null;
    rows = new ArrayList<>();
    summary = store.summary();
    more();
    choose();
  }

  /** Lists the next page. */
  public void more() {
    Staff staff = desk.staff(Permission.OUTBOX_READ);
    boolean manages = staff.may(Permission.OUTBOX_MANAGE);
    Set<CustodyState> states = state.isEmpty() ? Set.of() : Set.of(CustodyState.valueOf(state));
    List<Custody> page = store.list(new TemporaryStore.Listing(states, null, null, last, PAGE));
    page.forEach(custody -> rows.add(submissions.row(custody, staff, manages)));
    last = page.size() < PAGE ? null : page.get(page.size() - 1).number();
  }

  private void choose() {
    String id = chosen;
    if (id == null) {
      return;
    }
    Viewpoint viewpoint = desk.viewpoint();
    uuid(id)
        .flatMap(store::custody)
        .ifPresent(
            custody -> {
              var times = new EnumMap<emr.faces.CustodyState, String>(emr.faces.CustodyState.class);
              custody
                  .steps()
                  .forEach(
                      step ->
                          times.put(
                              emr.faces.CustodyState.valueOf(step.state().name()),
                              viewpoint.moment(step.at())));
              track =
                  CustodyTrack.at(emr.faces.CustodyState.valueOf(custody.state().name()), times);
              chosenWhat = submissions.row(custody, desk.staff(), false).what();
            });
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  public String sendNow(UUID id) {
    Staff staff = desk.staff(Permission.OUTBOX_READ);
    return act(() -> store.sendNow(id, staff.author(), manages(staff), null), "outbox.sent-now");
  }

  /** Sends all that are chosen; says how many it could not send, and why. */
  public String sendPicked() {
    Staff staff = desk.staff(Permission.OUTBOX_READ);
    return each(id -> store.sendNow(id, staff.author(), manages(staff), null), "outbox.bulk-sent");
  }

  /** Takes back all that are chosen, for one reason. */
  public String recallPicked() {
    Staff staff = desk.staff(Permission.OUTBOX_READ);
    if (isTooShort(reason)) {
      return "";
    }
    return each(
        id -> store.recall(id, staff.author(), manages(staff), reason), "outbox.bulk-recalled");
  }

  private String each(Consumer<UUID> act, String done) {
    Viewpoint viewpoint = desk.viewpoint();
    List<UUID> all =
        picked.entrySet().stream()
            .filter(each -> Boolean.TRUE.equals(each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (all.isEmpty()) {
      Desk.say(FacesMessage.SEVERITY_WARN, viewpoint.text("outbox.none-picked"));
      return "";
    }
    int acted = 0;
    String why = "";
    for (UUID id : all) {
      try {
        act.accept(id);
        acted++;
      } catch (Refusal refusal) {
        why = viewpoint.explained(refusal);
      }
    }
    if (acted > 0) {
      Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text(done, acted));
    }
    if (acted < all.size()) {
      Desk.say(
          FacesMessage.SEVERITY_WARN, viewpoint.text("outbox.bulk-left", all.size() - acted, why));
    }
    return again();
  }

  /** Whether anything in the list can be chosen. */
  public boolean isPickable() {
    return rows.stream().anyMatch(Submissions.Row::isPickable);
  }

  /** Which submissions are chosen, by id. */
  public Map<UUID, Boolean> getPicked() {
    return picked;
  }

  public String recall(UUID id) {
    Staff staff = desk.staff(Permission.OUTBOX_READ);
    return withReason(
        id, why -> store.recall(id, staff.author(), manages(staff), why), "outbox.recalled");
  }

  public String withdraw(UUID id) {
    Staff staff = desk.staff(Permission.OUTBOX_READ);
    return withReason(
        id, why -> store.withdraw(id, staff.author(), manages(staff), why), "outbox.withdrawn");
  }

  public String tryAgain(UUID id) {
    Staff staff = desk.staff(Permission.OUTBOX_READ);
    return act(() -> store.tryAgain(id, staff.author(), manages(staff)), "outbox.tried-again");
  }

  @RequiresPermissions("outbox:manage")
  public String pause() {
    settings.pause(true);
    Desk.say(FacesMessage.SEVERITY_INFO, desk.viewpoint().text("outbox.paused"));
    return again();
  }

  @RequiresPermissions("outbox:manage")
  public String resume() {
    settings.pause(false);
    Desk.say(FacesMessage.SEVERITY_INFO, desk.viewpoint().text("outbox.resumed"));
    return again();
  }

  private String withReason(UUID id, Consumer<String> act, String done) {
    String why = Objects.requireNonNullElse(reasons.get(id), "");
    return isTooShort(why) ? "" : act(() -> act.accept(why), done);
  }

  private boolean isTooShort(String why) {
    boolean tooShort = why.strip().length() < SHORTEST_REASON;
    if (tooShort) {
      Desk.say(FacesMessage.SEVERITY_WARN, desk.viewpoint().text("rights.reason-missing"));
    }
    return tooShort;
  }

  private String act(Runnable act, String done) {
    try {
      act.run();
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().explained(refusal));
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, desk.viewpoint().text(done));
    return again();
  }

  private static String again() {
    return "outbox?faces-redirect=true";
  }

  private static boolean manages(Staff staff) {
    return staff.may(Permission.OUTBOX_MANAGE);
  }

  /**
   * A state with the number of submissions in it.
   *
   * @param sub a few words on what that means
   */
  public record Figure(emr.faces.CustodyState state, long count, String sub)
      implements Serializable {}

  public List<Figure> getFigures() {
    Viewpoint viewpoint = desk.viewpoint();
    var figures = new ArrayList<Figure>();
    for (CustodyState s :
        List.of(
            CustodyState.SET_ASIDE,
            CustodyState.HELD,
            CustodyState.SAVED,
            CustodyState.SENT,
            CustodyState.DELETED,
            CustodyState.RECALLED)) {
      var shown = emr.faces.CustodyState.valueOf(s.name());
      figures.add(
          new Figure(
              shown,
              summary.counts().getOrDefault(s, 0L),
              viewpoint.text("outbox.figure." + shown.getCss())));
    }
    return figures;
  }

  public List<Submissions.Row> getRows() {
    return rows;
  }

  public boolean isMore() {
    return last != null;
  }

  public boolean isPaused() {
    return settings.paused();
  }

  public boolean isManaging() {
    return manages(desk.staff());
  }

  public @Nullable CustodyTrack getTrack() {
    return track;
  }

  public String getChosenWhat() {
    return chosenWhat;
  }

  /** Why all that are chosen are taken back. */
  public String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = reason == null ? "" : reason;
  }

  /** Why one is taken back, by its id; each row has a reason of its own. */
  public Map<UUID, String> getReasons() {
    return reasons;
  }

  public String getState() {
    return state;
  }

  /** Ignored unless it names a state. */
  public void setState(@Nullable String state) {
    boolean known =
        state != null
            && List.of(CustodyState.values()).stream().anyMatch(s -> s.name().equals(state));
    this.state = known && state != null ? state : "";
  }

  public @Nullable String getChosen() {
    return chosen;
  }

  public void setChosen(@Nullable String chosen) {
    this.chosen = chosen;
  }
}
