package emr.hospital.terminal;

import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.temporarystore.Custody;
import emr.hospital.temporarystore.CustodyState;
import emr.hospital.temporarystore.LocalPatients;
import emr.hospital.temporarystore.OutboxSummary;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
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

  @Inject Desk desk;
  @Inject TemporaryStore store;
  @Inject LocalPatients patients;
  @Inject Submissions submissions;

  private List<PatientBanner> recent = List.of();
  private List<Submissions.Row> setAside = List.of();
  private List<Submissions.Row> waiting = List.of();
  private long waitingCount;

  /** View action. */
  public void load() {
    Staff staff = desk.staff();
    boolean manages = staff.may(Permission.OUTBOX_MANAGE);
    String author = manages ? null : staff.user();
    if (staff.may(Permission.RECORD_READ)) {
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
              .toList();
    }
    setAside = rows(Set.of(CustodyState.SET_ASIDE), author, staff, manages);
    waiting =
        rows(
            Set.of(CustodyState.SAVED, CustodyState.HELD, CustodyState.SENT),
            author,
            staff,
            manages);
    OutboxSummary summary = store.summary();
    waitingCount = summary.waiting();
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

  /** Patients this person wrote for last. */
  public List<PatientBanner> getRecent() {
    return recent;
  }

  public List<Submissions.Row> getSetAside() {
    return setAside;
  }

  public List<Submissions.Row> getWaiting() {
    return waiting;
  }

  public long getWaitingCount() {
    return waitingCount;
  }
}
