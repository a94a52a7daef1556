package emr.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emr.control.ControlServer;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Referral;
import emr.exchange.access.Simulation;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.faces.Viewpoint;
import emr.faces.chart.Opened;
import emr.faces.page.RightsPage;
import emr.identity.Hospitals;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/**
 * Who may read and who may add: policies that a hosted hospital makes about one patient, or about
 * all of its patients (claims 10, 14). Each is a record like any other.
 */
@Named("rights")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class AccessRights extends RightsPage {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject ControlServer control;
  @Inject Hospitals hospitals;

  private ArrayList<Kept> policies = new ArrayList<>();
  private ArrayList<Unenforced> unenforced = new ArrayList<>();
  private final UUID submission = UUID.randomUUID(); // signing twice stores once
  private final UUID referralSubmission = UUID.randomUUID();

  /** A policy with the record that carries it. */
  private record Kept(RecordId record, int number, AccessPolicy policy, String because)
      implements Serializable {}

  /** View action. */
  @RequiresPermissions("policy:make")
  public void load() {
    try {
      PatientId whose = whose();
      if (whose != null) {
        Opened opened = desk.open(getPatient(), queries());
        show(opened.banner(), opened.reading().records());
      }
      String query = whose == null ? "Consent?" : "Consent?patient=" + whose.value() + "&";
      List<RecordVersion> consents = desk.search(query + "_count=" + SHOWN, whose).matches();
      unenforced =
          new ArrayList<>(
              consents.stream()
                  .map(each -> unenforced(each.record().id(), json(each.content())))
                  .flatMap(Optional::stream)
                  .toList());
      policies =
          new ArrayList<>(
              consents.stream()
                  .map(AccessRights::kept)
                  .flatMap(Optional::stream)
                  .filter(kept -> kept.policy().grantor().equals(signedIn.hospital()))
                  .filter(kept -> whose != null || kept.policy().patient() == null)
                  .toList());
    } catch (Refusal refusal) {
      if (!getPatient().isEmpty()) {
        Desk.refused();
      }
    }
  }

  private static Optional<Kept> kept(RecordVersion version) {
    JsonNode consent = json(version.content());
    return AccessPolicy.isPolicy(consent)
        ? Optional.of(
            new Kept(
                version.record(),
                version.number(),
                AccessPolicy.fromConsent(consent),
                AccessPolicy.withdrawnBecause(consent)))
        : Optional.empty();
  }

  @SuppressWarnings("UnusedException") // Jackson's messages quote the content
  private static JsonNode json(byte[] content) {
    try {
      return JSON.readTree(content);
    } catch (IOException quotesTheContent) {
      throw new IllegalStateException("a record that is kept is not JSON");
    }
  }

  @Override
  public List<Row> getRows() {
    return policies.stream()
        .map(kept -> row(kept.record().id(), kept.policy(), kept.because(), null))
        .toList();
  }

  @Override
  public List<Unenforced> getUnenforced() {
    return unenforced;
  }

  @Override
  @RequiresPermissions("policy:make")
  public String sign() {
    Viewpoint viewpoint = PortalText.viewpoint();
    if (!isSound()) {
      return "";
    }
    AccessPolicy policy = inForm();
    RecordId record = RecordId.fresh("Consent", Optional.ofNullable(policy.patient()));
    return store(
        submission,
        policy,
        List.of(new Submission.Entry(record, 0, policy.toConsent(record.id()).toString())),
        viewpoint.text("rights.signed"));
  }

  @Override
  @RequiresPermissions("policy:make")
  public String refer() {
    if (!isReferralSound()) {
      return "";
    }
    Referral referral = inReferralForm(Desk.patient(getPatient()));
    return store(
        referralSubmission,
        referral.policy(),
        referral.entries(
            signedIn.author(), desk.hospitalName(referral.to()), PortalText.viewpoint().now()),
        PortalText.viewpoint().text("referral.signed"));
  }

  @Override
  protected boolean mayRequest() {
    return desk.mayAdd("ServiceRequest");
  }

  @Override
  @RequiresPermissions("policy:make")
  public String withdraw(String id) {
    Viewpoint viewpoint = PortalText.viewpoint();
    if (!isReasonGiven(id)) {
      PortalText.notDone(viewpoint.text("rights.reason-missing"));
      return "";
    }
    return policies.stream()
        .filter(kept -> kept.record().id().equals(id))
        .findFirst()
        .map(
            kept ->
                store(
                    UUID.randomUUID(),
                    kept.policy(),
                    List.of(
                        new Submission.Entry(
                            kept.record(), kept.number(), withdrawal(kept, reason(id)).toString())),
                    viewpoint.text("rights.withdraw-done")))
        .orElse("");
  }

  @Override
  @RequiresPermissions("policy:make")
  protected List<Simulation.Line> simulate(Simulation simulation) {
    return control.simulate(simulation, signedIn.statement(whose(), AccessRight.READ));
  }

  private JsonNode withdrawal(Kept kept, String because) {
    return kept.policy()
        .toWithdrawal(kept.record().id(), because, signedIn.author().name(), Instant.now());
  }

  private String store(UUID id, AccessPolicy policy, List<Submission.Entry> entries, String done) {
    try {
      desk.store(id, policy.patient(), Instant.now().truncatedTo(ChronoUnit.SECONDS), entries);
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
      return "";
    }
    PortalText.done(done);
    return PortalText.leadTo(
        "/portal/rights" + (getPatient().isEmpty() ? "" : "?patient=" + getPatient()));
  }

  @Override
  public List<Hospital> getHospitals() {
    return hospitals.all().stream()
        .filter(emr.identity.Hospital::active)
        .map(other -> new Hospital(other.id().value(), other.name()))
        .toList();
  }

  @Override
  public boolean isMayGrant() {
    return signedIn.may(Permission.POLICY_MAKE);
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }

  @Override
  protected HospitalId grantor() {
    return signedIn.hospital();
  }

  @Override
  protected String hospitalName(HospitalId hospital) {
    return desk.hospitalName(hospital);
  }
}
