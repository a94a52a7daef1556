package emr.faces.entry;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A policy as typed: who may read or add what, of whom, and from when until when. */
public final class PolicyForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "everything", Set.of(),
          "summary",
              Set.of(
                  "Patient",
                  "Condition",
                  "AllergyIntolerance",
                  "MedicationRequest",
                  "MedicationStatement",
                  "Immunization"),
          "results", Set.of("Patient", "Observation", "DiagnosticReport", "Specimen", "Media"),
          "notes", Set.of("Patient", "Encounter", "Composition", "DocumentReference", "Binary"));

  private static final Pattern PAPER = Pattern.compile("DocumentReference/[A-Za-z0-9.-]{1,64}");

  /** What the form says instead of types of its own choice. */
  private static final String CHOSEN = "chosen";

  private static final List<String> TYPES =
      List.of(
          "Patient",
          "Encounter",
          "Condition",
          "AllergyIntolerance",
          "MedicationRequest",
          "MedicationStatement",
          "MedicationAdministration",
          "Immunization",
          "Observation",
          "DiagnosticReport",
          "Specimen",
          "ImagingStudy",
          "Media",
          "Procedure",
          "ServiceRequest",
          "CarePlan",
          "CareTeam",
          "Goal",
          "Composition",
          "DocumentReference",
          "Binary",
          "ClinicalImpression",
          "FamilyMemberHistory",
          "QuestionnaireResponse",
          "Communication",
          "Appointment",
          "Coverage",
          "Consent");

  private boolean refuses;
  private List<String> types = new ArrayList<>();
  private List<String> sensitivities = new ArrayList<>();
  private String hospital = "";
  private String role = "";
  private String user = "";
  private boolean read = true;
  private boolean store;
  private String kind = "everything";
  private String from = "";
  private String until = "";
  private boolean allPatients;
  private String paper = "";

  /** What must be put right first; empty when the policy can be signed. */
  public List<Complaint> complaints(HospitalId grantor, Viewpoint viewpoint) {
    var complaints = new ArrayList<Complaint>();
    if (hospital.isEmpty() && !refuses && (role.isEmpty() || !user.isEmpty())) {
      complaints.add(new Complaint("hospital", viewpoint.text("rights.hospital-missing")));
    }
    if (!hospital.isEmpty() && !HospitalId.isWellFormed(hospital)) {
      complaints.add(new Complaint("hospital", viewpoint.text("policy.hospital-form")));
    }
    if (!read && !store) {
      complaints.add(new Complaint("read", viewpoint.text("rights.right-missing")));
    }
    if (refuses && !hospital.isEmpty() && hospital.equals(grantor.value())) {
      complaints.add(new Complaint("hospital", viewpoint.text("policy.refuses-own")));
    }
    if (kind.equals(CHOSEN) && types.isEmpty()) {
      complaints.add(new Complaint("types", viewpoint.text("policy.types-missing")));
    }
    Optional<LocalDate> first = from.isEmpty() ? Optional.of(viewpoint.today()) : Dates.day(from);
    Optional<LocalDate> last = Dates.day(until);
    if (first.isEmpty()) {
      complaints.add(new Complaint("from", viewpoint.text("date.unreadable", from)));
    }
    if (!until.isEmpty() && last.isEmpty()) {
      complaints.add(new Complaint("until", viewpoint.text("date.unreadable", until)));
    }
    if (first.isPresent() && last.isPresent() && last.get().isBefore(first.get())) {
      complaints.add(new Complaint("until", viewpoint.text("rights.period")));
    }
    return complaints;
  }

  /**
   * The policy; it holds from now if it begins today, and until the end of its last day.
   *
   * @param patient whose chart the page is about; null on the page for all patients
   */
  public AccessPolicy toPolicy(
      HospitalId grantor, @Nullable PatientId patient, Viewpoint viewpoint) {
    var rights = EnumSet.noneOf(AccessRight.class);
    if (read) {
      rights.add(AccessRight.READ);
    }
    if (store) {
      rights.add(AccessRight.STORE);
    }
    Instant begins =
        Dates.day(from)
            .filter(day -> day.isAfter(viewpoint.today()))
            .map(day -> day.atStartOfDay(viewpoint.zone()).toInstant())
            .orElse(viewpoint.now());
    Instant ends =
        Dates.day(until)
            .map(day -> day.plusDays(1).atStartOfDay(viewpoint.zone()).toInstant())
            .orElse(null);
    return new AccessPolicy(
            refuses,
            grantor,
            allPatients ? null : patient,
            hospital.isEmpty() ? null : new HospitalId(hospital),
            role.isEmpty() ? null : Role.valueOf(role),
            user.isEmpty() ? null : user,
            kind.equals(CHOSEN) ? new TreeSet<>(types) : KINDS.getOrDefault(kind, Set.of()),
            named(),
            rights,
            begins.truncatedTo(ChronoUnit.SECONDS),
            ends,
            true)
        .onPaper(allPatients || patient == null || paper.isEmpty() ? null : RecordId.parse(paper));
  }

  /** What is ordinary is opened, too, by who opens what is not. */
  private Set<Sensitivity> named() {
    var named = EnumSet.noneOf(Sensitivity.class);
    sensitivities.forEach(each -> named.add(Sensitivity.valueOf(each)));
    if (!refuses && !named.isEmpty()) {
      named.add(Sensitivity.NORMAL);
    }
    return named;
  }

  /**
   * {@code policy} in a plain sentence.
   *
   * @param hospitalName for people; in a refusal to every hospital, words that say so
   * @param patient the patient's name; empty for all patients
   */
  public static String inWords(
      AccessPolicy policy, String hospitalName, String patient, Viewpoint viewpoint) {
    String who =
        policy.user() != null
            ? viewpoint.text("rights.user-of", policy.user(), hospitalName)
            : policy.role() != null
                ? viewpoint.text(
                    policy.hospital() == null ? "policy.role-elsewhere" : "rights.role-of",
                    viewpoint.text("roles." + policy.role()),
                    hospitalName)
                : policy.hospital() == null
                    ? hospitalName
                    : viewpoint.text("rights.all-of", hospitalName);
    boolean reads = policy.rights().contains(AccessRight.READ);
    boolean adds = policy.rights().contains(AccessRight.STORE);
    String may =
        viewpoint.text(
            (policy.refuses() ? "policy.may-not-" : "rights.may-")
                + (reads ? adds ? "both" : "read" : "add"));
    String whose =
        patient.isEmpty() ? viewpoint.text("rights.of-all") : viewpoint.text("rights.of", patient);
    return viewpoint.text(
        "rights.sentence", who, may, what(policy, viewpoint), whose, period(policy, viewpoint));
  }

  /** Which records {@code policy} opens or shuts, in words. */
  public static String what(AccessPolicy policy, Viewpoint viewpoint) {
    if (!policy.namesSensitivities()) {
      return types(policy.types(), viewpoint);
    }
    String labels =
        policy.sensitivities().stream()
            .filter(each -> policy.refuses() || each != Sensitivity.NORMAL)
            .sorted()
            .map(each -> viewpoint.text("sensitivity." + each))
            .collect(Collectors.joining(", "));
    return viewpoint.text(
        policy.refuses()
            ? "policy.only-labelled"
            : policy.sensitivities().contains(Sensitivity.NORMAL)
                ? "policy.also-labelled"
                : "policy.only-labelled",
        types(policy.types(), viewpoint),
        labels);
  }

  /** The record types of a kind that {@link #getKinds} names; empty for everything. */
  public static Set<String> types(String kind) {
    return KINDS.getOrDefault(kind, Set.of());
  }

  /** Record types in words; all of them if there are none. */
  public static String types(Set<String> types, Viewpoint viewpoint) {
    return KINDS.entrySet().stream()
        .filter(kind -> kind.getValue().equals(types))
        .findFirst()
        .map(kind -> viewpoint.text("rights.kind." + kind.getKey()))
        .orElseGet(
            () -> types.stream().map(viewpoint::type).sorted().collect(Collectors.joining(", ")));
  }

  /** From when until when {@code policy} holds, in words. */
  public static String period(AccessPolicy policy, Viewpoint viewpoint) {
    String begins = viewpoint.day(LocalDate.ofInstant(policy.from(), viewpoint.zone()));
    return policy.until() == null
        ? viewpoint.text("rights.from", begins)
        : viewpoint.text(
            "rights.from-until",
            begins,
            viewpoint.day(LocalDate.ofInstant(policy.until().minusSeconds(1), viewpoint.zone())));
  }

  private static String stripped(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  public List<String> getKinds() {
    return List.of("everything", "summary", "results", "notes", CHOSEN);
  }

  /** Types to choose from: their names in FHIR, for those for people. */
  public static Map<String, String> choosable(Viewpoint viewpoint) {
    var choosable = new TreeMap<String, String>();
    TYPES.forEach(type -> choosable.put(viewpoint.type(type), type));
    return choosable;
  }

  /** All but what is ordinary. */
  public List<Sensitivity> getLabels() {
    return List.copyOf(EnumSet.complementOf(EnumSet.of(Sensitivity.NORMAL)));
  }

  /** Whether it shuts what it names, for other hospitals. */
  public boolean isRefuses() {
    return refuses;
  }

  public void setRefuses(boolean refuses) {
    this.refuses = refuses;
  }

  public List<String> getTypes() {
    return types;
  }

  public void setTypes(@Nullable List<String> types) {
    this.types = types == null ? new ArrayList<>() : new ArrayList<>(types);
    this.types.retainAll(TYPES);
  }

  public List<String> getSensitivities() {
    return sensitivities;
  }

  public void setSensitivities(@Nullable List<String> sensitivities) {
    this.sensitivities = sensitivities == null ? new ArrayList<>() : new ArrayList<>(sensitivities);
  }

  public List<Role> getRoles() {
    return List.of(Role.PHYSICIAN, Role.NURSE, Role.CLERK);
  }

  public String getHospital() {
    return hospital;
  }

  public void setHospital(@Nullable String hospital) {
    this.hospital = stripped(hospital);
  }

  public String getRole() {
    return role;
  }

  public void setRole(@Nullable String role) {
    this.role = stripped(role);
  }

  public String getUser() {
    return user;
  }

  public void setUser(@Nullable String user) {
    this.user = stripped(user);
  }

  public boolean isRead() {
    return read;
  }

  public void setRead(boolean read) {
    this.read = read;
  }

  public boolean isStore() {
    return store;
  }

  public void setStore(boolean store) {
    this.store = store;
  }

  public String getKind() {
    return kind;
  }

  public void setKind(@Nullable String kind) {
    this.kind = stripped(kind);
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(@Nullable String from) {
    this.from = stripped(from);
  }

  public String getUntil() {
    return until;
  }

  public void setUntil(@Nullable String until) {
    this.until = stripped(until);
  }

  /** The DocumentReference of what the patient signed; empty if there is none. */
  public String getPaper() {
    return paper;
  }

  public void setPaper(@Nullable String paper) {
    String named = stripped(paper);
    this.paper = PAPER.matcher(named).matches() ? named : "";
  }

  public boolean isAllPatients() {
    return allPatients;
  }

  public void setAllPatients(boolean allPatients) {
    this.allPatients = allPatients;
  }
}
