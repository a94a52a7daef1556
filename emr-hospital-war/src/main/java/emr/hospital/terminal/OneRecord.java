package emr.hospital.terminal;

import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.faces.CustodyState;
import emr.faces.CustodyTrack;
import emr.faces.FhirJson;
import emr.faces.PatientBanner;
import emr.faces.RecordHistory;
import emr.faces.Viewpoint;
import emr.faces.chart.Opened;
import emr.faces.entry.Scribe;
import emr.faces.page.Download;
import emr.faces.page.RecordPage;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.temporarystore.Chart;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.Custody;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One record with all its versions, and an addition to it. */
@Named("record")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class OneRecord extends RecordPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject Charts charts;
  @Inject TemporaryStore store;
  @Inject Holds holds;

  private String away = "";
  private String hold = Holds.USUAL;

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      PatientId whose = Desk.patient(getPatient());
      Staff staff = desk.staff(Permission.RECORD_READ);
      RecordId record = Desk.record(getType(), getId());
      Opened opened = desk.open(getPatient(), List.of());
      var found = charts.history(staff.author(), Desk.purpose(staff), whose, record);
      if (found.versions().isEmpty()) {
        throw Refusal.notPermitted();
      }
      show(opened.banner(), found);
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  private void show(PatientBanner banner, emr.hospital.temporarystore.RecordHistory found) {
    Viewpoint viewpoint = desk.viewpoint();
    Map<Integer, emr.hospital.temporarystore.RecordHistory.Receipt> receipts = new HashMap<>();
    found.receipts().forEach(r -> receipts.put(r.number(), r));
    var versions = new ArrayList<RecordHistory.Version>();
    for (Chart.Entry entry : found.versions()) {
      var known = receipts.get(entry.number());
      versions.add(
          new RecordHistory.Version(
              entry.number(),
              Desk.resource(entry),
              entry.author(),
              desk.hospitalName(entry.hospital()),
              entry.at(),
              entry.state() == null ? entry.at() : null,
              known == null ? "" : known.hash(),
              Desk.state(entry.state())));
    }
    Chart.Entry latest = found.versions().get(0);
    show(
        banner, versions, latest.submission() == null ? null : way(latest.submission(), viewpoint));
    var known = receipts.get(latest.number());
    if (known != null) {
      showReceipt(known.confirmed(), known.hash(), known.storedAt());
    }
    away = found.awaySince() == null ? "" : viewpoint.text("chart.away");
  }

  private @Nullable CustodyTrack way(UUID submitted, Viewpoint viewpoint) {
    Custody custody = store.custody(submitted).orElse(null);
    if (custody == null) {
      return null;
    }
    var times = new EnumMap<CustodyState, String>(CustodyState.class);
    for (Custody.Step step : custody.steps()) {
      times.put(CustodyState.valueOf(step.state().name()), viewpoint.moment(step.at()));
    }
    return CustodyTrack.at(CustodyState.valueOf(custody.state().name()), times);
  }

  @Override
  @RequiresPermissions("record:store")
  public String sign() {
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.RECORD_STORE);
    if (!isSound()) {
      return "";
    }
    PatientId whose = Desk.patient(getPatient());
    if (isOvertaken(staff, whose)) {
      overtaken();
      return "";
    }
    Scribe scribe = desk.scribe(staff, whose);
    Resource next = addition(scribe);
    try {
      store.save(
          new Submission(
              submission(),
              desk.hospital(),
              whose,
              staff.author(),
              scribe.at(),
              List.of(
                  new Submission.Entry(
                      Desk.record(getType(), getId()), newestNumber(), FhirJson.encode(next)))),
          Holds.of(hold));
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().explained(refusal));
      return "";
    }
    Desk.say(
        FacesMessage.SEVERITY_INFO, viewpoint.text("record.added", getBanner().name().inLine()));
    return "record?faces-redirect=true&patient="
        + whose.value()
        + "&type="
        + getType()
        + "&id="
        + getId();
  }

  /** Whether there is a newer version by now than the one before the person's eyes. */
  private boolean isOvertaken(Staff staff, PatientId whose) {
    return charts
        .history(staff.author(), Desk.purpose(staff), whose, Desk.record(getType(), getId()))
        .versions()
        .stream()
        .anyMatch(version -> version.number() > newestNumber());
  }

  @Override
  @RequiresPermissions("record:read")
  public void download(String binary) throws IOException {
    Staff staff = desk.staff(Permission.RECORD_READ);
    RecordId file = Desk.record("Binary", binary);
    try {
      var found =
          charts.ask(
              staff.author(),
              Desk.purpose(staff),
              Desk.patient(getPatient()),
              List.of(file.toString()));
      Chart.Entry entry =
          found.entries().stream()
              .filter(e -> e.record().equals(file))
              .findFirst()
              .orElseThrow(Refusal::notPermitted);
      Download.send(
          FacesContext.getCurrentInstance(), (Binary) Desk.resource(entry), titleOf(binary));
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().explained(refusal));
    }
  }

  @Override
  public boolean isMayAdd() {
    Staff staff = desk.staff();
    return staff.may(Permission.RECORD_STORE)
        && staff.role() != Role.ADMINISTRATOR
        && RoleRights.may(staff.role(), AccessRight.STORE, getType())
        && !getType().equals("Binary");
  }

  @Override
  public List<HoldChoice> getHoldChoices() {
    return holds.choices(desk.viewpoint());
  }

  @Override
  public String getSigner() {
    return desk.signer(desk.staff());
  }

  /** What is missing while the centre is away; empty otherwise. */
  public String getAway() {
    return away;
  }

  @Override
  public String getHold() {
    return hold;
  }

  @Override
  public void setHold(@Nullable String hold) {
    this.hold = hold == null ? Holds.USUAL : hold;
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  @Override
  protected String place() {
    return desk.place();
  }

  @Override
  protected boolean isEmergency() {
    return desk.isEmergency(getPatient());
  }

  @Override
  protected String role() {
    return desk.viewpoint().text("role." + desk.staff().role());
  }
}
