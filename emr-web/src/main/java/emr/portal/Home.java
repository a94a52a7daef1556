package emr.portal;

import emr.faces.page.EntryPage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Leads a person to their own first page. */
@Named("home")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Home {

  @Inject SignedIn signedIn;
  @Inject StaffNotebook notebook;

  public String getWelcome() {
    return PortalText.of("home.title", signedIn.require().name());
  }

  /** What this person has begun to write. */
  public List<EntryPage.Earlier> getDrafts() {
    return notebook.get().drafts(signedIn.require().user()).stream()
        .map(draft -> EntryPage.earlier(draft, PortalText.viewpoint()))
        .toList();
  }

  /** View action of {@code index.xhtml}. */
  public String lead() {
    return signedIn.staff().map(SignIn::home).orElse("/portal/sign-in?faces-redirect=true");
  }
}
