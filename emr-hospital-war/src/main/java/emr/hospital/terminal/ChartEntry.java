package emr.hospital.terminal;

import emr.exchange.access.AccessRight;
import emr.exchange.access.RoleRights;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.faces.FhirJson;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.entry.Complaint;
import emr.faces.entry.EntryForm;
import emr.faces.entry.Scribe;
import emr.faces.page.EntryPage;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** An entry into a chart: written, reviewed, signed. */
@Named("entry")
@ViewScoped
@SuppressWarnings(
    "NullAway.Init") // Faces sets the patient, then calls load(), before anything is shown
public class ChartEntry implements EntryPage, Serializable {

  private static final long serialVersionUID = 1L;

  private static final List<String> TYPES =
      List.of(
          "Encounter",
          "Composition",
          "Observation",
          "Condition",
          "AllergyIntolerance",
          "MedicationRequest",
          "DocumentReference");

  @Inject Desk desk;
  @Inject TemporaryStore store;
  @Inject Holds holds;
  @Inject Namesakes namesakes;

  private String patient = "";
  private PatientBanner banner;
  private String similar = "";
  private final EntryForm form = new EntryForm();
  private final UUID submission = UUID.randomUUID(); // signing twice saves once
  private ArrayList<String> allergies = new ArrayList<>();
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private boolean reviewing;
  private String hold = Holds.USUAL;
  private transient @Nullable Part upload;

  /** View action. */
  @RequiresPermissions("record:store")
  public void load() {
    try {
      Desk.Opened opened = desk.open(Desk.patient(patient));
      banner = opened.banner();
      similar = namesakes.of(opened.patient(), desk.viewpoint());
      allergies = new ArrayList<>(opened.allergies());
      form.remember(
          opened.records().stream()
              .map(record -> record.resource())
              .filter(Observation.class::isInstance)
              .map(Observation.class::cast)
              .filter(Observation::hasEffectiveDateTimeType)
              .sorted(
                  Comparator.comparing((Observation o) -> o.getEffectiveDateTimeType().getValue())
                      .reversed())
              .toList());
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  @Override
  public void review() {
    Viewpoint viewpoint = desk.viewpoint();
    complaints = new ArrayList<>(form.complaints(allergies, viewpoint));
    reviewing = complaints.isEmpty();
  }

  @Override
  public void back() {
    reviewing = false;
  }

  @Override
  @RequiresPermissions("record:store")
  public String sign() {
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.RECORD_STORE);
    complaints = new ArrayList<>(form.complaints(allergies, viewpoint));
    if (!complaints.isEmpty()) {
      reviewing = false;
      return "";
    }
    PatientId whose = Desk.patient(patient);
    Scribe scribe = desk.scribe(staff, whose);
    List<Submission.Entry> entries =
        form.toResources(scribe).stream()
            .map(
                resource ->
                    new Submission.Entry(
                        new RecordId(resource.fhirType(), resource.getIdElement().getIdPart()),
                        0,
                        FhirJson.encode(resource)))
            .toList();
    try {
      store.save(
          new Submission(submission, desk.hospital(), whose, staff.author(), scribe.at(), entries),
          Holds.of(hold));
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, refusal.explanation());
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("sign.done", banner.name().inLine()));
    return "chart?faces-redirect=true&patient=" + whose.value();
  }

  @Override
  public void attach() throws IOException {
    Part file = upload;
    upload = null;
    if (file == null) {
      return;
    }
    if (file.getSize() < 1 || file.getSize() > EntryForm.LARGEST_FILE) {
      Desk.say(FacesMessage.SEVERITY_WARN, desk.viewpoint().text("entry.file-wrong"));
      return;
    }
    try (var in = file.getInputStream()) {
      String name = file.getSubmittedFileName();
      form.attach(name == null ? "" : name, file.getContentType(), in.readAllBytes());
    }
  }

  @Override
  public Map<String, Boolean> getMayAdd() {
    Staff staff = desk.staff();
    var may = new HashMap<String, Boolean>();
    TYPES.forEach(type -> may.put(type, RoleRights.may(staff.role(), AccessRight.STORE, type)));
    return may;
  }

  @Override
  public List<EntryForm.Part> getParts() {
    return form.parts(desk.viewpoint());
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
  public EntryForm getForm() {
    return form;
  }

  @Override
  public List<Complaint> getComplaints() {
    return complaints;
  }

  @Override
  public boolean isReviewing() {
    return reviewing;
  }

  @Override
  public @Nullable Part getUpload() {
    return upload;
  }

  @Override
  public void setUpload(@Nullable Part upload) {
    this.upload = upload;
  }

  @Override
  public PatientBanner getBanner() {
    return banner;
  }

  public String getSimilar() {
    return similar;
  }

  @Override
  public String getHold() {
    return hold;
  }

  @Override
  public void setHold(@Nullable String hold) {
    this.hold = hold == null ? Holds.USUAL : hold;
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }
}
