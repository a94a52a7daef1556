package emr.hospital.terminal;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.RoleRights;
import emr.exchange.access.Simulation;
import emr.exchange.record.HospitalId;
import emr.exchange.record.HospitalNames;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.faces.Viewpoint;
import emr.faces.chart.Opened;
import emr.faces.page.RightsPage;
import emr.hospital.access.Permission;
import emr.hospital.access.PolicyMaker;
import emr.hospital.access.Staff;
import emr.hospital.communication.CentreAway;
import emr.hospital.communication.HospitalDirectory;
import emr.hospital.temporarystore.Chart;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.Hold;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** Who may read and who may add: for one patient, or for all of this hospital's. */
@Named("rights")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class AccessRights extends RightsPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject Charts charts;
  @Inject TemporaryStore store;
  @Inject PolicyMaker policies;
  @Inject HospitalDirectory hospitals;

  private ArrayList<Chart.Entry> consents = new ArrayList<>();

  /** View action. */
  @RequiresPermissions("policy:make")
  public void load() {
    try {
      Staff staff = desk.staff(Permission.POLICY_MAKE);
      if (getPatient().isEmpty()) {
        consents =
            new ArrayList<>(
                charts.policies(staff.author()).stream().filter(AccessRights::isForAll).toList());
        return;
      }
      PatientId whose = Desk.patient(getPatient());
      Opened opened = desk.open(getPatient(), queries());
      show(opened.banner(), opened.reading().records());
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

  @Override
  public List<Row> getRows() {
    var rows = new ArrayList<Row>();
    for (Chart.Entry consent : consents) {
      var json = Desk.json(consent.content());
      if (!AccessPolicy.isPolicy(json)) {
        continue;
      }
      AccessPolicy policy = AccessPolicy.fromConsent(json);
      if (policy.grantor().equals(grantor())) { // others withdraw theirs themselves
        rows.add(
            row(
                consent.record().id(),
                policy,
                AccessPolicy.withdrawnBecause(json),
                Desk.state(consent.state())));
      }
    }
    return rows;
  }

  @Override
  public List<Unenforced> getUnenforced() {
    return consents.stream()
        .map(consent -> unenforced(consent.record().id(), Desk.json(consent.content())))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  @RequiresPermissions("policy:make")
  public String sign() {
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.POLICY_MAKE);
    if (!isSound()) {
      return "";
    }
    try {
      save(policies.make(inForm(), staff.author()));
    } catch (IllegalArgumentException notAHospital) {
      Desk.say(
          FacesMessage.SEVERITY_ERROR,
          viewpoint.text("rights.refused", String.valueOf(notAHospital.getMessage())));
      return "";
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().explained(refusal));
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("rights.signed"));
    return again();
  }

  @Override
  @RequiresPermissions("policy:make")
  protected List<Simulation.Line> simulate(Simulation simulation) {
    try {
      return policies.simulate(
          desk.staff(Permission.POLICY_MAKE).author(), Desk.patient(getPatient()), simulation);
    } catch (CentreAway away) {
      throw (Refusal)
          new Refusal(
                  Refusal.Reason.NOT_SUPPORTED,
                  "The centre does not answer; it cannot be tried now. Nothing was signed.")
              .initCause(away);
    }
  }

  @Override
  @RequiresPermissions("policy:make")
  public String refer() {
    Staff staff = desk.staff(Permission.POLICY_MAKE);
    if (!isReferralSound()) {
      return "";
    }
    try {
      save(policies.refer(inReferralForm(Desk.patient(getPatient())), staff.author()));
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().explained(refusal));
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, desk.viewpoint().text("referral.signed"));
    return again();
  }

  @Override
  protected boolean mayRequest() {
    return RoleRights.may(desk.staff().role(), AccessRight.STORE, "ServiceRequest");
  }

  private void save(Submission submission) {
    store.save(submission, Hold.NONE);
  }

  @Override
  @RequiresPermissions("policy:make")
  public String withdraw(String id) {
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.POLICY_MAKE);
    if (!isReasonGiven(id)) {
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
              consent.record(),
              consent.number(),
              Desk.json(consent.content()),
              reason(id),
              staff.author()));
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().explained(refusal));
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("rights.withdraw-done"));
    return again();
  }

  private String again() {
    return getPatient().isEmpty()
        ? "policies?faces-redirect=true"
        : "rights?faces-redirect=true&patient=" + getPatient();
  }

  @Override
  public List<Hospital> getHospitals() {
    return hospitals.all().stream()
        .filter(HospitalNames.Named::active)
        .map(named -> new Hospital(named.id().value(), named.name()))
        .toList();
  }

  @Override
  public boolean isMayGrant() {
    return desk.staff().may(Permission.POLICY_MAKE);
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  @Override
  protected HospitalId grantor() {
    return desk.hospital();
  }

  @Override
  protected String hospitalName(HospitalId hospital) {
    return desk.hospitalName(hospital.value());
  }
}
