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
import emr.faces.entry.AdditionForm;
import emr.faces.entry.Complaint;
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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One record with all its versions, and an addition to it. */
@Named("record")
@ViewScoped
@SuppressWarnings(
    "NullAway.Init") // Faces sets the ids, then calls load(), before anything is shown
public class OneRecord implements RecordPage, Serializable {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject Charts charts;
  @Inject TemporaryStore store;
  @Inject Holds holds;

  private String patient = "";
  private String type = "";
  private String id = "";
  private int version;
  private String view = "";
  private String add = "";
  private PatientBanner banner;
  private RecordHistory history;
  private Resource newest;
  private int newestNumber;
  private @Nullable Receipt receipt;
  private @Nullable CustodyTrack track;
  private String away = "";
  private final AdditionForm form = new AdditionForm();
  private final UUID submission = UUID.randomUUID(); // signing twice saves once
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private String hold = Holds.USUAL;

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      PatientId whose = Desk.patient(patient);
      Staff staff = desk.staff(Permission.RECORD_READ);
      RecordId record = Desk.record(type, id);
      banner = desk.open(whose).banner();
      var found = charts.history(staff.author(), Desk.purpose(staff), whose, record);
      if (found.versions().isEmpty()) {
        throw Refusal.notPermitted();
      }
      show(found);
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  private void show(emr.hospital.temporarystore.RecordHistory found) {
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
    history = RecordHistory.of(versions, version, viewpoint);
    Chart.Entry latest = found.versions().get(0);
    newest = Desk.resource(latest);
    newestNumber = latest.number();
    var known = receipts.get(newestNumber);
    receipt =
        known == null
            ? null
            : new Receipt(
                known.confirmed(),
                known.hash().toUpperCase(Locale.ROOT).replaceAll("(.{4})(?=.)", "$1 "),
                viewpoint.text("receipt.centre"),
                viewpoint.exactly(known.storedAt()),
                newestNumber == 1
                    ? viewpoint.text("receipt.first")
                    : viewpoint.text("receipt.follows", newestNumber - 1));
    track = latest.submission() == null ? null : way(latest.submission(), viewpoint);
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
    complaints = new ArrayList<>(form.complaints(newest, viewpoint));
    if (!complaints.isEmpty()) {
      return "";
    }
    PatientId whose = Desk.patient(patient);
    Scribe scribe = desk.scribe(staff, whose);
    Resource next =
        form.applyTo(
            newest, scribe, viewpoint.text("record.heading", viewpoint.day(viewpoint.today())));
    next.setMeta(null);
    try {
      store.save(
          new Submission(
              submission,
              desk.hospital(),
              whose,
              staff.author(),
              scribe.at(),
              List.of(
                  new Submission.Entry(
                      Desk.record(type, id), newestNumber, FhirJson.encode(next)))),
          Holds.of(hold));
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, refusal.explanation());
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("record.added", banner.name().inLine()));
    return "record?faces-redirect=true&patient=" + whose.value() + "&type=" + type + "&id=" + id;
  }

  @Override
  @RequiresPermissions("record:read")
  public void download(String binary) throws IOException {
    Staff staff = desk.staff(Permission.RECORD_READ);
    RecordId file = Desk.record("Binary", binary);
    try {
      var found =
          charts.ask(
              staff.author(), Desk.purpose(staff), Desk.patient(patient), List.of(file.toString()));
      Chart.Entry entry =
          found.entries().stream()
              .filter(e -> e.record().equals(file))
              .findFirst()
              .orElseThrow(Refusal::notPermitted);
      String name =
          history.view().files().stream()
              .filter(f -> f.binary().equals(binary))
              .findFirst()
              .map(f -> f.title())
              .orElse("file");
      Download.send(FacesContext.getCurrentInstance(), (Binary) Desk.resource(entry), name);
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, refusal.explanation());
    }
  }

  @Override
  public boolean isMayAdd() {
    Staff staff = desk.staff();
    return staff.may(Permission.RECORD_STORE)
        && staff.role() != Role.ADMINISTRATOR
        && RoleRights.may(staff.role(), AccessRight.STORE, type)
        && !type.equals("Binary");
  }

  @Override
  public boolean isAdding() {
    return add.equals("yes") && isMayAdd();
  }

  @Override
  public boolean isValueCorrectable() {
    return AdditionForm.hasValue(newest);
  }

  @Override
  public List<String> getStates() {
    return AdditionForm.states(newest);
  }

  @Override
  public String getRight() {
    Viewpoint viewpoint = desk.viewpoint();
    return viewpoint.text(
        isMayAdd() ? "record.right-both" : "record.right-read",
        viewpoint.text("role." + desk.staff().role()).toLowerCase(Locale.ROOT));
  }

  @Override
  public List<HoldChoice> getHoldChoices() {
    return holds.choices(desk.viewpoint());
  }

  @Override
  public String getSigner() {
    return desk.signer(desk.staff());
  }

  @Override
  public PatientBanner getBanner() {
    return banner;
  }

  @Override
  public RecordHistory getHistory() {
    return history;
  }

  @Override
  public @Nullable Receipt getReceipt() {
    return receipt;
  }

  @Override
  public @Nullable CustodyTrack getTrack() {
    return track;
  }

  @Override
  public AdditionForm getForm() {
    return form;
  }

  @Override
  public List<Complaint> getComplaints() {
    return complaints;
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
  public String getView() {
    return switch (view) {
      case "differences", "one" -> view;
      default -> "pair";
    };
  }

  public void setView(@Nullable String view) {
    this.view = view == null ? "" : view;
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }

  @Override
  public String getType() {
    return type;
  }

  public void setType(String type) {
    this.type = type;
  }

  @Override
  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public int getVersion() {
    return version;
  }

  public void setVersion(int version) {
    this.version = version;
  }

  public String getAdd() {
    return add;
  }

  public void setAdd(@Nullable String add) {
    this.add = add == null ? "" : add;
  }
}
