package emr.portal;

import emr.custody.Verification;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.faces.CustodyTrack;
import emr.faces.PatientBanner;
import emr.faces.RecordHistory;
import emr.faces.RecordView;
import emr.faces.Viewpoint;
import emr.faces.entry.AdditionForm;
import emr.faces.entry.Complaint;
import emr.faces.entry.Scribe;
import emr.faces.page.Download;
import emr.faces.page.RecordPage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One record with all its versions, and an addition to it (claims 3, 16). */
@Named("record")
@ViewScoped
@SuppressWarnings(
    "NullAway.Init") // Faces sets the ids, then calls load(), before anything is shown
public class OneRecord implements RecordPage, Serializable {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject Verification verification;

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
  private final AdditionForm form = new AdditionForm();
  private final UUID submission = UUID.randomUUID(); // signing twice stores once
  private ArrayList<Complaint> complaints = new ArrayList<>();

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      PatientId whose = Desk.patient(patient);
      banner = desk.open(whose).banner();
      show(desk.history(Desk.record(type, id), whose));
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  private void show(List<RecordVersion> newestFirst) {
    Viewpoint viewpoint = PortalText.viewpoint();
    history =
        RecordHistory.of(newestFirst.stream().map(this::version).toList(), version, viewpoint);
    RecordVersion latest = newestFirst.get(0);
    newest = Desk.resource(latest);
    newestNumber = latest.number();
    receipt =
        new Receipt(
            verification.verified(latest),
            latest.hash().toUpperCase(Locale.ROOT).replaceAll("(.{4})(?=.)", "$1 "),
            viewpoint.text("receipt.centre"),
            viewpoint.exactly(latest.storedAt()),
            newestNumber == 1
                ? viewpoint.text("receipt.first")
                : viewpoint.text("receipt.follows", newestNumber - 1));
  }

  private RecordHistory.Version version(RecordVersion kept) {
    return new RecordHistory.Version(
        kept.number(),
        Desk.resource(kept),
        "",
        desk.hospitalName(kept.author()),
        kept.storedAt(),
        kept.storedAt(),
        kept.hash(),
        null);
  }

  @Override
  @RequiresPermissions("record:store")
  public String sign() {
    Viewpoint viewpoint = PortalText.viewpoint();
    complaints = new ArrayList<>(form.complaints(newest, viewpoint));
    if (!complaints.isEmpty()) {
      return "";
    }
    PatientId whose = Desk.patient(patient);
    Scribe scribe = desk.scribe(whose);
    Resource next =
        form.applyTo(
            newest, scribe, viewpoint.text("record.heading", viewpoint.day(viewpoint.today())));
    next.setMeta(null);
    try {
      desk.store(submission, whose, scribe.at(), List.of(Desk.entry(next, newestNumber)));
    } catch (Refusal refusal) {
      PortalText.notDone(refusal.explanation());
      return "";
    }
    PortalText.done(PortalText.of("stored.done", banner.name().inLine()));
    return PortalText.leadTo(
        "/portal/record?patient=" + whose.value() + "&type=" + type + "&id=" + id);
  }

  @Override
  @RequiresPermissions("record:read")
  public void download(String binary) throws IOException {
    RecordId file = Desk.record("Binary", binary);
    try {
      RecordVersion kept = desk.read(file, Desk.patient(patient));
      String name =
          history.view().files().stream()
              .filter(f -> f.binary().equals(binary))
              .findFirst()
              .map(RecordView.File::title)
              .orElse("file");
      Download.send(FacesContext.getCurrentInstance(), (Binary) Desk.resource(kept), name);
    } catch (Refusal refusal) {
      PortalText.notDone(refusal.explanation());
    }
  }

  @Override
  public boolean isMayAdd() {
    return desk.mayAdd(type) && !type.equals("Binary");
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
    return PortalText.viewpoint()
        .text(
            isMayAdd() ? "record.right-both" : "record.right-read",
            signedIn.roleText().toLowerCase(Locale.ROOT));
  }

  @Override
  public List<HoldChoice> getHoldChoices() {
    return List.of();
  }

  @Override
  public String getHold() {
    return "";
  }

  @Override
  public void setHold(@Nullable String hold) {
    // nothing is held at the centre: what is signed is stored
  }

  @Override
  public String getSigner() {
    return signedIn.signer();
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
    return null;
  }

  @Override
  public AdditionForm getForm() {
    return form;
  }

  @Override
  public List<Complaint> getComplaints() {
    return complaints;
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
