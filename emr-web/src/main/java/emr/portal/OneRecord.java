package emr.portal;

import emr.custody.Verification;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.faces.PatientBanner;
import emr.faces.RecordHistory;
import emr.faces.Viewpoint;
import emr.faces.entry.Scribe;
import emr.faces.page.Download;
import emr.faces.page.RecordPage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;

/** One record with all its versions, and an addition to it (claims 3, 16). */
@Named("record")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class OneRecord extends RecordPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject Verification verification;

  /** View action. */
  @RequiresPermissions("record:read")
  public void load() {
    try {
      PatientId whose = Desk.patient(getPatient());
      PatientBanner banner = desk.open(getPatient(), List.of()).banner();
      show(banner, desk.history(Desk.record(getType(), getId()), whose));
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  private void show(PatientBanner banner, List<RecordVersion> newestFirst) {
    show(banner, newestFirst.stream().map(this::version).toList(), null);
    RecordVersion latest = newestFirst.get(0);
    showReceipt(verification.verified(latest), latest.hash(), latest.storedAt());
  }

  private RecordHistory.Version version(RecordVersion kept) {
    Resource resource = Desk.resource(kept);
    return new RecordHistory.Version(
        kept.number(),
        resource,
        Desk.author(resource),
        desk.hospitalName(kept.author()),
        kept.storedAt(),
        kept.storedAt(),
        kept.hash(),
        null);
  }

  @Override
  @RequiresPermissions("record:store")
  public String sign() {
    if (!isSound()) {
      return "";
    }
    PatientId whose = Desk.patient(getPatient());
    Scribe scribe = desk.scribe(whose);
    Resource next = addition(scribe);
    try {
      desk.store(submission(), whose, scribe.at(), List.of(Desk.entry(next, newestNumber())));
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
      return "";
    }
    PortalText.done(PortalText.of("stored.done", getBanner().name().inLine()));
    return PortalText.leadTo(
        "/portal/record?patient=" + whose.value() + "&type=" + getType() + "&id=" + getId());
  }

  @Override
  @RequiresPermissions("record:read")
  public void download(String binary) throws IOException {
    RecordId file = Desk.record("Binary", binary);
    try {
      RecordVersion kept = desk.read(file, Desk.patient(getPatient()));
      Download.send(
          FacesContext.getCurrentInstance(), (Binary) Desk.resource(kept), titleOf(binary));
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
    }
  }

  @Override
  public boolean isMayAdd() {
    return desk.mayAdd(getType()) && !getType().equals("Binary");
  }

  @Override
  public String getSigner() {
    return signedIn.signer();
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }

  @Override
  protected String place() {
    return desk.place();
  }

  @Override
  protected boolean isEmergency() {
    return desk.isEmergency(getPatient());
  }

  @Override
  protected String role() {
    return signedIn.roleText();
  }
}
