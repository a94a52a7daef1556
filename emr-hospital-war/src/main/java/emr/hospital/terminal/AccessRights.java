package emr.hospital.terminal;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.entry.Complaint;
import emr.faces.entry.PolicyForm;
import emr.faces.page.RightsPage;
import emr.hospital.access.Permission;
import emr.hospital.access.PolicyMaker;
import emr.hospital.access.Staff;
import emr.hospital.temporarystore.Chart;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.Hold;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** Who may read and who may add: for one patient, or for all of this hospital's. */
@Named("rights")
@ViewScoped
@SuppressWarnings(
    "NullAway.Init") // Faces sets the patient, then calls load(), before anything is shown
public class AccessRights implements RightsPage, Serializable {

  private static final long serialVersionUID = 1L;
  private static final int SHORTEST_REASON = 10;

  @Inject Desk desk;
  @Inject Charts charts;
  @Inject TemporaryStore store;
  @Inject PolicyMaker policies;

  private String patient = "";
  private @Nullable PatientBanner banner;
  private ArrayList<Chart.Entry> consents = new ArrayList<>();
  private final PolicyForm form = new PolicyForm();
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private String sentence = "";
  private String reason = "";

  /** View action. */
  @RequiresPermissions("policy:make")
  public void load() {
    try {
      Staff staff = desk.staff(Permission.POLICY_MAKE);
      if (patient.isEmpty()) {
        consents =
            new ArrayList<>(
                charts.policies(staff.author()).stream().filter(AccessRights::isForAll).toList());
        return;
      }
      PatientId whose = Desk.patient(patient);
      banner = desk.open(whose).banner();
      consents =
          new ArrayList<>(
              charts
                  .ask(
                      staff.author(),
                      Desk.purpose(staff),
                      whose,
                      List.of("Consent?patient=" + whose.value() + "&_count=100"))
                  .entries());
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  private static boolean isForAll(Chart.Entry consent) {
    return !Desk.json(consent.content()).has("patient");
  }

  private @Nullable PatientId whose() {
    return patient.isEmpty() ? null : Desk.patient(patient);
  }

  @Override
  public List<Row> getRows() {
    Viewpoint viewpoint = desk.viewpoint();
    var rows = new ArrayList<Row>();
    for (Chart.Entry consent : consents) {
      var json = Desk.json(consent.content());
      if (!AccessPolicy.isPolicy(json)) {
        continue;
      }
      AccessPolicy policy = AccessPolicy.fromConsent(json);
      rows.add(
          new Row(
              consent.record().id(),
              desk.hospitalName(policy.hospital().value()),
              detail(policy, viewpoint),
              policy.rights().contains(AccessRight.READ),
              policy.rights().contains(AccessRight.STORE),
              PolicyForm.what(policy, viewpoint),
              viewpoint.text(
                  policy.patient() == null ? "rights.every-patient" : "rights.this-patient"),
              PolicyForm.period(policy, viewpoint),
              policy.inForce(),
              Desk.state(consent.state())));
    }
    return rows;
  }

  private static String detail(AccessPolicy policy, Viewpoint viewpoint) {
    if (policy.user() != null) {
      return policy.user();
    }
    return policy.role() == null
        ? viewpoint.text("rights.any-role")
        : viewpoint.text("roles." + policy.role());
  }

  @Override
  public void preview() {
    Viewpoint viewpoint = desk.viewpoint();
    complaints = new ArrayList<>(form.complaints(viewpoint));
    sentence = complaints.isEmpty() ? sentence(viewpoint) : "";
  }

  private String sentence(Viewpoint viewpoint) {
    AccessPolicy policy = form.toPolicy(desk.hospital(), whose(), viewpoint);
    return PolicyForm.inWords(
        policy,
        desk.hospitalName(policy.hospital().value()),
        policy.patient() == null || banner == null ? "" : banner.name().inLine(),
        viewpoint);
  }

  @Override
  @RequiresPermissions("policy:make")
  public String sign() {
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.POLICY_MAKE);
    complaints = new ArrayList<>(form.complaints(viewpoint));
    if (!complaints.isEmpty()) {
      return "";
    }
    try {
      AccessPolicy policy = form.toPolicy(desk.hospital(), whose(), viewpoint);
      save(
          policies.make(
              new PolicyMaker.Grant(
                  policy.patient(),
                  policy.hospital(),
                  policy.role(),
                  policy.user(),
                  policy.types(),
                  policy.rights(),
                  policy.from(),
                  policy.until()),
              staff.author()));
    } catch (IllegalArgumentException notAHospital) {
      Desk.say(
          FacesMessage.SEVERITY_ERROR,
          viewpoint.text("rights.refused", String.valueOf(notAHospital.getMessage())));
      return "";
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, refusal.explanation());
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("rights.signed"));
    return again();
  }

  private void save(Submission submission) {
    store.save(submission, Hold.NONE);
  }

  @Override
  @RequiresPermissions("policy:make")
  public String withdraw(String id) {
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.POLICY_MAKE);
    if (reason.strip().length() < SHORTEST_REASON) {
      Desk.say(FacesMessage.SEVERITY_WARN, viewpoint.text("rights.reason-missing"));
      return "";
    }
    try {
      Chart.Entry consent =
          consents.stream()
              .filter(entry -> entry.record().equals(new RecordId("Consent", id)))
              .findFirst()
              .orElseThrow(Refusal::notPermitted);
      save(
          policies.withdraw(
              consent.record(), consent.number(), Desk.json(consent.content()), staff.author()));
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, refusal.explanation());
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("rights.withdraw-done"));
    return again();
  }

  private String again() {
    return patient.isEmpty()
        ? "policies?faces-redirect=true"
        : "rights?faces-redirect=true&patient=" + patient;
  }

  @Override
  public @Nullable PatientBanner getBanner() {
    return banner;
  }

  @Override
  public List<Hospital> getHospitals() {
    return List.of();
  }

  @Override
  public boolean isMayGrant() {
    return desk.staff().may(Permission.POLICY_MAKE);
  }

  @Override
  public PolicyForm getForm() {
    return form;
  }

  @Override
  public List<Complaint> getComplaints() {
    return complaints;
  }

  @Override
  public String getSentence() {
    return sentence;
  }

  @Override
  public String getReason() {
    return reason;
  }

  @Override
  public void setReason(@Nullable String reason) {
    if (reason != null && !reason.isBlank()) {
      this.reason = reason; // one field per row is sent, the others empty
    }
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(@Nullable String patient) {
    this.patient = patient == null ? "" : patient;
  }
}
