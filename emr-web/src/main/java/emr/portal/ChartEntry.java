package emr.portal;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.ChartRecord;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.entry.Complaint;
import emr.faces.entry.EntryForm;
import emr.faces.entry.Scribe;
import emr.faces.page.EntryPage;
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

/** An entry into a chart: written, reviewed, signed, and stored at the centre at once (claim 2). */
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
  @Inject SignedIn signedIn;

  private String patient = "";
  private PatientBanner banner;
  private final EntryForm form = new EntryForm();
  private final UUID submission = UUID.randomUUID(); // signing twice stores once
  private ArrayList<String> allergies = new ArrayList<>();
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private boolean reviewing;
  private transient @Nullable Part upload;

  /** View action. */
  @RequiresPermissions("record:store")
  public void load() {
    try {
      Desk.Opened opened = desk.open(Desk.patient(patient));
      banner = opened.banner();
      allergies = new ArrayList<>(opened.allergies());
      form.remember(
          opened.records().stream()
              .map(ChartRecord::resource)
              .filter(Observation.class::isInstance)
              .map(Observation.class::cast)
              .filter(Observation::hasEffectiveDateTimeType)
              .sorted(
                  Comparator.comparing((Observation o) -> o.getEffectiveDateTimeType().getValue())
                      .reversed())
              .toList());
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  @Override
  public void review() {
    complaints = new ArrayList<>(form.complaints(allergies, PortalText.viewpoint()));
    reviewing = complaints.isEmpty();
  }

  @Override
  public void back() {
    reviewing = false;
  }

  @Override
  @RequiresPermissions("record:store")
  public String sign() {
    Viewpoint viewpoint = PortalText.viewpoint();
    complaints = new ArrayList<>(form.complaints(allergies, viewpoint));
    if (!complaints.isEmpty()) {
      reviewing = false;
      return "";
    }
    PatientId whose = Desk.patient(patient);
    Scribe scribe = desk.scribe(whose);
    try {
      desk.store(
          submission,
          whose,
          scribe.at(),
          form.toResources(scribe).stream().map(resource -> Desk.entry(resource, 0)).toList());
    } catch (Refusal refusal) {
      PortalText.notDone(refusal.explanation());
      return "";
    }
    PortalText.done(PortalText.of("stored.done", banner.name().inLine()));
    return PortalText.leadTo("/portal/chart?patient=" + whose.value());
  }

  @Override
  public void attach() throws IOException {
    Part file = upload;
    upload = null;
    if (file == null) {
      return;
    }
    if (file.getSize() < 1 || file.getSize() > EntryForm.LARGEST_FILE) {
      PortalText.notDone(PortalText.viewpoint().text("entry.file-wrong"));
      return;
    }
    try (var in = file.getInputStream()) {
      String name = file.getSubmittedFileName();
      form.attach(name == null ? "" : name, file.getContentType(), in.readAllBytes());
    }
  }

  @Override
  public Map<String, Boolean> getMayAdd() {
    var may = new HashMap<String, Boolean>();
    TYPES.forEach(type -> may.put(type, desk.mayAdd(type)));
    return may;
  }

  @Override
  public List<EntryForm.Part> getParts() {
    return form.parts(PortalText.viewpoint());
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

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }
}
