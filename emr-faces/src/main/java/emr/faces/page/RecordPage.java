package emr.faces.page;

import emr.faces.CustodyTrack;
import emr.faces.PatientBanner;
import emr.faces.RecordHistory;
import emr.faces.RecordView;
import emr.faces.Viewpoint;
import emr.faces.entry.AdditionForm;
import emr.faces.entry.Complaint;
import emr.faces.entry.Scribe;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/record.xhtml}: one record, its versions, and an addition to it. */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class RecordPage implements Signing, Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * What is known about the newest version's receipt.
   *
   * @param verified whether the receipt's signature was checked just now and it names the version
   *     shown
   * @param fingerprint 64 hex digits in groups of four
   * @param signer who signed it
   * @param chain what it follows
   */
  public record Receipt(
      boolean verified, String fingerprint, String signer, String storedAt, String chain)
      implements Serializable {}

  private String patient = "";
  private String type = "";
  private String id = "";
  private int version;
  private String view = "";
  private String add = "";
  private String shown = "";
  private PatientBanner banner;
  private RecordHistory history;
  private Resource newest;
  private int newestNumber;
  private @Nullable Receipt receipt;
  private @Nullable CustodyTrack track;
  private final AdditionForm form = new AdditionForm();
  private final UUID submission = UUID.randomUUID();
  private ArrayList<Complaint> complaints = new ArrayList<>();

  protected abstract Viewpoint viewpoint();

  /** By which role this person sees the record, in words. */
  protected abstract String role();

  /** Name of the hospital of the person signed in, as its records carry it. */
  protected abstract String place();

  /** Whether this person has opened the chart in an emergency, and it is open now. */
  protected abstract boolean isEmergency();

  public abstract boolean isMayAdd();

  /** Sends a file that the record names to the browser. */
  public abstract void download(String binary) throws IOException;

  /**
   * @param versions newest first, one at least
   * @param way of the newest to the centre; null where only the centre has it
   */
  protected void show(
      PatientBanner of, List<RecordHistory.Version> versions, @Nullable CustodyTrack way) {
    banner = of;
    shown = address();
    history = RecordHistory.of(versions, version, viewpoint());
    newest = versions.get(0).resource();
    newestNumber = versions.get(0).number();
    track = way;
  }

  /**
   * Shows the centre's word for the newest version.
   *
   * @param hash 64 hex digits
   */
  protected void showReceipt(boolean verified, String hash, Instant storedAt) {
    Viewpoint viewpoint = viewpoint();
    receipt =
        new Receipt(
            verified,
            hash.toUpperCase(Locale.ROOT).replaceAll("(.{4})(?=.)", "$1 "),
            viewpoint.text("receipt.centre"),
            viewpoint.exactly(storedAt),
            newestNumber == 1
                ? viewpoint.text("receipt.first")
                : viewpoint.text("receipt.follows", newestNumber - 1));
  }

  /** Number of the newest version: what an addition is based on. */
  protected int newestNumber() {
    return newestNumber;
  }

  /** The same whenever this view is signed: signing twice stores once. */
  protected UUID submission() {
    return submission;
  }

  /**
   * Whether nothing stands against the addition. What was shown when the form opened is what is
   * signed: a form that names another patient or record by now is refused.
   */
  protected boolean isSound() {
    complaints = new ArrayList<>(form.complaints(newest, viewpoint()));
    if (!shown.equals(address())) {
      complaints.add(new Complaint("addition", viewpoint().text("record.other")));
    }
    return complaints.isEmpty();
  }

  /** Says that somebody added a version while the form was open; nothing is lost. */
  protected void overtaken() {
    complaints.add(new Complaint("addition", viewpoint().text("record.overtaken")));
  }

  private String address() {
    return patient + " " + type + " " + id;
  }

  /** The newest version with what was added to it. */
  protected Resource addition(Scribe scribe) {
    Viewpoint viewpoint = viewpoint();
    Resource next =
        form.applyTo(
            newest, scribe, viewpoint.text("record.heading", viewpoint.day(viewpoint.today())));
    next.setMeta(null);
    return next;
  }

  /** Title of a file that the record names. */
  protected String titleOf(String binary) {
    return history.view().files().stream()
        .filter(file -> file.binary().equals(binary))
        .findFirst()
        .map(RecordView.File::title)
        .orElse("file");
  }

  /** Whether the form for an addition is open. */
  public boolean isAdding() {
    return add.equals("yes") && isMayAdd();
  }

  /** Whether the record has a number that can be corrected. */
  public boolean isValueCorrectable() {
    return AdditionForm.hasValue(newest);
  }

  /** States the record can be put into, as codes; empty if it has none. */
  public List<String> getStates() {
    return AdditionForm.states(newest);
  }

  /** By which right this person sees the record, in a sentence. */
  public String getRight() {
    String hospital = history.first().hospital();
    if (!hospital.isEmpty() && !hospital.equals(place())) {
      return viewpoint()
          .text(
              isEmergency() ? "record.right-emergency" : "record.right-outside",
              hospital,
              role().toLowerCase(Locale.ROOT));
    }
    return viewpoint()
        .text(
            isMayAdd() ? "record.right-both" : "record.right-read",
            role().toLowerCase(Locale.ROOT));
  }

  /** When the page was made, to the second and with its zone, as it stands on paper. */
  public String getMadeAt() {
    Viewpoint viewpoint = viewpoint();
    return viewpoint.exactly(viewpoint.now()) + " " + viewpoint.zone();
  }

  public PatientBanner getBanner() {
    return banner;
  }

  public RecordHistory getHistory() {
    return history;
  }

  /** Null where none is known. */
  public @Nullable Receipt getReceipt() {
    return receipt;
  }

  /** Its way to the centre; null where only the centre has it. */
  public @Nullable CustodyTrack getTrack() {
    return track;
  }

  public AdditionForm getForm() {
    return form;
  }

  public List<Complaint> getComplaints() {
    return complaints;
  }

  /** Which view of the versions: pair, differences or one. */
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

  /** FHIR type and logical id of the record, for links. */
  public String getType() {
    return type;
  }

  public void setType(String type) {
    this.type = type;
  }

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
