package emr.faces.page;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Referral;
import emr.exchange.access.Role;
import emr.exchange.access.Simulation;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.ChartItem;
import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.CustodyState;
import emr.faces.FhirText;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.entry.Complaint;
import emr.faces.entry.PolicyForm;
import emr.faces.entry.ReferralForm;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/rights.xhtml}: who may read and who may add. */
public abstract class RightsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * A policy.
   *
   * @param id of the record that carries it
   * @param refuses whether it shuts what it names
   * @param who the hospital's name
   * @param detail role or person, in words
   * @param what kinds of records, in words
   * @param whose "this patient" or "all patients"
   * @param because why it was withdrawn; empty while it was not
   * @param paper id of the DocumentReference of what the patient signed; empty if there is none
   * @param referral id of the ServiceRequest that it goes with; empty if there is none
   * @param referred that it goes with a referral and why, in words; empty if it does not
   * @param state null once the centre has put it in force
   */
  public record Row(
      String id,
      boolean refuses,
      String who,
      String detail,
      boolean read,
      boolean add,
      String what,
      String whose,
      String period,
      boolean inForce,
      String because,
      String paper,
      String referral,
      String referred,
      @Nullable CustodyState state)
      implements Serializable {}

  /**
   * A Consent that says who may see the patient's records, and by which nobody is judged.
   *
   * @param id of the record
   * @param refuses whether it denies
   */
  public record Unenforced(String id, boolean refuses) implements Serializable {}

  /** A hospital that can be given rights. */
  public record Hospital(String id, String name) implements Serializable {}

  private String patient = "";
  private @Nullable PatientBanner banner;
  private final PolicyForm form = new PolicyForm();
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private final ReferralForm referral = new ReferralForm();
  private ArrayList<Complaint> referralComplaints = new ArrayList<>();
  private String sentence = "";
  private String trialHospital = "";
  private String trialRole = Role.PHYSICIAN.name();
  private String trialUser = "";
  private ArrayList<Tried> tried = new ArrayList<>();
  private final HashMap<String, String> reasons = new HashMap<>();
  private final LinkedHashMap<String, String> papers = new LinkedHashMap<>();
  private final HashMap<String, String> referrals = new HashMap<>();

  protected abstract Viewpoint viewpoint();

  /** The hospital that grants. */
  protected abstract HospitalId grantor();

  protected abstract String hospitalName(HospitalId hospital);

  public abstract List<Row> getRows();

  /** The patient's Consents that are no policies; nobody shall believe that they hold. */
  public abstract List<Unenforced> getUnenforced();

  /** {@code consent} if it is such a one. */
  protected static Optional<Unenforced> unenforced(String id, JsonNode consent) {
    boolean refuses = consent.path("provision").path("type").asText().equals("deny");
    return AccessPolicy.isUnenforced(consent)
        ? Optional.of(new Unenforced(id, refuses))
        : Optional.empty();
  }

  /** Hospitals that can be given rights; none before they are known. */
  public abstract List<Hospital> getHospitals();

  public abstract boolean isMayGrant();

  public abstract String sign();

  /** Whether this person may, by their role, store the request that a referral is. */
  protected abstract boolean mayRequest();

  /** Signs the referral in the form. */
  public abstract String refer();

  /**
   * What the centre says that somebody could see of the page's patient.
   *
   * @throws Refusal if it does not say
   */
  protected abstract List<Simulation.Line> simulate(Simulation simulation);

  public abstract String withdraw(String id);

  /** What is asked of the chart: papers that a patient may have signed, and referrals. */
  protected List<String> queries() {
    return List.of(
        "DocumentReference?patient=" + patient + "&_sort=-date&_count=50",
        "ServiceRequest?patient=" + patient + "&code=" + Referral.CODE + "&_count=100");
  }

  /**
   * @param chart what {@link #queries} found
   */
  protected void show(PatientBanner of, List<ChartRecord> chart) {
    banner = of;
    referral.begin(viewpoint());
    papers.clear();
    referrals.clear();
    for (ChartRecord record : chart) {
      boolean stored = record.state() == null; // what waits here the centre does not know
      if (stored && record.type().equals("DocumentReference")) {
        ChartItem item = ChartSummary.item(record, viewpoint());
        papers.putIfAbsent(
            FhirText.joined(", ", item.title(), item.aside()), "DocumentReference/" + record.id());
      }
      if (record.resource() instanceof ServiceRequest request) {
        referrals.put(record.id(), FhirText.concept(request.getReasonCodeFirstRep()));
      }
    }
  }

  /** Documents of the chart by what they are called, newest first. */
  public Map<String, String> getPapers() {
    return papers;
  }

  /**
   * Whose records the page is about; null for all patients'.
   *
   * @throws Refusal if the address names none
   */
  @SuppressWarnings("UnusedException") // it says what the address said
  protected @Nullable PatientId whose() {
    try {
      return patient.isEmpty() ? null : new PatientId(patient);
    } catch (IllegalArgumentException e) {
      throw Refusal.notPermitted();
    }
  }

  /**
   * @param id of the record that carries the policy
   * @param because why it was withdrawn; empty while it was not
   * @param state null once the centre has put it in force
   */
  protected Row row(String id, AccessPolicy policy, String because, @Nullable CustodyState state) {
    Viewpoint viewpoint = viewpoint();
    return new Row(
        id,
        policy.refuses(),
        receiver(policy),
        detail(policy, viewpoint),
        policy.rights().contains(AccessRight.READ),
        policy.rights().contains(AccessRight.STORE),
        PolicyForm.what(policy, viewpoint),
        viewpoint.text(policy.patient() == null ? "rights.every-patient" : "rights.this-patient"),
        PolicyForm.period(policy, viewpoint),
        policy.inForce(),
        because,
        policy.paper() == null ? "" : policy.paper().id(),
        policy.referral() == null ? "" : policy.referral().id(),
        policy.referral() == null ? "" : referred(policy.referral().id()),
        state);
  }

  private String referred(String request) {
    String why = referrals.getOrDefault(request, "");
    return why.isEmpty() ? viewpoint().text("referral.of") : viewpoint().text("referral.for", why);
  }

  private String receiver(AccessPolicy policy) {
    HospitalId hospital = policy.hospital();
    return hospital == null ? viewpoint().text("policy.every-other") : hospitalName(hospital);
  }

  private static String detail(AccessPolicy policy, Viewpoint viewpoint) {
    if (policy.user() != null) {
      return policy.user();
    }
    return policy.role() == null
        ? viewpoint.text("rights.any-role")
        : viewpoint.text("roles." + policy.role());
  }

  /** Shows {@link #getSentence} for what is in the form now. */
  public void preview() {
    sentence = isSound() ? inWords(inForm()) : "";
  }

  private String inWords(AccessPolicy policy) {
    return PolicyForm.inWords(
        policy,
        receiver(policy),
        policy.patient() == null || banner == null ? "" : banner.name().inLine(),
        viewpoint());
  }

  /** Shows {@link #getTried}: what somebody could see now, and with what is in the form. */
  public void simulate() {
    tried = new ArrayList<>();
    if (!isSound()) {
      return;
    }
    AccessPolicy draft = inForm();
    String hospital = trialHospital.isEmpty() ? form.getHospital() : trialHospital;
    if (hospital.isEmpty()) {
      complaints.add(
          new Complaint("trial-hospital", viewpoint().text("simulation.hospital-missing")));
      return;
    }
    try {
      tried =
          new ArrayList<>(simulate(simulation(hospital, draft)).stream().map(this::tried).toList());
    } catch (IllegalArgumentException notAHospital) {
      complaints.add(
          new Complaint("trial-hospital", viewpoint().text("simulation.hospital-missing")));
    } catch (Refusal refusal) {
      complaints.add(new Complaint("trial-hospital", viewpoint().explained(refusal)));
    }
  }

  private Simulation simulation(String hospital, AccessPolicy draft) {
    return new Simulation(
        new HospitalId(hospital),
        Role.valueOf(trialRole),
        trialUser.isEmpty() ? Simulation.ANYBODY : trialUser,
        draft.toConsent("0-0000000000000").toString());
  }

  private Tried tried(Simulation.Line line) {
    return new Tried(
        viewpoint().type(line.type()),
        line.kept(),
        line.readNow(),
        line.readThen(),
        viewpoint().text(line.addsNow() ? "yes" : "no"),
        viewpoint().text(line.addsThen() ? "yes" : "no"));
  }

  /**
   * What a person could do with records of a kind.
   *
   * @param kept how many there are of this hospital
   */
  public record Tried(
      String type, long kept, long readNow, long readThen, String addsNow, String addsThen)
      implements Serializable {}

  /** What the last trial gave; empty before. */
  public List<Tried> getTried() {
    return tried;
  }

  public List<Role> getTrialRoles() {
    return List.of(Role.PHYSICIAN, Role.NURSE, Role.CLERK);
  }

  public String getTrialHospital() {
    return trialHospital;
  }

  public void setTrialHospital(@Nullable String hospital) {
    trialHospital = hospital == null ? "" : hospital.strip();
  }

  public String getTrialRole() {
    return trialRole;
  }

  public void setTrialRole(String role) {
    trialRole = role;
  }

  public String getTrialUser() {
    return trialUser;
  }

  public void setTrialUser(@Nullable String user) {
    trialUser = user == null ? "" : user.strip();
  }

  /** Whether nothing stands against the policy in the form. */
  protected boolean isSound() {
    complaints = new ArrayList<>(form.complaints(grantor(), viewpoint()));
    return complaints.isEmpty();
  }

  /** Whether the referral in its form can be signed. */
  protected boolean isReferralSound() {
    referralComplaints = new ArrayList<>(referral.complaints(grantor(), viewpoint()));
    return referralComplaints.isEmpty();
  }

  /** The referral in its form, which {@linkplain #isReferralSound is sound}. */
  protected Referral inReferralForm(PatientId whose) {
    return referral.toReferral(grantor(), whose, viewpoint());
  }

  /** Whether the page offers to send its patient to another hospital. */
  public boolean isMayRefer() {
    return banner != null && isMayGrant() && mayRequest();
  }

  public ReferralForm getReferral() {
    return referral;
  }

  public List<Complaint> getReferralComplaints() {
    return referralComplaints;
  }

  /** The policy in the form, which {@linkplain #isSound is sound}. */
  protected AccessPolicy inForm() {
    return form.toPolicy(grantor(), whose(), viewpoint());
  }

  /** Whether a reason to withdraw the policy of record {@code id} was given. */
  protected boolean isReasonGiven(String id) {
    return reason(id).length() >= AccessPolicy.SHORTEST_REASON;
  }

  /** The reason that was typed to withdraw the policy of record {@code id}. */
  protected String reason(String id) {
    return Objects.requireNonNullElse(reasons.get(id), "").strip();
  }

  /** Null on the page about all patients. */
  public @Nullable PatientBanner getBanner() {
    return banner;
  }

  /** Record types to choose from. */
  public Map<String, String> getTypes() {
    return PolicyForm.choosable(viewpoint());
  }

  public PolicyForm getForm() {
    return form;
  }

  public List<Complaint> getComplaints() {
    return complaints;
  }

  /** The policy in the form as a plain sentence; empty until a hospital is chosen. */
  public String getSentence() {
    return sentence;
  }

  /** Why each policy is withdrawn, by the id of its record; asked before it is. */
  public Map<String, String> getReasons() {
    return reasons;
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(@Nullable String patient) {
    this.patient = patient == null ? "" : patient;
  }
}
