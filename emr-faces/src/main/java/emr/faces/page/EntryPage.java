package emr.faces.page;

import emr.account.Draft;
import emr.account.DraftFile;
import emr.account.DraftFiles;
import emr.account.Notebook;
import emr.account.Stamp;
import emr.account.Ticket;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.ChartRecord;
import emr.faces.FhirText;
import emr.faces.Measure;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.account.Entrance;
import emr.faces.chart.Opened;
import emr.faces.entry.CodedList;
import emr.faces.entry.Complaint;
import emr.faces.entry.EntryForm;
import emr.faces.entry.Noted;
import emr.faces.entry.OrderList;
import emr.faces.entry.Ordered;
import emr.faces.entry.VitalSign;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/entry.xhtml}: write an entry, then review and sign it. Both are one
 * view, so that what was typed lives in the view and not in the session; view-scoped.
 */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class EntryPage implements Signing, Serializable {

  private static final long serialVersionUID = 1L;

  /** How long before a draft is given up its author is told. */
  private static final Duration NOTICE = Duration.ofDays(10);

  private static final List<String> TYPES =
      List.of(
          "Encounter",
          "Composition",
          "Observation",
          "Condition",
          "AllergyIntolerance",
          "MedicationRequest",
          "ServiceRequest",
          "DocumentReference");

  private String patient = "";
  private PatientBanner banner;
  private String gap = "";
  private final EntryForm form = new EntryForm();
  private UUID submission = UUID.randomUUID();
  private String draft = "";
  private ArrayList<Earlier> earlier = new ArrayList<>();
  private EntryForm.Known known = EntryForm.Known.NOTHING;
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private boolean reviewing;
  private transient @Nullable List<Part> uploads;

  /**
   * A draft begun before.
   *
   * @param id for links
   * @param name of the patient, as it was then
   * @param when it was changed last
   * @param until when it is given up, if that is soon; else empty
   */
  public record Earlier(String id, String patient, String name, String when, String until)
      implements Serializable {}

  protected abstract Viewpoint viewpoint();

  protected abstract Notebook notebook();

  /** Whom {@link #getStamps} are shared with. */
  protected abstract String circle();

  private static String user() {
    return Entrance.ticket().map(Ticket::user).orElseThrow(Refusal::notPermitted);
  }

  /** Whether this person may add a record of {@code type}. */
  protected abstract boolean mayAdd(String type);

  /** Says to the person what was not done. */
  protected abstract void warn(String text);

  /**
   * What an entry is checked against and shown beside, besides the allergies: problems and drugs of
   * now, what waits to be done, and the last vital signs.
   */
  protected List<String> queries() {
    String signs =
        Arrays.stream(VitalSign.values())
            .map(sign -> Measure.LOINC + "%7C" + sign.loinc())
            .collect(Collectors.joining(","));
    return List.of(
        about("Condition") + "clinical-status=active,recurrence,relapse&_count=200",
        about("Condition") + "clinical-status:missing=true&_count=200",
        about("MedicationRequest") + "status=active&_count=200",
        about("ServiceRequest")
            + "status=active&authored=ge"
            + Ordered.since(viewpoint())
            + "&_count=200",
        about("Observation") + "code=" + signs + "&_sort=-date&_count=100");
  }

  private String about(String type) {
    return type + "?patient=" + patient + "&";
  }

  /**
   * @param opened with what {@link #queries} found, and the allergies
   */
  protected void show(Opened opened) {
    List<ChartRecord> chart = opened.reading().records();
    banner = opened.banner();
    gap = opened.reading().gap();
    known =
        new EntryForm.Known(
            noted(chart, Condition.class, EntryPage::isActive, Condition::getCode),
            noted(chart, AllergyIntolerance.class, any -> true, AllergyIntolerance::getCode),
            noted(
                chart,
                MedicationRequest.class,
                request -> request.getStatus() == MedicationRequestStatus.ACTIVE,
                request ->
                    request.hasMedicationCodeableConcept()
                        ? request.getMedicationCodeableConcept()
                        : new CodeableConcept()),
            chart.stream()
                .flatMap(record -> Ordered.in(record.resource(), viewpoint()).stream())
                .toList(),
            gap.isEmpty());
    takeUp();
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

  private static boolean isActive(Condition condition) {
    return condition.getClinicalStatus().getCoding().stream()
        .noneMatch(c -> List.of("resolved", "inactive", "remission").contains(c.getCode()));
  }

  private <T> List<Noted> noted(
      List<ChartRecord> chart,
      Class<T> type,
      Predicate<T> current,
      Function<T, CodeableConcept> what) {
    return chart.stream()
        .map(ChartRecord::resource)
        .filter(type::isInstance)
        .map(type::cast)
        .filter(current)
        .map(what)
        .filter(concept -> !concept.isEmpty())
        .map(concept -> Noted.of(concept, viewpoint()))
        .distinct()
        .toList();
  }

  /** Goes on with the draft that the address names; tells of others for this patient. */
  private void takeUp() {
    List<Draft> own = notebook().drafts(user(), new PatientId(patient));
    Optional<Draft> named =
        own.stream().filter(each -> each.id().toString().equals(draft)).findFirst();
    named.ifPresent(
        each -> {
          submission = each.id();
          form.restore(fields(each));
        });
    lookAtFiles();
    earlier =
        new ArrayList<>(
            own.stream()
                .filter(each -> !each.id().equals(submission))
                .map(each -> earlier(each, viewpoint()))
                .toList());
  }

  /** How a draft is listed. */
  public static Earlier earlier(Draft draft, Viewpoint viewpoint) {
    return new Earlier(
        draft.id().toString(),
        draft.patient() == null ? "" : draft.patient().value(),
        content(draft).getString("name", ""),
        viewpoint.moment(draft.changedAt()),
        until(draft, viewpoint));
  }

  private static String until(Draft draft, Viewpoint viewpoint) {
    return viewpoint.now().plus(NOTICE).isBefore(draft.until())
        ? ""
        : viewpoint.text(
            "home.draft-until",
            viewpoint.day(LocalDate.ofInstant(draft.until(), viewpoint.zone())));
  }

  private static Map<String, String> fields(Draft draft) {
    var fields = new HashMap<String, String>();
    JsonObject kept = content(draft).getJsonObject("fields");
    kept.keySet().forEach(name -> fields.put(name, kept.getString(name, "")));
    return fields;
  }

  /** What a draft of an entry is kept as; {@code fields} are words. */
  static String content(String name, JsonObject fields) {
    return Json.createObjectBuilder().add("name", name).add("fields", fields).build().toString();
  }

  private static JsonObject content(Draft draft) {
    try (var reader = Json.createReader(new StringReader(draft.json()))) {
      return reader.readObject();
    }
  }

  /** Throws the draft away; what was signed stays. */
  protected void discard() {
    notebook().discard(submission, user());
  }

  /** Pieces of text to put in, by {@code ;word} and Tab. */
  public List<Stamp> getStamps() {
    return notebook().stamps(user(), circle());
  }

  /** Drafts for this patient that are not the one on this page. */
  public List<Earlier> getEarlier() {
    return earlier;
  }

  /** Id of the draft on this page. */
  public String getDraft() {
    return submission.toString();
  }

  public void setDraft(@Nullable String draft) {
    this.draft = draft == null ? "" : draft;
  }

  /** Checks the entry, and if nothing stands against it, shows it for review. */
  public void review() {
    lookAtFiles();
    reviewing = isSound();
  }

  /** Files come and go beside the page: before it is shown, those of the draft are looked at. */
  public void lookAtFiles() {
    form.setFiles(notebook().files().of(submission, user()));
  }

  /**
   * The octets of a file that is signed.
   *
   * @throws Refusal if it was taken out of the draft since it was reviewed
   */
  protected byte[] content(DraftFile file) {
    return notebook().files().content(submission, file.id(), user());
  }

  /** Back to writing. */
  public void back() {
    reviewing = false;
  }

  /** Whether nothing stands against the entry; if something does, back to writing. */
  protected boolean isSound() {
    complaints = new ArrayList<>(form.complaints(known, viewpoint()));
    reviewing &= complaints.isEmpty();
    return complaints.isEmpty();
  }

  /** The same whenever this view is signed: signing twice stores once. */
  protected UUID submission() {
    return submission;
  }

  /** Takes the chosen files into the draft, where no script did so as they were chosen. */
  public void attach() throws IOException {
    List<Part> chosen = uploads == null ? List.of() : uploads;
    uploads = null;
    try {
      for (Part file : chosen) {
        attach(file);
      }
    } catch (Refusal refusal) {
      warn(viewpoint().explained(refusal));
    }
  }

  private void attach(Part file) throws IOException {
    if (file.getSize() > DraftFiles.LARGEST) {
      throw DraftFiles.wrongSize();
    }
    begin();
    String name = file.getSubmittedFileName();
    try (var in = file.getInputStream()) {
      notebook()
          .files()
          .attach(
              submission,
              user(),
              name == null ? "" : name,
              file.getContentType(),
              in.readAllBytes());
    }
  }

  /** Begins the draft of this page, if no script has kept it yet. */
  private void begin() {
    if (notebook().draft(submission, user()).isEmpty()) {
      notebook()
          .keep(
              new Draft(
                  submission,
                  user(),
                  new PatientId(patient),
                  "entry",
                  content(banner.name().inLine(), JsonObject.EMPTY_JSON_OBJECT),
                  viewpoint().now()));
    }
  }

  /** Takes a file out of the draft. */
  public void remove(DraftFile file) {
    notebook().files().detach(submission, file.id(), user());
  }

  /** How large a file is, for people. */
  public String size(DraftFile file) {
    return FhirText.size(file.size(), viewpoint());
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

  /** The files chosen last; null until some are. */
  public @Nullable List<Part> getUploads() {
    return uploads;
  }

  public void setUploads(@Nullable List<Part> uploads) {
    this.uploads = uploads;
  }

  /** The largest file, in octets. */
  public int getLargest() {
    return DraftFiles.LARGEST;
  }

  /** What could not be read for now and what that means; empty if nothing is missing. */
  public String getGap() {
    return gap.isEmpty() ? "" : gap + " " + viewpoint().text("entry.unread");
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
    return CodedList.PROBLEMS.suggestions(typed, viewpoint());
  }

  public List<String> allergies(String typed) {
    return CodedList.ALLERGIES.suggestions(typed, viewpoint());
  }

  public List<String> medications(String typed) {
    return CodedList.MEDICATIONS.suggestions(typed, viewpoint());
  }

  public List<String> orders(String typed) {
    return OrderList.suggestions(typed, viewpoint().locale());
  }
}
