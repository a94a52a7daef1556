package emr.portal;

import emr.account.Preferences;
import emr.account.Ticket;
import emr.communication.trail.AuditEvents;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.faces.Viewpoint;
import emr.faces.account.Entrance;
import emr.faces.page.Frame;
import emr.identity.Staff;
import emr.identity.StaffAccounts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.shiro.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** What stands around the portal's pages. */
@Named("frame")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class PortalFrame extends Frame {

  @Inject SignedIn signedIn;
  @Inject StaffAccounts accounts;
  @Inject HandedOver handedOver;
  @Inject EmergencyReview review;

  private String query = "";

  @Override
  public String getPlace() {
    return signedIn.staff().isPresent() ? signedIn.place() : PortalText.of("centre");
  }

  @Override
  public String getPerson() {
    return signedIn.staff().map(Staff::name).orElse("");
  }

  @Override
  public String getAsWhom() {
    return signedIn
        .staff()
        .map(
            person ->
                person.operator()
                    ? PortalText.of("frame.operator")
                    : PortalText.of("frame.as", signedIn.roleText(), purpose()))
        .orElse("");
  }

  private String purpose() {
    return PortalText.viewpoint().text("purpose." + getPurpose());
  }

  @Override
  protected @Nullable Role role() {
    return signedIn.staff().map(Staff::role).orElse(null);
  }

  @Override
  protected void keep(Preferences chosen) {
    Entrance.ticket().ifPresent(ticket -> accounts.prefer(ticket.user(), chosen));
  }

  @Override
  public boolean isSearching() {
    return signedIn.may(Permission.RECORD_READ);
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
    handedOver.handOver(query);
    return PortalText.leadTo("/portal/patients");
  }

  @Override
  public String getLinkText() {
    return isSearching() ? PortalText.of("frame.direct") : "";
  }

  @Override
  public String getLinkIcon() {
    return "check-circle";
  }

  @Override
  public String getLinkPage() {
    return "";
  }

  @Override
  public String getConformance() {
    return "/fhir/metadata";
  }

  @Override
  public String getEntrance() {
    return "/portal/sign-in"; // operators' pages lie deeper
  }

  @Override
  public String getBeside() {
    return "/portal/beside/";
  }

  @Override
  public String getAway() {
    return "";
  }

  @Override
  public List<RailLink> getRail() {
    var links = new ArrayList<RailLink>();
    if (Entrance.ticket().filter(Ticket::mustChange).isPresent()) {
      return links; // nothing opens before they have chosen their own password
    }
    if (signedIn.may(Permission.CENTRE_OPERATE)) {
      links.add(link("home", "server", "operate.hospitals"));
      links.add(link("audit", "eye", "operate.audit"));
      links.add(link("charges", "wallet", "operate.charges"));
      links.add(link("tariffs", "sliders-h", "operate.tariffs"));
      links.add(link("partners", "sitemap", "operate.partners"));
    } else {
      links.add(link("home", "home", "staff.home"));
      if (signedIn.may(Permission.RECORD_READ)) {
        links.add(link("patients", "search", "staff.patients"));
      }
      if (signedIn.may(Permission.POLICY_MAKE)) {
        links.add(link("rights", "key", "staff.rights"));
      }
      addEmergencies(links);
    }
    if (signedIn.may(Permission.STAFF_MANAGE)) {
      links.add(link("staff", "users", "staff.accounts"));
    }
    return links;
  }

  private void addEmergencies(List<RailLink> links) {
    Viewpoint viewpoint = PortalText.viewpoint();
    if (signedIn.may(Permission.EMERGENCY_OPEN)) {
      links.add(new RailLink("emergency", "lock-open", viewpoint.text("emergency.rail"), ""));
    }
    if (signedIn.may(Permission.EMERGENCY_REVIEW)) {
      long waiting = review.getWaiting();
      links.add(
          new RailLink(
              "emergencies",
              "lock-open",
              viewpoint.text("emergency.rail-review"),
              waiting == 0 ? "" : Long.toString(waiting)));
    }
  }

  @Override
  public List<RailLink> getChartRail() {
    var links = new ArrayList<RailLink>();
    links.add(link("chart", "th-large", "staff.chart"));
    Viewpoint viewpoint = PortalText.viewpoint();
    links.add(new RailLink("timeline", "history", viewpoint.text("rail.timeline"), ""));
    links.add(new RailLink("results", "chart-line", viewpoint.text("rail.results"), ""));
    links.add(new RailLink("documents", "images", viewpoint.text("rail.documents"), ""));
    links.add(new RailLink("outside", "building", viewpoint.text("rail.outside"), ""));
    if (signedIn.may(Permission.RECORD_STORE)) {
      links.add(link("entry", "file-edit", "staff.entry"));
    }
    if (signedIn.may(Permission.POLICY_MAKE)) {
      links.add(link("rights", "key", "staff.rights"));
    }
    Role role = signedIn.staff().map(Staff::role).orElse(null);
    if (role != null && RoleRights.may(role, AccessRight.READ, AuditEvents.TYPE)) {
      links.add(link("seen", "eye", "staff.seen"));
    }
    addEmergencies(links);
    return links;
  }

  private static RailLink link(String page, String icon, String label) {
    return new RailLink(page, icon, PortalText.of(label), "");
  }

  @Override
  public String signOut() {
    SecurityUtils.getSubject().logout();
    return "/portal/sign-in?faces-redirect=true";
  }
}
