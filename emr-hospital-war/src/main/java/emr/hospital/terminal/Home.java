package emr.hospital.terminal;

import emr.exchange.record.PatientId;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.page.EntryPage;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.access.StaffNotebook;
import emr.hospital.temporarystore.Custody;
import emr.hospital.temporarystore.CustodyState;
import emr.hospital.temporarystore.LocalPatients;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What needs this person now. */
@Named("home")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Home {

  private static final int LOOKED_AT = 200;
  private static final int LISTED = 12;

  private static final Set<CustodyState> ON_THEIR_WAY =
      Set.of(CustodyState.SAVED, CustodyState.HELD, CustodyState.SENT);

  @Inject Desk desk;
  @Inject TemporaryStore store;
  @Inject LocalPatients patients;
  @Inject Submissions submissions;
  @Inject StaffNotebook notebook;

  private List<Seen> today = List.of();
  private List<EntryPage.Earlier> drafts = List.of();
  private List<PatientBanner> recent = List.of();
  private List<Submissions.Row> setAside = List.of();
  private List<Submissions.Row> waiting = List.of();
  private long waitingCount;
  private boolean everybodys;

  /** View action. */
  public void load() {
    Staff staff = desk.staff();
    boolean manages = staff.may(Permission.OUTBOX_MANAGE);
    String author = manages ? null : staff.user();
    everybodys = manages;
    drafts =
        notebook.get().drafts(staff.user()).stream()
            .map(draft -> EntryPage.earlier(draft, desk.viewpoint()))
            .toList();
    if (staff.may(Permission.RECORD_READ)) {
      today = today();
      recent =
          store
              .list(new TemporaryStore.Listing(Set.of(), staff.user(), null, null, LOOKED_AT))
              .stream()
              .map(Custody::patient)
              .filter(Objects::nonNull)
              .distinct()
              .limit(LISTED)
              .flatMap(patient -> Optional.of(patient).flatMap(patients::find).stream())
              .map(desk::banner)
              .filter(patient -> today.stream().noneMatch(one -> one.isOf(patient)))
              .toList();
    }
    setAside = rows(Set.of(CustodyState.SET_ASIDE), author, staff, manages);
    waiting = rows(ON_THEIR_WAY, author, staff, manages);
    waitingCount = store.count(ON_THEIR_WAY, author);
  }

  /**
   * A patient whom anybody here wrote for today.
   *
   * @param when for people
   * @param alike whether another of them could be taken for this one
   */
  public record Seen(PatientBanner patient, String when, boolean alike) {

    boolean isOf(PatientBanner other) {
      return patient.id().equals(other.id());
    }
  }

  private List<Seen> today() {
    Viewpoint viewpoint = desk.viewpoint();
    var last = new LinkedHashMap<PatientId, Instant>();
    Instant midnight = viewpoint.today().atStartOfDay(viewpoint.zone()).toInstant();
    store.list(new TemporaryStore.Listing(Set.of(), null, null, null, LOOKED_AT)).stream()
        .takeWhile(custody -> !custody.recordedAt().isBefore(midnight))
        .filter(custody -> custody.patient() != null)
        .forEach(custody -> last.putIfAbsent(custody.patient(), custody.recordedAt()));
    var seen = new ArrayList<Seen>();
    last.forEach(
        (patient, at) ->
            patients
                .find(patient)
                .map(desk::banner)
                .ifPresent(banner -> seen.add(new Seen(banner, viewpoint.clock(at), false))));
    return seen.stream()
        .map(one -> new Seen(one.patient(), one.when(), isAlike(one, seen)))
        .toList();
  }

  private static boolean isAlike(Seen one, List<Seen> all) {
    return all.stream()
        .anyMatch(other -> other != one && other.patient().name().soundsLike(one.patient().name()));
  }

  private List<Submissions.Row> rows(
      Set<CustodyState> states, @Nullable String author, Staff staff, boolean manages) {
    return store.list(new TemporaryStore.Listing(states, author, null, null, 5)).stream()
        .map(custody -> submissions.row(custody, staff, manages))
        .toList();
  }

  /** Such as Tuesday 24 November 2026. */
  public String getDay() {
    Viewpoint viewpoint = desk.viewpoint();
    return viewpoint.dayInFull(viewpoint.today());
  }

  public String getClock() {
    Viewpoint viewpoint = desk.viewpoint();
    return viewpoint.clock(viewpoint.now());
  }

  /** Patients anybody here wrote for today, the latest first. */
  public List<Seen> getToday() {
    return today;
  }

  /** What this person has begun to write. */
  public List<EntryPage.Earlier> getDrafts() {
    return drafts;
  }

  /** Patients this person wrote for last, those of today left out. */
  public List<PatientBanner> getRecent() {
    return recent;
  }

  /** Whether what waits is everybody's, not this person's alone. */
  public boolean isEverybodys() {
    return everybodys;
  }

  public List<Submissions.Row> getSetAside() {
    return setAside;
  }

  /** The newest that are on their way to the centre, of those that this person may see here. */
  public List<Submissions.Row> getWaiting() {
    return waiting;
  }

  /** How many there are, such as 3, or 5 / 12 where not all are listed. */
  public String getWaitingCount() {
    return waiting.size() < waitingCount
        ? waiting.size() + " / " + waitingCount
        : Long.toString(waitingCount);
  }
}
