package emr.faces.page;

import emr.faces.ChartRecord;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.entry.CodedList;
import emr.faces.entry.Complaint;
import emr.faces.entry.EntryForm;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/entry.xhtml}: write an entry, then review and sign it. Both are one
 * view, so that what was typed lives in the view and not in the session; view-scoped.
 */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class EntryPage implements Signing, Serializable {

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

  private String patient = "";
  private PatientBanner banner;
  private final EntryForm form = new EntryForm();
  private final UUID submission = UUID.randomUUID();
  private ArrayList<String> allergies = new ArrayList<>();
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private boolean reviewing;
  private transient @Nullable Part upload;

  protected abstract Viewpoint viewpoint();

  /** Whether this person may add a record of {@code type}. */
  protected abstract boolean mayAdd(String type);

  /** Says to the person what was not done. */
  protected abstract void warn(String text);

  /**
   * @param chart whose vital signs are shown beside the fields for new ones
   * @param known names of what the patient is allergic to
   */
  protected void show(PatientBanner of, List<ChartRecord> chart, List<String> known) {
    banner = of;
    allergies = new ArrayList<>(known);
    form.remember(
        chart.stream()
            .map(ChartRecord::resource)
            .filter(Observation.class::isInstance)
            .map(Observation.class::cast)
            .filter(Observation::hasEffectiveDateTimeType)
            .sorted(
                Comparator.comparing((Observation o) -> o.getEffectiveDateTimeType().getValue())
                    .reversed())
            .toList());
  }

  /** Checks the entry, and if nothing stands against it, shows it for review. */
  public void review() {
    reviewing = isSound();
  }

  /** Back to writing. */
  public void back() {
    reviewing = false;
  }

  /** Whether nothing stands against the entry; if something does, back to writing. */
  protected boolean isSound() {
    complaints = new ArrayList<>(form.complaints(allergies, viewpoint()));
    reviewing &= complaints.isEmpty();
    return complaints.isEmpty();
  }

  /** The same whenever this view is signed: signing twice stores once. */
  protected UUID submission() {
    return submission;
  }

  /** Takes the chosen file into the entry. */
  public void attach() throws IOException {
    Part file = upload;
    upload = null;
    if (file == null) {
      return;
    }
    if (file.getSize() < 1 || file.getSize() > EntryForm.LARGEST_FILE) {
      warn(viewpoint().text("entry.file-wrong"));
      return;
    }
    try (var in = file.getInputStream()) {
      String name = file.getSubmittedFileName();
      form.attach(name == null ? "" : name, file.getContentType(), in.readAllBytes());
    }
  }

  /** By FHIR resource type, whether this person may add such records. */
  public Map<String, Boolean> getMayAdd() {
    var may = new HashMap<String, Boolean>();
    TYPES.forEach(type -> may.put(type, mayAdd(type)));
    return may;
  }

  /** What will go into the chart. */
  public List<EntryForm.Part> getParts() {
    return form.parts(viewpoint());
  }

  public EntryForm getForm() {
    return form;
  }

  /** What stands between the entry and its review, as the last check found. */
  public List<Complaint> getComplaints() {
    return complaints;
  }

  /** Whether the entry is being reviewed rather than written. */
  public boolean isReviewing() {
    return reviewing;
  }

  /** The file chosen last; null until one is. */
  public @Nullable Part getUpload() {
    return upload;
  }

  public void setUpload(@Nullable Part upload) {
    this.upload = upload;
  }

  public PatientBanner getBanner() {
    return banner;
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }

  public List<String> problems(String typed) {
    return CodedList.PROBLEMS.suggestions(typed);
  }

  public List<String> allergies(String typed) {
    return CodedList.ALLERGIES.suggestions(typed);
  }

  public List<String> medications(String typed) {
    return CodedList.MEDICATIONS.suggestions(typed);
  }
}
