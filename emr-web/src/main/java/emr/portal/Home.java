package emr.portal;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Leads a person to their own first page. */
@Named("home")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Home {

  @Inject SignedIn signedIn;

  public String getWelcome() {
    return PortalText.of("home.title", signedIn.require().name());
  }

  /** View action of {@code index.xhtml}. */
  public String lead() {
    return signedIn.staff().map(SignIn::home).orElse("/portal/sign-in?faces-redirect=true");
  }
}
