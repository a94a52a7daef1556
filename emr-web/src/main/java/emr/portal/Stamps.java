package emr.portal;

import emr.account.Notebook;
import emr.faces.Viewpoint;
import emr.faces.page.StampsPage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Texts that the person at the portal writes often. */
@Named("stamps")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Stamps extends StampsPage {

  @Inject SignedIn signedIn;
  @Inject StaffNotebook notebook;

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }

  @Override
  protected Notebook notebook() {
    return notebook.get();
  }

  @Override
  protected String circle() {
    return StaffNotebook.circle(signedIn.require());
  }
}
