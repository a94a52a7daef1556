package emr.portal;

import emr.account.Notebook;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.entry.Scribe;
import emr.faces.page.EntryPage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** An entry into a chart: written, reviewed, signed, and stored at the centre at once (claim 2). */
@Named("entry")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class ChartEntry extends EntryPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject StaffNotebook notebook;

  /** View action. */
  @RequiresPermissions("record:store")
  public void load() {
    try {
      show(desk.open(getPatient(), queries()));
    } catch (Refusal refusal) {
      Desk.refused();
    }
  }

  @Override
  @RequiresPermissions("record:store")
  public String sign() {
    if (!isSound()) {
      return "";
    }
    PatientId whose = Desk.patient(getPatient());
    Scribe scribe = desk.scribe(whose);
    try {
      desk.store(
          submission(),
          whose,
          scribe.at(),
          getForm().toResources(scribe, this::content).stream()
              .map(resource -> Desk.entry(resource, 0))
              .toList());
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
      return "";
    }
    discard();
    PortalText.done(PortalText.of("stored.done", getBanner().name().inLine()));
    return PortalText.leadTo("/portal/chart?patient=" + whose.value());
  }

  /** Throws the draft away and leads back. */
  public String drop() {
    discard();
    return PortalText.leadTo("/portal/chart?patient=" + Desk.patient(getPatient()).value());
  }

  @Override
  protected Notebook notebook() {
    return notebook.get();
  }

  @Override
  protected String circle() {
    return StaffNotebook.circle(signedIn.require());
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
  protected boolean mayAdd(String type) {
    return desk.mayAdd(type);
  }

  @Override
  protected void warn(String text) {
    PortalText.notDone(text);
  }
}
