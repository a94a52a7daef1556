package emr.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.entry.Complaint;
import emr.faces.entry.PolicyForm;
import emr.faces.page.RightsPage;
import emr.identity.Hospitals;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/**
 * Who may read and who may add: policies that a hosted hospital makes about one patient, or about
 * all of its patients (claims 10, 14). Each is a record like any other.
 */
@Named("rights")
@ViewScoped
@SuppressWarnings(
    "NullAway.Init") // Faces sets the patient, then calls load(), before anything is shown
public class AccessRights implements RightsPage, Serializable {

  private static final long serialVersionUID = 1L;
  private static final int SHORTEST_REASON = 10;
  private static final int SHOWN = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject Hospitals hospitals;

  private String patient = "";
  private @Nullable PatientBanner banner;
  private ArrayList<Kept> policies = new ArrayList<>();
  private final PolicyForm form = new PolicyForm();
  private final UUID submission = UUID.randomUUID(); // signing twice stores once
  private ArrayList<Complaint> complaints = new ArrayList<>();
  private String sentence = "";
  private String reason = "";

  /** A policy with the record that carries it. */
  private record Kept(RecordId record, int number, AccessPolicy policy) implements Serializable {}

  /** View action. */
  @RequiresPermissions("policy:make")
  public void load() {
    try {
      PatientId whose = whose();
      if (whose != null) {
        banner = desk.open(whose).banner();
      }
      String query = whose == null ? "Consent?" : "Consent?patient=" + whose.value() + "&";
      policies =
          new ArrayList<>(
              desk.search(query + "_count=" + SHOWN, whose).matches().stream()
                  .map(AccessRights::kept)
                  .flatMap(Optional::stream)
                  .filter(kept -> kept.policy().grantor().equals(signedIn.hospital()))
                  .filter(kept -> whose != null || kept.policy().patient() == null)
                  .toList());
    } catch (Refusal refusal) {
      if (whose() != null) {
        Desk.refused();
      }
    }
  }

  private static Optional<Kept> kept(RecordVersion version) {
    JsonNode consent = json(version.content());
    return AccessPolicy.isPolicy(consent)
        ? Optional.of(
            new Kept(version.record(), version.number(), AccessPolicy.fromConsent(consent)))
        : Optional.empty();
  }

  @SuppressWarnings("UnusedException") // Jackson's messages quote the content
  private static JsonNode json(String content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException quotesTheContent) {
      throw new IllegalStateException("a record that is kept is not JSON");
    }
  }

  private @Nullable PatientId whose() {
    return patient.isEmpty() ? null : Desk.patient(patient);
  }

  @Override
  public List<Row> getRows() {
    Viewpoint viewpoint = PortalText.viewpoint();
    return policies.stream().map(kept -> row(kept, viewpoint)).toList();
  }

  private Row row(Kept kept, Viewpoint viewpoint) {
    AccessPolicy policy = kept.policy();
    return new Row(
        kept.record().id(),
        desk.hospitalName(policy.hospital()),
        detail(policy, viewpoint),
        policy.rights().contains(AccessRight.READ),
        policy.rights().contains(AccessRight.STORE),
        PolicyForm.what(policy, viewpoint),
        viewpoint.text(policy.patient() == null ? "rights.every-patient" : "rights.this-patient"),
        PolicyForm.period(policy, viewpoint),
        policy.inForce(),
        null);
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
    Viewpoint viewpoint = PortalText.viewpoint();
    complaints = new ArrayList<>(form.complaints(viewpoint));
    if (!complaints.isEmpty()) {
      sentence = "";
      return;
    }
    AccessPolicy policy = form.toPolicy(signedIn.hospital(), whose(), viewpoint);
    sentence =
        PolicyForm.inWords(
            policy,
            desk.hospitalName(policy.hospital()),
            policy.patient() == null || banner == null ? "" : banner.name().inLine(),
            viewpoint);
  }

  @Override
  @RequiresPermissions("policy:make")
  public String sign() {
    Viewpoint viewpoint = PortalText.viewpoint();
    complaints = new ArrayList<>(form.complaints(viewpoint));
    if (!complaints.isEmpty()) {
      return "";
    }
    AccessPolicy policy = form.toPolicy(signedIn.hospital(), whose(), viewpoint);
    RecordId record = RecordId.fresh("Consent", Optional.ofNullable(policy.patient()));
    return store(submission, policy, record, 0, viewpoint.text("rights.signed"));
  }

  @Override
  @RequiresPermissions("policy:make")
  public String withdraw(String id) {
    Viewpoint viewpoint = PortalText.viewpoint();
    if (reason.strip().length() < SHORTEST_REASON) {
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
                    kept.policy().withdrawn(),
                    kept.record(),
                    kept.number(),
                    viewpoint.text("rights.withdraw-done")))
        .orElse("");
  }

  private String store(UUID id, AccessPolicy policy, RecordId record, int basedOn, String done) {
    try {
      desk.store(
          id,
          policy.patient(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS),
          List.of(new Submission.Entry(record, basedOn, policy.toConsent(record.id()).toString())));
    } catch (Refusal refusal) {
      PortalText.notDone(refusal.explanation());
      return "";
    }
    PortalText.done(done);
    return PortalText.leadTo("/portal/rights" + (patient.isEmpty() ? "" : "?patient=" + patient));
  }

  @Override
  public @Nullable PatientBanner getBanner() {
    return banner;
  }

  @Override
  public List<Hospital> getHospitals() {
    return hospitals.all().stream()
        .filter(emr.identity.Hospital::active)
        .filter(other -> !other.id().equals(signedIn.hospital()))
        .map(other -> new Hospital(other.id().value(), other.name()))
        .toList();
  }

  @Override
  public boolean isMayGrant() {
    return signedIn.may(Permission.POLICY_MAKE);
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
