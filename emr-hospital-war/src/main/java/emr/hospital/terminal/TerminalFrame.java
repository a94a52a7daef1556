package emr.hospital.terminal;

import emr.account.Preferences;
import emr.account.Ticket;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.faces.Viewpoint;
import emr.faces.account.Entrance;
import emr.faces.page.Frame;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.access.Staff;
import emr.hospital.access.StaffDirectory;
import emr.hospital.communication.Centre;
import emr.hospital.communication.HospitalIdentity;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands around the terminal's pages. */
@Named("frame")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class TerminalFrame extends Frame {

  /** Where the words to search for wait for the next page. */
  static final String WORDS = "emr.words-to-find";

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject StaffDirectory directory;
  @Inject HospitalIdentity identity;
  @Inject Centre centre;
  @Inject TemporaryStore store;
  @Inject EmergencyReview review;

  private String query = "";
  private @Nullable Long waiting;

  @Override
  public String getPlace() {
    return identity.name();
  }

  @Override
  public String getPerson() {
    return signedIn.staff().map(Staff::name).orElse("");
  }

  @Override
  public String getAsWhom() {
    Viewpoint viewpoint = desk.viewpoint();
    return signedIn
        .staff()
        .map(
            staff ->
                viewpoint.text("role." + staff.role())
                    + " · "
                    + viewpoint.text("purpose." + Desk.purpose(staff)))
        .orElse("");
  }

  @Override
  protected @Nullable Role role() {
    return signedIn.staff().map(Staff::role).orElse(null);
  }

  @Override
  protected void keep(Preferences chosen) {
    Entrance.ticket().ifPresent(ticket -> directory.prefer(ticket.user(), chosen));
  }

  @Override
  public boolean isSearching() {
    return signedIn.staff().filter(staff -> staff.may(Permission.RECORD_READ)).isPresent();
  }

  @Override
  public String getQuery() {
    return query;
  }

  @Override
  public void setQuery(String query) {
    this.query = query;
  }

  @Override
  public String find() {
    FacesContext.getCurrentInstance().getExternalContext().getSessionMap().put(WORDS, query);
    return "patients?faces-redirect=true";
  }

  private long waiting() {
    if (waiting == null) {
      waiting = store.summary().waiting();
    }
    return waiting;
  }

  /** How many submissions wait here; empty if none does. */
  String getUnsent() {
    long unsent = waiting();
    return unsent == 0 ? "" : Long.toString(unsent);
  }

  @Override
  public String getConformance() {
    return ""; // terminals are not led out of the hospital
  }

  @Override
  public String getBeside() {
    return "/terminal/beside/";
  }

  private Optional<Staff> watcher() {
    return signedIn.staff().filter(staff -> staff.may(Permission.OUTBOX_READ));
  }

  @Override
  public String getLinkText() {
    if (watcher().isEmpty()) {
      return "";
    }
    Viewpoint viewpoint = desk.viewpoint();
    String reach =
        centre
            .awaySince()
            .map(since -> viewpoint.text("frame.away-since", viewpoint.clock(since)))
            .orElseGet(() -> viewpoint.text("frame.reachable"));
    return reach + " · " + viewpoint.text("frame.unsent", waiting());
  }

  @Override
  public String getLinkIcon() {
    return centre.awaySince().isPresent() ? "ban" : "check-circle";
  }

  @Override
  public String getLinkPage() {
    return "outbox";
  }

  @Override
  public String getAway() {
    Viewpoint viewpoint = desk.viewpoint();
    return watcher()
        .flatMap(staff -> centre.awaySince())
        .map(since -> viewpoint.text("frame.away", viewpoint.clock(since), waiting()))
        .orElse("");
  }

  @Override
  public List<RailLink> getRail() {
    Viewpoint viewpoint = desk.viewpoint();
    var links = new ArrayList<RailLink>();
    if (Entrance.ticket().filter(Ticket::mustChange).isPresent()) {
      return links; // nothing opens before they have chosen their own password
    }
    Optional<Staff> staff = signedIn.staff();
    links.add(new RailLink("home", "home", viewpoint.text("rail.home"), ""));
    if (isSearching()) {
      links.add(new RailLink("patients", "search", viewpoint.text("rail.patients"), ""));
    }
    links.add(new RailLink("outbox", "inbox", viewpoint.text("rail.outbox"), getUnsent()));
    addEmergency(links);
    if (staff.filter(s -> s.may(Permission.POLICY_MAKE)).isPresent()) {
      links.add(new RailLink("policies", "key", viewpoint.text("rail.policies"), ""));
    }
    if (staff.filter(s -> s.may(Permission.SETTINGS_MANAGE)).isPresent()) {
      long emergent = review.getWaiting();
      links.add(
          new RailLink(
              "emergencies",
              "lock-open",
              viewpoint.text("emergency.rail-review"),
              emergent == 0 ? "" : Long.toString(emergent)));
      links.add(new RailLink("staff", "users", viewpoint.text("rail.staff"), ""));
      links.add(new RailLink("settings", "cog", viewpoint.text("rail.settings"), ""));
    }
    return links;
  }

  @Override
  public List<RailLink> getChartRail() {
    Viewpoint viewpoint = desk.viewpoint();
    var links = new ArrayList<RailLink>();
    links.add(new RailLink("chart", "th-large", viewpoint.text("rail.chart"), ""));
    links.add(new RailLink("timeline", "history", viewpoint.text("rail.timeline"), ""));
    links.add(new RailLink("results", "chart-line", viewpoint.text("rail.results"), ""));
    links.add(new RailLink("documents", "images", viewpoint.text("rail.documents"), ""));
    links.add(new RailLink("outside", "building", viewpoint.text("rail.outside"), ""));
    if (signedIn.staff().filter(s -> s.may(Permission.RECORD_STORE)).isPresent()) {
      links.add(new RailLink("entry", "file-edit", viewpoint.text("rail.entry"), ""));
    }
    if (signedIn.staff().filter(s -> s.may(Permission.POLICY_MAKE)).isPresent()) {
      links.add(new RailLink("rights", "key", viewpoint.text("rail.rights"), ""));
    }
    if (staffSeesTrail()) {
      links.add(new RailLink("seen", "eye", viewpoint.text("rail.seen"), ""));
    }
    addEmergency(links);
    return links;
  }

  private void addEmergency(List<RailLink> links) {
    if (signedIn.staff().filter(s -> s.may(Permission.EMERGENCY_OPEN)).isPresent()) {
      links.add(
          new RailLink("emergency", "lock-open", desk.viewpoint().text("emergency.rail"), ""));
    }
  }

  private boolean staffSeesTrail() {
    return signedIn
        .staff()
        .filter(s -> RoleRights.may(s.role(), AccessRight.READ, "AuditEvent"))
        .isPresent();
  }

  @Override
  public String signOut() {
    signedIn.signOut();
    return "sign-in?faces-redirect=true";
  }
}
