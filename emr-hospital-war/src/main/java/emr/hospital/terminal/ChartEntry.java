package emr.hospital.terminal;

import emr.account.Notebook;
import emr.exchange.access.AccessRight;
import emr.exchange.access.RoleRights;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.faces.FhirJson;
import emr.faces.Viewpoint;
import emr.faces.entry.Scribe;
import emr.faces.page.EntryPage;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.access.StaffNotebook;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** An entry into a chart: written, reviewed, signed. */
@Named("entry")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class ChartEntry extends EntryPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject TemporaryStore store;
  @Inject Holds holds;
  @Inject StaffNotebook notebook;

  private String hold = Holds.USUAL;

  /** View action. */
  @RequiresPermissions("record:store")
  public void load() {
    try {
      show(desk.open(getPatient(), queries()));
    } catch (Refusal refusal) {
      Desk.refused(refusal);
    }
  }

  @Override
  @RequiresPermissions("record:store")
  public String sign() {
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.RECORD_STORE);
    if (!isSound()) {
      return "";
    }
    PatientId whose = Desk.patient(getPatient());
    Scribe scribe = desk.scribe(staff, whose);
    try {
      store.save(
          new Submission(
              submission(), desk.hospital(), whose, staff.author(), scribe.at(), entries(scribe)),
          Holds.of(hold));
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().explained(refusal));
      return "";
    }
    discard();
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("sign.done", getBanner().name().inLine()));
    return "chart?faces-redirect=true&patient=" + whose.value();
  }

  private List<Submission.Entry> entries(Scribe scribe) {
    return getForm().toResources(scribe, this::content).stream()
        .map(
            resource ->
                new Submission.Entry(
                    new RecordId(resource.fhirType(), resource.getIdElement().getIdPart()),
                    0,
                    FhirJson.encode(resource)))
        .toList();
  }

  /** Throws the draft away and leads back. */
  public String drop() {
    discard();
    return "chart?faces-redirect=true&patient=" + Desk.patient(getPatient()).value();
  }

  @Override
  protected Notebook notebook() {
    return notebook.get();
  }

  @Override
  protected String circle() {
    return StaffNotebook.circle(desk.staff());
  }

  @Override
  public List<HoldChoice> getHoldChoices() {
    return holds.choices(desk.viewpoint());
  }

  @Override
  public String getSigner() {
    return desk.signer(desk.staff());
  }

  @Override
  public String getHold() {
    return hold;
  }

  @Override
  public void setHold(@Nullable String hold) {
    this.hold = hold == null ? Holds.USUAL : hold;
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  @Override
  protected boolean mayAdd(String type) {
    return RoleRights.may(desk.staff().role(), AccessRight.STORE, type);
  }

  @Override
  protected void warn(String text) {
    Desk.say(FacesMessage.SEVERITY_WARN, text);
  }
}
